"""Which kinds of services a county offers at its fairs."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from sidan.core.actor import Actor
from sidan.core.errors import NotFound
from sidan.fairs.models import KindAside, ServiceKind, StallKind
from sidan.people.enums import MANAGING_ROLES
from sidan.places.models import Place


@dataclass(frozen=True, slots=True)
class KindRow:
    """A kind as the county's page shows it."""

    kind: ServiceKind
    is_aside: bool
    stalls: int
    """How many stalls of the county have or had it."""


def kinds_of_county(*, county_id: int | None) -> QuerySet[ServiceKind]:
    """Return what a county offers now: everybody's kinds and its own, but for those it put aside."""
    aside = KindAside.unscoped.filter(county=county_id).values("kind")
    return ServiceKind.unscoped.filter(Q(county=None) | Q(county=county_id)).exclude(pk__in=aside)


def kind_rows(*, county_id: int) -> list[KindRow]:
    """Return all of a county's kinds, with those put aside at the end."""
    kinds = ServiceKind.unscoped.filter(Q(county=None) | Q(county=county_id))
    aside = set(KindAside.unscoped.filter(county=county_id).values_list("kind", flat=True))
    used = (
        StallKind.objects.filter(stall__county=county_id).order_by().values_list("kind").annotate(Count("id"))
    )
    counts = dict(used)
    rows = [KindRow(kind, kind.pk in aside, counts.get(kind.pk, 0)) for kind in kinds]
    return sorted(rows, key=lambda row: row.is_aside)


def kind_by_uuid(*, uuid: UUID) -> ServiceKind:
    """Find a kind by its public id. Raises NotFound."""
    found = ServiceKind.objects.filter(uuid=uuid).first()
    if found is None:
        raise NotFound
    return found


def counties_to_keep(*, actor: Actor) -> list[Place]:
    """Return the centers whose kinds the actor looks after: those at which a managing role was granted."""
    roots = list(actor.places_where(frozenset(MANAGING_ROLES)))
    return list(Place.objects.filter(pk__in=roots, kind="center").order_by("sort_code", "id"))
