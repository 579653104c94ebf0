"""How many stars somebody's hours reach, by the ladder of their county."""

from datetime import date

from django.db.models import F, Q

from sidan.honours.enums import Basis
from sidan.honours.models import Ladder
from sidan.honours.policies import Star
from sidan.hours.enums import Subject
from sidan.hours.queries import years_of
from sidan.people.queries import rows_of_person


def ladder_of(*, county_id: int | None, on: date) -> Ladder | None:
    """Return the ladder of a county on a day: its own, else that of everybody."""
    rows = Ladder.objects.filter(Q(county=county_id) | Q(county=None), during__contains=on)
    return rows.order_by(F("county").asc(nulls_last=True)).first()


def star_of(*, person_id: int, county_id: int | None, on: date) -> Star | None:
    """Return what a person's hours reach on a day; nothing where no ladder is kept. Whoever asks checks the reader.

    From the sums that hours are kept in: it costs the same after thirty years.
    """
    ladder = ladder_of(county_id=county_id, on=on)
    if ladder is None:
        return None
    years = years_of(subject=Subject.PERSON, ids=rows_of_person(person_id=person_id))
    counted = [one.minutes for one in years if ladder.basis == Basis.ALL or one.month.year == on.year]
    return Star(minutes=sum(counted), rungs=tuple(ladder.rungs), basis=ladder.basis)
