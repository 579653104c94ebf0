"""What comes again on market days or weekdays: looked at first, announced on all its days or none, never twice."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from sidan.core.clock import BUSINESS_ZONE, business_date, now
from sidan.core.lunar import lunar_day
from sidan.places import operations
from sidan.places.models import PopUp
from sidan.places.operations import NewPopUp, NewRounds
from sidan.places.operations.rounds import AllAnnounced, BusComesOnce, RoundsFromWhen, RoundsUnnamed
from sidan.places.permissions import MayNotEditPlaces
from sidan.places.rounds import Rounds
from tests.at_once import all_at_once
from tests.cast import Cast

DAYS = st.dates(min_value=date(2024, 1, 1), max_value=date(2035, 12, 31))
MARKET = Rounds(endings=frozenset({3, 6, 9}))


def again(*, rounds: Rounds = MARKET, count: int = 5, first: int = 1) -> NewRounds:
    return NewRounds(rounds, business_date(now()) + timedelta(days=first), count, time(8), time(12))


def stand(kind: str = "market_stand") -> NewPopUp:
    return NewPopUp(kind=kind, name="赶集日摊位", begins=now(), ends=now(), spot="东门", spot_en="East gate")


def announce(cast: Cast, **told: object) -> list[PopUp]:
    return operations.announce_rounds(
        actor=cast.manager.actor, at=now(), place=cast.places.chengbei, told=stand(), again=again(**told)  # type: ignore[arg-type] # a test names what it changes
    )  # fmt: skip


@given(DAYS, st.frozensets(st.integers(0, 9), min_size=1))
def test_market_days_are_lunar_days_by_their_last_digit_and_none_is_left_out(
    first: date, endings: frozenset[int]
) -> None:
    days = Rounds(endings=endings).days_from(first, count=12)
    assert len(days) == 12
    each = [first + timedelta(days=gone) for gone in range((days[-1] - first).days + 1)]
    assert days == [day for day in each if lunar_day(day).day % 10 in endings]


def test_the_market_days_of_a_month_are_those_of_the_almanac() -> None:
    # 农历十月 2026 begins on 9 November: 初三 is the 11th, 初六 the 14th, 初九 the 17th.
    days = MARKET.days_from(date(2026, 11, 9), count=4)
    assert days == [date(2026, 11, 11), date(2026, 11, 14), date(2026, 11, 17), date(2026, 11, 21)]
    assert Rounds(weekdays=frozenset({5})).days_from(date(2026, 11, 24), count=2) == [
        date(2026, 11, 28), date(2026, 12, 5),
    ]  # fmt: skip


@pytest.mark.django_db
def test_all_days_are_announced_and_done_twice_nothing_is_announced_twice(cast: Cast) -> None:
    made = announce(cast)
    assert [business_date(one.begins) for one in made] == again().rounds.days_from(again().first, count=5)
    assert {one.begins.astimezone(BUSINESS_ZONE).time() for one in made} == {time(8)}
    with pytest.raises(AllAnnounced):
        announce(cast)
    assert len(announce(cast, count=7)) == 2
    assert PopUp.objects.count() == 7
    operations.call_off_pop_up(
        actor=cast.manager.actor, at=now(), pop_up=made[0], turn=made[0].turn, why="暴雨"
    )
    assert PopUp.objects.filter(state="planned").count() == 6


@pytest.mark.django_db
def test_what_no_rule_can_be_is_refused_and_strangers_announce_nothing(cast: Cast) -> None:
    both = Rounds(frozenset({3}), frozenset({1}))
    for rounds in (Rounds(), both):
        with pytest.raises(RoundsUnnamed):
            announce(cast, rounds=rounds)
    for told in ({"first": -1}, {"count": 13}, {"first": 400}):
        with pytest.raises(RoundsFromWhen):
            announce(cast, **told)
    actor = cast.manager.actor
    with pytest.raises(BusComesOnce):
        operations.announce_rounds(
            actor=actor, at=now(), place=cast.places.chengbei, told=stand("bus_route"), again=again()
        )
    with pytest.raises(MayNotEditPlaces):
        operations.announce_rounds(
            actor=cast.mallory.actor, at=now(), place=cast.places.chengbei, told=stand(), again=again()
        )
    assert not PopUp.objects.exists()


@pytest.mark.django_db
def test_the_days_are_shown_in_words_before_they_are_announced(cast: Cast) -> None:
    client, url = cast.manager.client(), reverse("places:announce_rounds")
    client.cookies["django_language"] = "en"
    typed = {
        "place": str(cast.places.chengbei.uuid), "kind": "market_stand", "name": "赶集日摊位",
        "endings": ["3", "6", "9"],
        "first": f"{business_date(now()) + timedelta(days=1)}", "count": "12", "begins_at": "08:00", "ends_at": "12:00",
    }  # fmt: skip
    looked = client.post(url, {**typed, "look": "yes"}).content.decode()
    assert "lunar days that end in" in looked
    assert looked.count('class="fact-line"') == 12
    assert not PopUp.objects.exists()
    refused = client.post(url, {**typed, "weekdays": ["1"]})
    assert refused.status_code == 422
    assert "one of the two" in refused.content.decode()
    assert "赶集日摊位" in refused.content.decode()
    client.post(url, typed)
    assert PopUp.objects.count() == 12


@pytest.mark.django_db
def test_programs_announce_what_comes_again(cast: Cast) -> None:
    told = {
        "place_id": str(cast.places.chengbei.uuid), "kind": "fair", "name": "周六集市", "weekdays": [5],
        "first": f"{business_date(now()) + timedelta(days=1)}", "count": 3, "begins_at": "18:00", "ends_at": "21:00",
    }  # fmt: skip
    answer = cast.manager.client().post("/api/v1/pop-ups/again", told, content_type="application/json")
    assert answer.status_code == 201, answer.content
    assert len(answer.json()) == 3


@pytest.mark.django_db(transaction=True)
def test_two_who_announce_the_same_at_once_announce_it_once(cast: Cast) -> None:
    answers = all_at_once(lambda: announce(cast), lambda: announce(cast))
    assert sorted(answers) == ["done", "pop_up_rounds_announced"]
    assert PopUp.objects.count() == 5
