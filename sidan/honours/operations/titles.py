"""The titles that a county gives: begun, and ended; one that was given is never rewritten."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sidan.audit.operations import record
from sidan.core.actor import Actor
from sidan.core.errors import AtField, Conflict
from sidan.core.transactions import told_when
from sidan.honours.models import ONE_TITLE_OF_A_NAME, Title
from sidan.honours.permissions import require_giving
from sidan.places.models import Place


class TitleThere(AtField):
    code = "title_there"
    field = "name"
    sentence = _("There is a title of this name already.")


class TitleEnded(Conflict):
    code = "title_ended"
    sentence = _("This title is not given any more.")


@dataclass(frozen=True, slots=True)
class TitleText:
    """What a title is called, to whom it is given, and for what."""

    name: str
    recipient: str
    criteria: str
    name_en: str = ""


def begin_title(*, actor: Actor, at: datetime, county: Place, text: TitleText) -> Title:
    """Let a county give a title. Raises NotYoursToGive, TitleThere."""
    require_giving(actor=actor, county_id=county.pk)
    with told_when(constraint=ONE_TITLE_OF_A_NAME, refusal=TitleThere), transaction.atomic():
        made = Title.unscoped.create(
            county=county, name=text.name, name_en=text.name_en, recipient=text.recipient,
            criteria=text.criteria, created_at=at,
        )  # fmt: skip
        _trail(actor, at, "begin", made)
    return made


@transaction.atomic
def end_title(*, actor: Actor, at: datetime, title: Title) -> None:
    """Give a title no more; who has it keeps it. Raises NotYoursToGive, TitleEnded."""
    require_giving(actor=actor, county_id=title.county_id)
    if not Title.unscoped.filter(pk=title.pk, ended_at=None).update(ended_at=at):
        raise TitleEnded
    _trail(actor, at, "end", title)


def _trail(actor: Actor, at: datetime, verb: str, title: Title) -> None:
    record(
        actor=actor, at=at, verb=f"title.{verb}", subject=("title", title.pk), place_id=title.county_id,
        county_id=title.county_id,
    )  # fmt: skip
