"""Who pauses, leaves or moves away loses what is ahead; the office sees the gap, and nobody comes back by itself."""

from datetime import timedelta

import pytest

from sidan.core import events
from sidan.core.scope import everything
from sidan.notify.models import Notice
from sidan.people import operations as roll
from sidan.people.enums import VolunteerState
from sidan.people.models import Person, Volunteer
from sidan.rotas import operations, queries
from sidan.rotas.enums import SwapState
from sidan.rotas.models import Duty, Member, Rota, Swap
from sidan.rotas.operations import NewRota
from tests.at_once import DONE, all_at_once
from tests.cast import Cast
from tests.factories import AT
from tests.rotas.stage import MORNINGS, a_rota, at, duties, manned, plan, volunteers, watches
from tests.rotas.test_rotas import someone


def step(cast: Cast, person: Person, verb: str) -> None:
    volunteer = Volunteer.unscoped.get(person=person)
    act = {
        "pause": roll.pause_volunteer, "resume": roll.resume_volunteer, "leave": roll.leave_as_volunteer
    }[verb]  # fmt: skip
    with cast.manager.at_work() as actor:
        act(actor=actor, at=AT, uuid=volunteer.uuid)


@pytest.mark.django_db
@pytest.mark.parametrize("verb", ["pause", "leave"])
def test_who_pauses_or_leaves_is_out_of_the_groups_and_the_gap_is_told_and_shown(
    cast: Cast, verb: str
) -> None:
    rota, people = manned(cast, 2)
    had = [one.pk for one in duties(rota, "planned") if one.person_id == people[0].pk]
    step(cast, people[0], verb)
    assert Member.objects.get(rota=rota, person=people[0]).left_at == AT
    assert [one.pk for one in duties(rota, "taken_off")] == had
    assert {one.person_id for one in duties(rota, "planned")} == {people[1].pk}
    with cast.practitioner.at_work():
        assert queries.gaps(at=AT).count() == len(had)
    told = {kind: Notice.objects.filter(kind=kind).count() for kind in ("rota_left", "rota_lost")}
    assert told == {"rota_left": 1, "rota_lost": 1}, "once a rota, not once a turn"
    (notice,) = Notice.objects.filter(kind="rota_lost")
    assert notice.link == f"/console/rotas/{rota.uuid}/"
    plan(rota, AT + timedelta(days=7))
    assert {one.person_id for one in duties(rota, "planned")} == {people[1].pk}


@pytest.mark.django_db
def test_who_is_back_takes_turns_only_when_the_office_puts_them_in_again(cast: Cast) -> None:
    rota, people = manned(cast, 2)
    step(cast, people[0], "pause")
    step(cast, people[0], "resume")
    plan(rota, AT + timedelta(days=7))
    assert not Member.objects.filter(rota=rota, person=people[0], left_at=None).exists()
    group = Member.objects.filter(rota=rota)[0].group
    operations.add_member(actor=cast.practitioner.actor, at=AT, group=group, person=people[0])
    plan(rota, AT + timedelta(days=14))
    assert people[0].pk in {one.person_id for one in duties(rota, "planned")}


@pytest.mark.django_db
def test_a_turn_that_is_going_on_is_ended_by_nobody(cast: Cast) -> None:
    rota, people = manned(cast, 1)
    first = duties(rota)[0]
    with everything("test"):
        volunteer = Volunteer.unscoped.get(person=people[0])
        volunteer.state = VolunteerState.PAUSED
        volunteer.save(update_fields=["state"])
        operations.release_volunteer(at=first.span.begins, volunteer_id=volunteer.pk)
    assert [one.pk for one in duties(rota, "planned")] == [first.pk]


@pytest.mark.django_db
def test_swaps_end_with_who_was_asked_and_who_asked_reads_it(cast: Cast) -> None:
    rota, people = manned(cast, 2)
    swap = operations.ask_swap(
        actor=someone(people[0]).actor, at=AT, duty=duties(rota)[0], colleague=people[1]
    )
    step(cast, people[1], "pause")
    assert Swap.unscoped.get(pk=swap.pk).state == SwapState.LAPSED
    told = Notice.objects.filter(kind="swap_gone").values_list("account__person", flat=True)
    assert people[0].pk in set(told)


