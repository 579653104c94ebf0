"""How many cases: counts for a whole county, and nothing else of them."""

from dataclasses import dataclass
from datetime import date

from django.db import models

from sidan.mediation.enums import ENDED, LIVE, CaseState, Dispute
from sidan.mediation.models import Case
from sidan.places.models import PlaceLink


@dataclass(frozen=True, slots=True)
class Count:
    """A kind of dispute: how many cases were taken on, and what became of them."""

    dispute: str
    words: str
    opened: int
    live: int
    agreed: int
    without: int


def counts(*, root_ids: tuple[int, ...], since: date, until: date) -> list[Count]:
    """Count the cases taken on from one day to another below some places, by what they are about."""
    below = PlaceLink.objects.filter(ancestor__in=root_ids, during__upper_inf=True).values("descendant")
    rows = Case.unscoped.filter(place__in=below, taken_on__gte=since, taken_on__lte=until)
    found = rows.values_list("dispute", "state").annotate(count=models.Count("pk"))
    table: dict[tuple[str, str], int] = {(dispute, state): count for dispute, state, count in found}

    def total(dispute: str, states: frozenset[str]) -> int:
        return sum(table.get((dispute, str(state)), 0) for state in states)

    good = frozenset({CaseState.AGREED.value, CaseState.CLOSED.value})
    bad = frozenset(state.value for state in ENDED) - good
    return [
        Count(
            dispute=kind.value,
            words=str(kind.label),
            opened=total(kind.value, frozenset(CaseState.values)),
            live=total(kind.value, frozenset(state.value for state in LIVE) - good),
            agreed=total(kind.value, good),
            without=total(kind.value, bad),
        )
        for kind in Dispute
    ]
