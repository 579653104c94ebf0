"""A county sets how many hours make a star: from a day to come, by ending what holds and beginning anew."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from sidan.core.clock import business_date, now
from sidan.honours import operations
from sidan.honours.models import Ladder, Proposal
from sidan.honours.operations import LadderBeginsLater, NoLadderOfOurs, RungsDoNotRise
from sidan.honours.permissions import NotYoursToGive
from sidan.honours.queries import ladder_of
from sidan.honours.queries.candidates import minutes_counted
from tests.cast import Cast, Someone
from tests.honours.giving import FIRST, PROPOSED, proposed, two_reach
from tests.orders.browsing import text_of

pytestmark = pytest.mark.django_db


def begin(cast: Cast, first: date, *rungs: int, who: Someone | None = None) -> Ladder:
    with (who or cast.manager).at_work() as actor:
        return operations.begin_ladder(
            actor=actor,
            at=now(),
            county=cast.places.center,
            basis="all",
            rungs=rungs or (10, 20),
            first_day=first,
        )


def rungs_on(cast: Cast, day: date) -> list[int]:
    found = ladder_of(county_id=cast.places.center.pk, on=day)
    assert found is not None
    return found.rungs


def test_what_held_ends_and_the_new_one_begins_on_its_day(cast: Cast) -> None:
    today = business_date(now())
    Ladder.objects.create(
        county=cast.places.center, basis="all", rungs=[5], during=(today - timedelta(9), None)
    )
    day = today + timedelta(days=3)
    begin(cast, day)
    assert rungs_on(cast, day - timedelta(days=1)) == [5]
    assert rungs_on(cast, day) == [10, 20]
    # What has not begun yet is replaced; the one that holds goes on until the other begins.
    begin(cast, day + timedelta(days=5), 7)
    assert rungs_on(cast, day + timedelta(days=5)) == [7]
    assert Ladder.objects.filter(county=cast.places.center).count() == 2
    with cast.manager.at_work() as actor:
        operations.end_ladder(
            actor=actor, at=now(), county=cast.places.center, first_day=today + timedelta(days=1)
        )
    assert rungs_on(cast, today) == [5]
    assert rungs_on(cast, today + timedelta(days=1)) == [100, 300, 600, 1000, 1500]


@pytest.mark.parametrize("rungs", [(0, 5), (5, 5), (9, 5), (1, 2, 3, 4, 5, 6), (40_000,)])
def test_hours_that_do_not_rise_are_refused_in_words(cast: Cast, rungs: tuple[int, ...]) -> None:
    with pytest.raises(RungsDoNotRise):
        begin(cast, business_date(now()) + timedelta(days=1), *rungs)


def test_nobody_is_judged_anew_for_days_that_were(cast: Cast) -> None:
    with pytest.raises(LadderBeginsLater):
        begin(cast, business_date(now()))


def test_only_the_office_of_the_county_sets_it(cast: Cast) -> None:
    for who in (cast.mallory, cast.director, cast.supervisor, cast.practitioner):
        with pytest.raises(NotYoursToGive):
            begin(cast, business_date(now()) + timedelta(days=1), who=who)


def test_a_county_without_its_own_has_nothing_to_end(cast: Cast) -> None:
    with cast.manager.at_work() as actor, pytest.raises(NoLadderOfOurs):
        operations.end_ladder(
            actor=actor,
            at=now(),
            county=cast.places.center,
            first_day=business_date(now()) + timedelta(days=1),
        )


def test_the_database_lets_a_ladder_end_and_nothing_else(cast: Cast) -> None:
    rows = Ladder.objects.filter(county=None)
    for columns in ({"rungs": [1]}, {"basis": "year"}, {"county": cast.places.center}):
        with pytest.raises(DatabaseError, match="not rewritten"), transaction.atomic():
            rows.update(**columns)
    with pytest.raises(DatabaseError, match="has begun"), transaction.atomic():
        rows.delete()


def test_what_was_typed_stays_when_it_is_refused(cast: Cast) -> None:
    client = cast.manager.client()
    url = reverse("honours:ladders")
    typed = {"rungs": "30 20", "basis": "all", "first_day": str(business_date(now()) + timedelta(days=1))}
    answer = client.post(url, typed)
    assert answer.status_code == 422
    assert "30 20" in text_of(answer) or "30 20" in answer.content.decode()
    assert client.post(url, typed | {"rungs": "20，30、60"}).status_code == 303
    assert Ladder.objects.get(county=cast.places.center).rungs == [20, 30, 60]


def test_a_county_of_more_volunteers_than_a_statement_takes_is_asked_at_once() -> None:
    assert not minutes_counted(person_ids=range(1, 70_000), year=2026).total()


def test_a_ladder_by_which_stars_were_proposed_judges_that_day_for_ever(cast: Cast) -> None:
    two_reach(cast)
    made = proposed(cast)
    own, day = Ladder.objects.filter(county=cast.places.center), business_date(PROPOSED)
    with pytest.raises(DatabaseError, match="were judged"), transaction.atomic():
        own.update(during=(FIRST, day))
    # From the next day on another one may hold; over the day on which they were judged none is laid.
    own.update(during=(FIRST, day + timedelta(days=1)))
    Ladder.objects.create(
        county=cast.places.center, basis="all", rungs=[9], during=(day + timedelta(1), None)
    )
    with cast.manager.at_work() as actor:
        operations.drop_proposal(actor=actor, at=PROPOSED, proposal=made)
    own.filter(during__startswith=FIRST).update(during=(FIRST, day))


def test_the_ladder_of_everybody_judges_where_a_county_has_none_of_its_own(cast: Cast) -> None:
    Ladder.objects.create(county=None, basis="all", rungs=[1, 2], during=(date(2000, 1, 1), date(2001, 1, 1)))
    proposal = {"county": cast.places.center, "kind": "star", "year": 2000, "state": "draft", "turn": 1}
    judged = datetime(2000, 5, 1, 12, tzinfo=UTC)
    Proposal.unscoped.create(
        **proposal, state_since=judged, created_at=judged, created_by=cast.manager.person
    )
    rows = Ladder.objects.filter(county=None, during__startswith=date(2000, 1, 1))
    with pytest.raises(DatabaseError, match="were judged"), transaction.atomic():
        rows.update(during=(date(2000, 1, 1), date(2000, 5, 1)))
    with pytest.raises(DatabaseError, match="were judged"), transaction.atomic():
        Ladder.objects.create(
            county=cast.places.center, basis="all", rungs=[9], during=(date(2000, 4, 1), date(2000, 6, 1))
        )
    rows.update(during=(date(2000, 1, 1), date(2000, 5, 2)))
