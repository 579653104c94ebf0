"""What stands somewhere for a while: announced by who manages its place, changed until it is over, called off."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from sidan.core.errors import DomainError
from sidan.places import operations, queries
from sidan.places.coordinates import Point
from sidan.places.models import PopUp
from sidan.places.operations import NewPopUp, Stop
from tests.cast import Cast
from tests.factories import AT

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
SQUARE = Point(115.648, 24.963, "gcj02")
FAIR = NewPopUp(
    kind="fair", name="文明集市", begins=AT + 24 * HOUR, ends=AT + 28 * HOUR, spot="文体广场", point=SQUARE
)
BUS = NewPopUp(
    kind="bus_route", name="便民服务车", begins=AT + 24 * HOUR, ends=AT + 28 * HOUR,
    stops=[
        Stop("城北村口", AT + 24 * HOUR, AT + 25 * HOUR, SQUARE),
        Stop("南桥镇政府", AT + 26 * HOUR, AT + 28 * HOUR),
    ],
)  # fmt: skip


def announced(cast: Cast, told: NewPopUp = FAIR) -> PopUp:
    return operations.announce_pop_up(actor=cast.manager.actor, at=AT, place=cast.places.chengbei, told=told)


def refused(write: Callable[[], object]) -> str:
    with pytest.raises(DomainError) as found, transaction.atomic():
        write()
    return found.value.code


def test_it_keeps_where_it_stands_with_the_system_of_its_point(cast: Cast) -> None:
    made = announced(cast)
    found = queries.pop_up_by_uuid(uuid=made.uuid)
    assert found is not None
    assert (float(found.longitude or 0), found.coordinate_system) == (115.648, "gcj02")
    assert (found.begins, found.ends, found.county_id) == (FAIR.begins, FAIR.ends, cast.places.center.pk)


def test_what_is_coming_stands_with_the_next_first_and_leaves_out_what_is_over_or_called_off(
    cast: Cast,
) -> None:
    later, sooner = (
        announced(cast),
        announced(cast, replace(FAIR, name="赶集", begins=AT + HOUR, ends=AT + 3 * HOUR)),
    )
    near = cast.places.chengbei
    assert list(queries.pop_ups_coming(at=AT, near=near).order_by("during")) == [sooner, later]
    operations.call_off_pop_up(actor=cast.manager.actor, at=AT, pop_up=later, turn=1, why="暴雨")
    assert list(queries.pop_ups_coming(at=AT, near=near)) == [sooner]
    assert not queries.pop_ups_coming(at=AT + 3 * HOUR, near=near).exists()


def test_the_stops_of_a_bus_stand_in_the_order_of_its_way_and_are_written_anew(cast: Cast) -> None:
    made = announced(cast, BUS)
    assert [stop.name for stop in made.stops.all()] == ["城北村口", "南桥镇政府"]
    operations.change_pop_up(
        actor=cast.manager.actor, at=AT, pop_up=made, turn=1, told=replace(BUS, stops=BUS.stops[1:])
    )
    assert [stop.name for stop in made.stops.all()] == ["南桥镇政府"]


@pytest.mark.parametrize(
    ("told", "code"),
    [
        (replace(FAIR, ends=FAIR.begins), "pop_up_time_wrong"),
        (replace(FAIR, ends=FAIR.begins + timedelta(days=32)), "pop_up_time_wrong"),
        (replace(FAIR, begins=AT - 2 * HOUR, ends=AT), "pop_up_is_over"),
        (replace(FAIR, begins=AT + 9000 * 24 * HOUR, ends=AT + 9001 * 24 * HOUR), "pop_up_too_far"),
        (replace(FAIR, stops=BUS.stops), "pop_up_has_no_stops"),
        (replace(BUS, stops=BUS.stops[::-1]), "pop_up_stops_out_of_order"),
        (replace(FAIR, point=Point(200, 24, "gcj02")), "place_point_outside"),
    ],
)
def test_what_cannot_be_is_refused(cast: Cast, told: NewPopUp, code: str) -> None:
    assert refused(lambda: announced(cast, told)) == code
    assert not PopUp.objects.exists()


def test_only_who_manages_the_place_announces_changes_and_calls_off(cast: Cast) -> None:
    made, other = announced(cast), cast.practitioner.actor
    calls: list[Callable[[], object]] = [
        lambda: operations.announce_pop_up(actor=other, at=AT, place=cast.places.chengbei, told=FAIR),
        lambda: operations.change_pop_up(actor=other, at=AT, pop_up=made, turn=1, told=FAIR),
        lambda: operations.call_off_pop_up(actor=other, at=AT, pop_up=made, turn=1, why="暴雨"),
    ]
    assert {refused(call) for call in calls} == {"may_not_edit_places"}


def test_of_two_who_have_read_the_same_the_second_is_told_so(cast: Cast) -> None:
    seen = announced(cast)
    actor = cast.manager.actor
    operations.change_pop_up(actor=actor, at=AT, pop_up=seen, turn=1, told=replace(FAIR, spot="东门"))
    call_off: dict[str, Any] = {"actor": actor, "pop_up": seen, "turn": 1, "why": "暴雨"}
    assert refused(lambda: operations.call_off_pop_up(at=AT, **call_off)) == "pop_up_moved_on"


def test_what_was_is_not_changed_any_more(cast: Cast) -> None:
    made = announced(cast)
    change: dict[str, Any] = {"actor": cast.manager.actor, "at": FAIR.ends, "pop_up": made, "turn": 1}
    assert refused(lambda: operations.call_off_pop_up(why="暴雨", **change)) == "pop_up_is_over"


def test_a_point_without_its_system_is_refused_by_the_database(cast: Cast) -> None:
    made = announced(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        PopUp.objects.filter(pk=made.pk).update(coordinate_system="")
    with pytest.raises(IntegrityError), transaction.atomic():
        PopUp.objects.filter(pk=made.pk).update(state="called_off")