@pytest.mark.django_db
def test_who_goes_to_another_county_is_out_and_who_moves_within_it_stays(cast: Cast) -> None:
    rota, people = manned(cast, 2)
    for person, place in ((people[0], cast.places.datong), (people[1], cast.mallory.person.home_place)):
        volunteer = Volunteer.unscoped.get(person=person)
        volunteer.place, volunteer.county = place, place.county
        volunteer.save(update_fields=["place", "county"])
        operations.release_who_moved(at=AT, volunteer_id=volunteer.pk)
    inside = Member.objects.filter(rota=rota, left_at=None).values_list("person_id", flat=True)
    assert set(inside) == {people[0].pk}
    assert {one.person_id for one in duties(rota, "planned")} == {people[0].pk}


@pytest.mark.django_db
def test_a_volunteer_who_is_given_another_place_is_heard_of(cast: Cast) -> None:
    (person,) = volunteers(cast, 1)
    volunteer = Volunteer.unscoped.get(person=person)
    heard: list[tuple[str, int]] = []
    listeners = events._receivers[roll.volunteers.VolunteerMoved]
    listeners.append(lambda event: heard.append((event.verb, event.volunteer_id)))
    try:
        for place in (cast.places.datong, cast.places.datong):
            with cast.manager.at_work() as actor:
                roll.edit_volunteer(
                    actor=actor, at=AT, uuid=volunteer.uuid, place_id=place.pk, skills=[], free_time=""
                )
    finally:
        listeners.pop()
    assert heard == [("move", volunteer.pk)]


@pytest.mark.django_db(transaction=True)
def test_nobody_is_put_on_a_shift_at_the_moment_they_pause(cast: Cast) -> None:
    rota, people = manned(cast, 2)
    group = Member.objects.filter(rota=rota)[0].group
    (third,) = volunteers(cast, 3)[2:]
    for nth, person in enumerate((people[0], third)):
        first = Duty.unscoped.filter(watch__rota=rota, state="planned")[0]
        operations.take_off(actor=cast.practitioner.actor, at=AT, duty=first, words="换人")
        watch = next(one for one in watches(rota) if one.pk == first.watch_id)
        enter = (
            (lambda watch=watch, person=person: operations.fill(
                actor=cast.practitioner.actor, at=AT, watch=watch, person=person
            ))
            if nth == 0
            else (lambda person=person: operations.add_member(
                actor=cast.practitioner.actor, at=AT, group=group, person=person
            ))
        )  # fmt: skip
        answers = all_at_once(enter, lambda person=person: step(cast, person, "pause"))
        assert set(answers) <= {DONE, "no_active_volunteer"}
        assert not Duty.unscoped.filter(person=person, state="planned").exists()
        assert not Member.objects.filter(person=person, left_at=None).exists()


@pytest.mark.django_db
def test_a_correction_on_the_first_day_does_not_double_its_shifts(cast: Cast) -> None:
    monday = at(watches(manned(cast, 1)[0])[0].day, 7)
    rota = a_rota(cast, name="东门岗亭", when=monday)
    told = NewRota(kind="desk", name="东门岗亭", shifts=[MORNINGS._replace(needed=2)], weeks_ahead=1)
    actor = cast.practitioner.actor
    with everything("test"):
        # begun and corrected on one day, before it was ever planned and after it
        operations.change_rota(actor=actor, at=monday, rota=rota, told=told)
        first = [(one.day, one.needed) for one in watches(rota)]
        again = NewRota(kind="desk", name="东门岗亭", shifts=[MORNINGS], weeks_ahead=1)
        operations.change_rota(actor=actor, at=monday + timedelta(minutes=5), rota=rota, told=again)
    assert len({day for day, _needed in first}) == len(first)
    assert {needed for _day, needed in first} == {2}
    assert _once_each(rota)
    assert {one.needed for one in watches(rota) if one.state == "ahead"} == {1}


@pytest.mark.django_db
def test_ending_and_resuming_while_a_shift_goes_on_does_not_double_it(cast: Cast) -> None:
    rota, _people = manned(cast, 2)
    actor, first = cast.practitioner.actor, watches(rota)[0]
    for begins in (at(first.day, 7), at(first.day, 10)):
        operations.end_rota(actor=actor, at=begins, rota=rota, words="停一下")
        with everything("test"):
            operations.resume_rota(actor=actor, at=begins + timedelta(minutes=5), rota=rota)
        assert _once_each(rota)
    assert len([one for one in watches(rota) if one.day == first.day and one.state == "ahead"]) == 1


def _once_each(rota: Rota) -> bool:
    stands = [(one.day, one.span) for one in watches(rota) if one.state != "off"]
    return len(set(stands)) == len(stands) and len(stands) >= 5
