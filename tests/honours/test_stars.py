"""Stars are what the hours reach on the ladder of one's county, on that day."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from sidan.honours.models import Ladder
from sidan.honours.policies import Star
from sidan.honours.queries import ladder_of, star_of
from sidan.people.models import Person
from tests.cast import Cast
from tests.factories import AT
from tests.hours.serving import hours, served
from tests.orders.browsing import text_of

TODAY = date(2026, 11, 20)
EVERYBODYS = (100, 300, 600, 1000, 1500)


def own_ladder(
    cast: Cast, *rungs: int, basis: str = "all", first: date = TODAY, last: date | None = None
) -> Ladder:
    return Ladder.objects.create(
        county=cast.places.center, basis=basis, rungs=list(rungs), during=DateRange(first, last)
    )


def star_on(cast: Cast, day: date) -> Star:
    found = star_of(person_id=cast.volunteer.person.pk, county_id=cast.places.center.pk, on=day)
    assert found is not None
    return found


@pytest.mark.django_db
def test_the_hours_of_a_row_that_was_merged_count_for_the_star_of_the_person(cast: Cast) -> None:
    served(cast, cast.volunteer, AT, hours(2))
    served(cast, cast.leader, AT, hours(3))
    assert star_on(cast, TODAY).minutes == 120
    Person.unscoped.filter(pk=cast.leader.person.pk).update(canonical=cast.volunteer.person)
    assert star_on(cast, TODAY).minutes == 300


@given(minutes=st.integers(0, 200_000))
def test_each_star_is_reached_with_the_minute_of_its_rung_and_not_before(minutes: int) -> None:
    star = Star(minutes=minutes, rungs=EVERYBODYS, basis="all")
    assert star.level == sum(hours * 60 <= minutes for hours in EVERYBODYS)
    if star.level < len(EVERYBODYS):
        assert minutes + star.minutes_to_next == EVERYBODYS[star.level] * 60
    else:
        assert star.minutes_to_next == 0


@pytest.mark.django_db
def test_the_ladder_of_the_county_goes_before_that_of_everybody(cast: Cast) -> None:
    own_ladder(cast, 1, 2, first=date(2026, 6, 1), last=date(2026, 12, 1))
    served(cast, cast.volunteer, AT, hours(2.5))
    assert (star_on(cast, TODAY).level, star_on(cast, TODAY).rungs) == (2, (1, 2))
    # Before it began and after it ended it is everybody's.
    for day in (date(2026, 5, 31), date(2026, 12, 1)):
        assert (star_on(cast, day).level, star_on(cast, day).rungs) == (0, EVERYBODYS)
    elsewhere = ladder_of(county_id=None, on=TODAY)
    assert elsewhere is not None
    assert elsewhere.rungs == list(EVERYBODYS)


@pytest.mark.django_db
def test_by_the_year_only_the_hours_of_that_year_count(cast: Cast) -> None:
    own_ladder(cast, 1, 2, 4, basis="year")
    served(cast, cast.volunteer, AT, hours(2.5))
    assert (star_on(cast, TODAY).level, star_on(cast, TODAY).minutes) == (2, 150)
    assert (star_on(cast, date(2027, 1, 1)).level, star_on(cast, date(2027, 1, 1)).minutes) == (0, 0)


@pytest.mark.django_db
def test_a_volunteer_reads_how_far_it_is_to_the_next_star(cast: Cast) -> None:
    served(cast, cast.volunteer, AT, hours(2.5))
    client = cast.volunteer.client()
    client.cookies["django_language"] = "en"
    page = text_of(client.get(reverse("honours:mine")))
    assert "0 of 5 stars" in page
    assert "The next star takes 97 h 30 min more." in page
    own_ladder(cast, 1, 2)
    page = text_of(client.get(reverse("honours:mine")))
    assert "2 of 2 stars" in page
    assert "You have every star there is." in page
    told = client.get("/api/v1/certificates/star").json()
    assert told == {"level": 2, "minutes": 150, "minutes_to_next": 0, "rungs": [1, 2], "basis": "all"}


@pytest.mark.django_db
@pytest.mark.parametrize("rungs", [[], [0, 10], [10, 10], [20, 10], [1, 2, 3, 4, 5, 6]])
def test_the_database_refuses_a_ladder_that_does_not_rise(cast: Cast, rungs: list[int]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        own_ladder(cast, *rungs)


@pytest.mark.django_db
def test_the_database_refuses_two_ladders_of_a_county_on_one_day(cast: Cast) -> None:
    own_ladder(cast, 10, 20, last=date(2027, 1, 1))
    own_ladder(cast, 5, 20, first=date(2027, 1, 1))
    with pytest.raises(IntegrityError, match="honours_one_ladder_a_day"), transaction.atomic():
        own_ladder(cast, 1)
    with pytest.raises(IntegrityError, match="honours_one_ladder_a_day"), transaction.atomic():
        Ladder.objects.create(county=None, basis="all", rungs=[1], during=DateRange(TODAY, None))
