"""The kinds of services that a county offers at its fairs: added, put aside, taken up again."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from sidan.audit.operations import record
from sidan.core.actor import Actor
from sidan.core.errors import AtField, NotFound
from sidan.core.transactions import told_when
from sidan.fairs.models import ONE_NAME, KindAside, ServiceKind
from sidan.fairs.permissions import require_keeping_kinds
from sidan.places.models import Place


class KindThere(AtField):
    code = "fair_kind_there"
    field = "name"
    sentence = _("There is a kind of this name already. If it was put aside, take it up again.")


@dataclass(frozen=True, slots=True)
class KindText:
    """How a kind is called."""

    name: str
    name_en: str = ""


def add_kind(*, actor: Actor, at: datetime, county: Place, text: KindText) -> ServiceKind:
    """Offer one kind more at the fairs of a county. Raises NotYourKinds, KindThere."""
    require_keeping_kinds(actor=actor, county_id=county.pk)
    if ServiceKind.unscoped.filter(county=None, name=text.name).exists():
        raise KindThere
    with told_when(constraint=ONE_NAME, refusal=KindThere), transaction.atomic():
        last = ServiceKind.unscoped.aggregate(last=Max("position"))["last"] or 0
        made = ServiceKind.unscoped.create(
            county=county, name=text.name, name_en=text.name_en, position=last + 1
        )
        _leave_trail(actor, at, "kind_added", made, county)
    return made


@transaction.atomic
def put_kind_aside(*, actor: Actor, at: datetime, county: Place, kind: ServiceKind) -> None:
    """Offer a kind no longer: it stays at the stalls that have it. Aside already, nothing changes.

    Raises:
        NotYourKinds, NotFound (another county's)
    """
    _require_offered(actor, county, kind)
    KindAside.unscoped.get_or_create(kind=kind, county=county, defaults={"since": at})
    _leave_trail(actor, at, "kind_aside", kind, county)


@transaction.atomic
def take_kind_up(*, actor: Actor, at: datetime, county: Place, kind: ServiceKind) -> None:
    """Offer a kind again; where it is offered, nothing changes. Raises NotYourKinds, NotFound (another county's)."""
    _require_offered(actor, county, kind)
    KindAside.unscoped.filter(kind=kind, county=county).delete()
    _leave_trail(actor, at, "kind_taken_up", kind, county)


def _require_offered(actor: Actor, county: Place, kind: ServiceKind) -> None:
    require_keeping_kinds(actor=actor, county_id=county.pk)
    if kind.county_id not in (None, county.pk):
        raise NotFound


def _leave_trail(actor: Actor, at: datetime, verb: str, kind: ServiceKind, county: Place) -> None:
    record(
        actor=actor, at=at, verb=f"fair.{verb}", subject=("fair_kind", kind.pk), place_id=county.pk, county_id=county.pk
    )  # fmt: skip
