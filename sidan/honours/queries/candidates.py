"""Whose hours reach a star that they do not have yet; how many minutes somebody has by a ladder's way of counting."""

from collections import Counter
from collections.abc import Collection
from datetime import date

from django.db.models import Sum

from sidan.core.database import is_among
from sidan.honours.enums import Basis, HonourKind, ProposalState
from sidan.honours.models import Nominee, StandingAward
from sidan.honours.policies import Reached, Star, reached
from sidan.honours.queries.stars import ladder_of
from sidan.hours.enums import Subject
from sidan.hours.models import Total
from sidan.people.enums import SERVING
from sidan.people.models import Person, Volunteer
from sidan.people.queries import kept_rows
from sidan.places.models import Place

ALL_YEARS = 0
"""Stands for the year of a star for which all hours count."""


def year_counted(*, basis: str, on: date) -> int:
    """Return of which year hours count for a star on a day; nought where all count."""
    return on.year if basis == Basis.YEAR else ALL_YEARS


def minutes_counted(*, person_ids: Collection[int], year: int) -> Counter[int]:
    """Return the minutes that some persons have by the records that stand, with all rows that were merged into them."""
    kept = kept_rows(person_ids=person_ids)
    # A county has more volunteers than a statement takes parameters: they go as one array.
    merged = Person.unscoped.filter(is_among("canonical", sorted({*person_ids, *kept.values()})))
    kept |= kept_rows(person_ids=merged.values_list("pk", flat=True))
    rows = Total.objects.filter(is_among("subject_id", sorted(kept)), subject=Subject.PERSON)
    rows = rows.filter(month__year=year) if year else rows
    minutes = Counter[int]()
    for pk, total in rows.values_list("subject_id").annotate(sum=Sum("minutes")):
        minutes[kept[pk]] += total
    return Counter({pk: minutes[kept[pk]] for pk in person_ids})


def star_candidates(*, county: Place, on: date) -> tuple[list[Reached], int]:
    """Return the volunteers of a county whose hours reach a star beyond those they have, and the year that counted.

    Nobody who stands in a proposal that is not settled yet. Whoever asks checks the reader.
    """
    ladder = ladder_of(county_id=county.pk, on=on)
    if ladder is None:
        return [], ALL_YEARS
    year = year_counted(basis=ladder.basis, on=on)
    places = dict(
        Volunteer.unscoped.filter(county=county, state__in=sorted(SERVING), person__canonical=None)
        .order_by("person_id").values_list("person_id", "place_id")
    )  # fmt: skip
    minutes = minutes_counted(person_ids=list(places), year=year)
    has, waiting = _stars_had(county, year), _waiting(county)
    found = [
        reached(
            person_id=pk, place_id=place_id, has=has.get(pk, 0),
            star=Star(minutes=minutes[pk], rungs=tuple(ladder.rungs), basis=ladder.basis),
        )
        for pk, place_id in places.items()
        if pk not in waiting
    ]  # fmt: skip
    return sorted((one for one in found if one), key=lambda one: (-one.stars, one.person_id)), year


def _stars_had(county: Place, year: int) -> dict[int, int]:
    """Return the highest star of each person, under the row of them that is kept."""
    rows = StandingAward.objects.filter(county=county, stars__isnull=False, year=year)
    told = [(person, stars or 0) for person, stars in rows.values_list("person_id", "stars") if person]
    kept, highest = kept_rows(person_ids=[pk for pk, _stars in told]), dict[int, int]()
    for pk, stars in told:
        highest[kept[pk]] = max(stars, highest.get(kept[pk], 0))
    return highest


def _waiting(county: Place) -> set[int]:
    rows = Nominee.objects.filter(
        proposal__county=county, proposal__kind=HonourKind.STAR, out_at=None,
        proposal__state__in=[ProposalState.DRAFT, ProposalState.NOTICED],
    )  # fmt: skip
    people = [pk for pk in rows.values_list("person_id", flat=True) if pk]
    return set(kept_rows(person_ids=people).values())
