"""Rotas: planned ahead, gaps filled by the first, swaps, absences; never twice at a time, whoever writes."""

from datetime import date, time, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError

from sidan.core.errors import Forbidden, NotFound, SayWhy
from sidan.core.promised import promised
from sidan.core.scope import everything
from sidan.notify.models import Notice
from sidan.people.models import Person
from sidan.rotas import operations, queries
from sidan.rotas.enums import DutyState, SwapState, WatchState
from sidan.rotas.models import Duty, DutyStep, Member, Rota, Shift, Swap, SwapStep, Watch
from sidan.rotas.operations import NewRota
from sidan.rotas.policies import ShiftTimes
from sidan.rotas.states import DUTY, ROTA, SWAP, WATCH
from tests.at_once import DONE, all_at_once
from tests.cast import Cast, Someone
from tests.factories import AT
from tests.rotas.stage import MONDAY, MORNINGS, a_group, a_rota, at, duties, manned, plan, volunteers, watches

PATROL = ShiftTimes((5,), time(19), time(21), 4)


def someone(person: Person) -> Someone:
    return Someone(person.account, "")


@pytest.mark.django_db
def test_a_rota_is_planned_some_weeks_ahead_and_turns_go_round(cast: Cast) -> None:
    rota, people = manned(cast, 2)
    made = watches(rota)
    assert [one.day for one in made][:2] == [MONDAY, MONDAY + timedelta(days=1)]
    assert [one.day.weekday() for one in made] == [0, 1, 2, 3, 4]
    assert [one.person for one in duties(rota)] == [people[0], people[1], people[0], people[1], people[0]]
    assert plan(rota) == 0, "planned twice it is the same"
    told = Notice.objects.filter(kind="duty_planned").count()
    assert told == 2, "one message a person, not one a turn"


@pytest.mark.django_db
def test_a_patrol_goes_in_two_groups_of_four(cast: Cast) -> None:
    rota = a_rota(cast, kind="patrol", name="夜间巡逻", turns="groups", shifts=[PATROL], weeks_ahead=3)
    people = volunteers(cast, 8)
    a_group(cast, rota, *people[:4]), a_group(cast, rota, *people[4:], name="二组")
    plan(rota)
    crews = [{one.person for one in duties(rota) if one.watch_id == watch.pk} for watch in watches(rota)]
    assert crews[:2] == [set(people[:4]), set(people[4:])]


@pytest.mark.django_db
def test_whoever_is_away_or_has_promised_something_else_is_passed_over(cast: Cast) -> None:
    rota, people = a_rota(cast), volunteers(cast, 2)
    a_group(cast, rota, *people)
    one = someone(people[0])
    operations.be_away(actor=one.actor, at=AT, first=MONDAY, last=MONDAY + timedelta(days=1))
    other = a_rota(cast, name="志愿岗亭", shifts=[ShiftTimes((2,), time(10), time(11), 1)])
    a_group(cast, other, people[1])
    plan(other)
    plan(rota)
    assert [one.person for one in duties(rota)][:3] == [people[1], people[1], people[0]]


@pytest.mark.django_db
def test_nobody_has_a_turn_who_has_left_and_a_newcomer_is_not_given_all_of_them(cast: Cast) -> None:
    rota, people = manned(cast, 2)
    gone = Member.objects.get(rota=rota, person=people[0])
    operations.remove_member(actor=cast.practitioner.actor, at=AT, member=gone)
    assert {one.person for one in duties(rota, "planned")} == {people[1]}
    assert len(duties(rota, "taken_off")) == 3
    assert Notice.objects.filter(kind="duty_taken_off").count() == 3
    new = volunteers(cast, 3)[2]
    operations.add_member(actor=cast.practitioner.actor, at=AT, group=gone.group, person=new)
    crew = queries.crew_of(rota=rota)
    assert crew.turns[new.pk] == crew.turns[people[1].pk]


@pytest.mark.django_db
def test_a_change_is_of_the_future_and_keeps_the_shifts_that_stay(cast: Cast) -> None:
    afternoons = ShiftTimes((0,), time(14), time(17), 1)
    rota, _people = manned(cast, 2, shifts=[MORNINGS, afternoons])
    kept = {one.pk for one in watches(rota) if one.span.begins.hour == 1}
    later = at(MONDAY, 12, 30)
    evening = ShiftTimes((0,), time(19), time(20), 1)
    told = NewRota(kind="desk", name="便民服务台", shifts=[MORNINGS, evening], weeks_ahead=1)
    with everything("test"):
        operations.change_rota(actor=cast.practitioner.actor, at=later, rota=rota, told=told)
    now = {one.pk: one.state for one in watches(rota)}
    assert {now[pk] for pk in kept} == {WatchState.AHEAD}
    assert [one.state for one in watches(rota) if one.span.begins.hour == 6] == [WatchState.OFF]
    assert next(one.day for one in watches(rota) if one.span.begins.hour == 11) == MONDAY
    assert {one.state for one in duties(rota) if one.span.begins.hour == 6} == {DutyState.TAKEN_OFF}


@pytest.mark.django_db
def test_an_ended_rota_is_called_off_and_can_be_taken_up_again(cast: Cast) -> None:
    rota, _people = manned(cast, 2)
    actor = cast.practitioner.actor
    with pytest.raises(SayWhy):
        operations.end_rota(actor=actor, at=AT, rota=rota, words=" ")
    assert operations.end_rota(actor=actor, at=AT, rota=rota, words="服务台撤了") == 5
    assert plan(rota) == 0
    with pytest.raises(operations.RotaMovedOn):
        operations.end_rota(actor=actor, at=AT, rota=rota, words="再来")
    with everything("test"):
        operations.resume_rota(actor=actor, at=AT, rota=rota)
    assert len(duties(rota, "planned")) == 5


@pytest.mark.django_db
def test_shifts_must_make_sense(cast: Cast) -> None:
    for bad in ([ShiftTimes((0,), time(8), time(8), 1)], [ShiftTimes((0,), time(8), time(7), 1)]):
        with pytest.raises(operations.ShiftTooLong):
            a_rota(cast, shifts=bad)
    with pytest.raises(operations.ShiftTwice):
        a_rota(cast, shifts=[MORNINGS, MORNINGS._replace(needed=2)])
    with pytest.raises(operations.ShiftTwice):
        a_rota(cast, shifts=[MORNINGS, MORNINGS._replace(weekdays=(4, 5))])
    a_rota(cast)
    with pytest.raises(operations.RotaNameTaken):
        a_rota(cast)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_fill_the_last_gap_one_has_it(cast: Cast) -> None:
    rota, people = a_rota(cast), volunteers(cast, 3)
    plan(rota)
    a_group(cast, rota, *people)
    watch = watches(rota)[0]
    with pytest.raises(operations.NotAnnounced):
        operations.take(actor=someone(people[0]).actor, at=AT, watch=watch)
    watch = operations.announce(actor=cast.practitioner.actor, at=AT, watch=watch)
    assert Notice.objects.filter(kind="duty_gap").count() == 3
    one, two = (someone(person).actor for person in people[:2])
    answers = all_at_once(
        lambda: operations.take(actor=one, at=AT, watch=watch),
        lambda: operations.take(actor=two, at=AT, watch=watch),
        lambda: operations.fill(actor=cast.practitioner.actor, at=AT, watch=watch, person=people[2]),
    )
    assert sorted(answers) == sorted([DONE, "nobody_lacking", "nobody_lacking"])


@pytest.mark.django_db(transaction=True)
def test_nobody_takes_two_turns_at_one_time_even_at_once(cast: Cast) -> None:
    (person,) = volunteers(cast, 1)
    rotas = [a_rota(cast, name=name) for name in ("东门岗亭", "西门岗亭")]
    for rota in rotas:
        plan(rota)
    first = [watches(rota)[0] for rota in rotas]
    actor = cast.practitioner.actor
    answers = all_at_once(
        *(
            lambda watch=watch: operations.fill(actor=actor, at=AT, watch=watch, person=person)
            for watch in first
        )
    )
    assert sorted(answers) == sorted([DONE, "stands_elsewhere"])


@pytest.mark.django_db(transaction=True)
def test_two_rotas_that_are_planned_at_once_do_not_both_take_somebody(cast: Cast) -> None:
    (person,) = volunteers(cast, 1)
    rotas = [a_rota(cast, name=name) for name in ("东门岗亭", "西门岗亭")]
    for rota in rotas:
        a_group(cast, rota, person)
    assert all_at_once(*(lambda rota=rota: plan(rota) for rota in rotas)) == [DONE, DONE]
    assert len(duties(rotas[0])) + len(duties(rotas[1])) == 5


@pytest.mark.django_db
def test_a_turn_is_given_to_a_colleague_and_both_are_told(cast: Cast) -> None:
    rota, people = manned(cast, 2)
    asker, other = someone(people[0]), someone(people[1])
    duty = duties(rota)[0]
    swap = operations.ask_swap(actor=asker.actor, at=AT, duty=duty, colleague=people[1], words="我要送孩子")
    with pytest.raises(operations.SwapOpen):
        operations.ask_swap(actor=asker.actor, at=AT, duty=duty)
    with pytest.raises(Forbidden):
        operations.accept_swap(actor=cast.volunteer.actor, at=AT, swap=swap)
    with pytest.raises(Forbidden):
        operations.accept_swap(actor=asker.actor, at=AT, swap=swap)
    operations.accept_swap(actor=other.actor, at=AT, swap=swap)
    duty.refresh_from_db()
    taken = Duty.unscoped.get(watch=duty.watch, state=DutyState.PLANNED)
    assert (duty.state, taken.person, taken.seat) == (DutyState.HANDED, people[1], duty.seat)
    told = set(Notice.objects.filter(kind__startswith="swap_").values_list("kind", "account__person"))
    assert told == {("swap_asked", people[1].pk), ("swap_done", people[0].pk)}
    with pytest.raises(operations.SwapMovedOn):
        operations.cancel_swap(actor=asker.actor, at=AT, swap=Swap.unscoped.get(pk=swap.pk))


@pytest.mark.django_db
def test_two_turns_are_swapped_for_each_other_once_the_office_agrees(cast: Cast) -> None:
    rota, people = manned(cast, 2, asks_office=True)
    first, second = duties(rota)[:2]
    swap = operations.ask_swap(
        actor=someone(people[0]).actor, at=AT, duty=first, colleague=people[1], in_return=second
    )
    operations.accept_swap(actor=someone(people[1]).actor, at=AT, swap=swap)
    assert swap.state == SwapState.AGREED
    assert Notice.objects.filter(kind="swap_to_approve").exists()
    assert len(duties(rota, "handed")) == 0
    with pytest.raises(Forbidden):
        operations.approve_swap(actor=cast.mallory.actor, at=AT, swap=swap)
    operations.approve_swap(actor=cast.practitioner.actor, at=AT, swap=swap)
    assert [one.person for one in duties(rota, "planned")][:2] == [people[1], people[0]]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_a_turn_that_is_given_away_one_has_it(cast: Cast) -> None:
    rota, people = manned(cast, 3)
    swap = operations.ask_swap(actor=someone(people[0]).actor, at=AT, duty=duties(rota)[0])
    one, two = (someone(person).actor for person in people[1:])
    with everything("read twice"):
        rows = [queries.swap_by_uuid(uuid=swap.uuid) for _nth in range(2)]
    answers = all_at_once(
        lambda: operations.accept_swap(actor=one, at=AT, swap=rows[0]),
        lambda: operations.accept_swap(actor=two, at=AT, swap=rows[1]),
    )
    assert answers.count(DONE) == 1
    assert len([one for one in duties(rota, "planned") if one.watch_id == swap.duty.watch_id]) == 1
    assert Swap.unscoped.get(pk=swap.pk).taker_id in {people[1].pk, people[2].pk}


@pytest.mark.django_db
def test_a_swap_lapses_with_its_turn_and_when_nobody_answers(cast: Cast) -> None:
    rota, people = manned(cast, 2)
    asker, first, third = someone(people[0]).actor, duties(rota)[0], duties(rota)[2]
    swap = operations.ask_swap(actor=asker, at=AT, duty=first)
    operations.withdraw(actor=asker, at=AT, duty=first, words="发烧")
    swap.refresh_from_db()
    assert swap.state == SwapState.LAPSED
    late = operations.ask_swap(actor=asker, at=AT, duty=third)
    begun = third.span.begins
    with everything("the clock"):
        assert queries.swaps_to_lapse(at=begun) == [late.pk]
        operations.lapse_swap(at=begun, swap_id=late.pk)
    late.refresh_from_db()
    assert late.state == SwapState.LAPSED


@pytest.mark.django_db
def test_who_cannot_come_says_so_before_and_the_office_sees_the_gap(cast: Cast) -> None:
    rota, people = manned(cast, 2)
    duty = duties(rota)[0]
    with pytest.raises(Forbidden):
        operations.withdraw(actor=someone(people[1]).actor, at=AT, duty=duty, words="我替他说")
    with pytest.raises(operations.DutyBegun):
        operations.withdraw(actor=someone(people[0]).actor, at=duty.span.begins, duty=duty, words="来不了")
    operations.withdraw(actor=someone(people[0]).actor, at=AT, duty=duty, words="来不了")
    assert Notice.objects.filter(kind="duty_withdrawn").exists()
    with cast.practitioner.at_work():
        assert [one.lacking for one in queries.gaps(at=AT)] == [1]
    with cast.mallory.at_work():
        assert not queries.gaps(at=AT).exists()
        assert not Watch.objects.exists()
        assert not Duty.objects.exists()
        with pytest.raises(NotFound):
            queries.rota_by_uuid(uuid=rota.uuid)


@pytest.mark.django_db
def test_who_was_not_there_is_told_and_answers_once(cast: Cast) -> None:
    rota, people = manned(cast, 2)
    duty, actor = duties(rota)[0], cast.practitioner.actor
    with pytest.raises(operations.NotOverYet):
        operations.miss(actor=actor, at=duty.span.begins, duty=duty, words="没来")
    over = duty.span.ends + timedelta(hours=1)
    operations.miss(actor=actor, at=over, duty=duty, words="没来")
    own = someone(people[0]).actor
    operations.answer_absence(actor=own, at=over, duty=duty, words="车坏了")
    with pytest.raises(operations.AnsweredAlready):
        operations.answer_absence(actor=own, at=over, duty=duty, words="再说一次")
    operations.excuse(actor=actor, at=over, duty=duty)
    assert duty.state == DutyState.PLANNED
    operations.miss(actor=actor, at=over, duty=duty, words="再看了一遍，没来")
    operations.answer_absence(actor=own, at=over, duty=duty, words="那天我在，签到忘了")
    with pytest.raises(operations.AnsweredAlready):
        operations.answer_absence(actor=own, at=over, duty=duty, words="又说一次")
    assert set(Notice.objects.filter(kind__startswith="duty_").values_list("kind", flat=True)) >= {
        "duty_missed", "duty_answered", "duty_excused"
    }  # fmt: skip


@pytest.mark.django_db
def test_a_turn_is_promised_to_whoever_asks_for_the_same_time(cast: Cast) -> None:
    rota, people = manned(cast, 1)
    duty = duties(rota)[0]
    found = promised(
        person_ids=[people[0].pk], begins=duty.span.begins, ends=duty.span.ends, besides=rota.uuid
    )
    assert [one.title for one in found] == ["便民服务台"]


@pytest.mark.django_db
def test_only_who_runs_the_place_plans(cast: Cast) -> None:
    rota, people = manned(cast, 2)
    watch, duty = watches(rota)[0], duties(rota)[0]
    for stranger in (cast.mallory, cast.volunteer, cast.supervisor):
        for act in (
            lambda who: operations.fill(actor=who, at=AT, watch=watch, person=people[0]),
            lambda who: operations.announce(actor=who, at=AT, watch=watch),
            lambda who: operations.call_off(actor=who, at=AT, watch=watch, words="不办"),
            lambda who: operations.take_off(actor=who, at=AT, duty=duty, words="换人"),
            lambda who: operations.miss(actor=who, at=AT, duty=duty, words="没来"),
            lambda who: operations.end_rota(actor=who, at=AT, rota=rota, words="撤"),
            lambda who: operations.add_group(actor=who, at=AT, rota=rota, name="三组"),
        ):
            with pytest.raises(Forbidden):
                act(stranger.actor)


@pytest.mark.django_db
def test_only_active_volunteers_take_turns(cast: Cast) -> None:
    rota = a_rota(cast)
    group = a_group(cast, rota)
    with pytest.raises(operations.NoActiveVolunteer):
        operations.add_member(actor=cast.practitioner.actor, at=AT, group=group, person=cast.zhou.person)
    (person,) = volunteers(cast, 1)
    operations.add_member(actor=cast.practitioner.actor, at=AT, group=group, person=person)
    with pytest.raises(operations.InRotaAlready):
        operations.add_member(actor=cast.practitioner.actor, at=AT, group=group, person=person)


@pytest.mark.django_db
def test_the_database_keeps_what_operations_promise(cast: Cast) -> None:
    rota, people = manned(cast, 2)
    first, second = duties(rota)[:2]

    def copied(**changes: object) -> Duty:
        return Duty(
            watch_id=first.watch_id, place_id=first.place_id, county_id=first.county_id, state="planned",
            state_since=AT, created_at=AT,
            **{"person": people[1], "seat": 1, "during": first.during, **changes},
        )  # fmt: skip

    for wrong in (
        copied(),  # a seat has one person
        copied(seat=2),  # one is needed
        copied(during=second.during),  # another time than the watch's
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            wrong.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        Duty.unscoped.filter(pk=first.pk).update(state="withdrawn")
    with pytest.raises(DatabaseError), transaction.atomic():
        Duty.unscoped.filter(pk=first.pk).update(person=people[1])
    with pytest.raises(DatabaseError), transaction.atomic():
        Watch.unscoped.filter(pk=first.watch_id).update(needed=0)
    with pytest.raises(IntegrityError), transaction.atomic():
        Watch.unscoped.create(
            rota=rota, shift_id=watches(rota)[0].shift_id, place_id=rota.place_id, county_id=rota.county_id, day=MONDAY,
            during=first.during, needed=1, state_since=AT,
        )  # fmt: skip
    shift = Shift.objects.create(
        rota=rota, weekdays=[0], begins=time(9), ends=time(12), needed=1, since=MONDAY
    )
    with pytest.raises(IntegrityError, match="rotas_no_hour_of_a_day_twice"), transaction.atomic():
        Watch.unscoped.create(
            rota=rota, shift=shift, place_id=rota.place_id, county_id=rota.county_id, day=MONDAY, during=first.during,
            needed=1, state_since=AT,
        )  # fmt: skip
    for table in (DutyStep, SwapStep):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE {table._meta.db_table} SET verb = 'plan'")


def test_the_tables_know_each_state() -> None:
    assert {one.reached_from("running") for one in ROTA.values()} == {"running", "ended"}
    assert {one.target for one in WATCH.values()} == set(WatchState.values)
    assert {one.reached_from("absent") for one in DUTY.values()} == set(DutyState.values)
    assert {one.target for one in SWAP.values()} == set(SwapState.values)


@pytest.mark.django_db
def test_a_rota_that_rests_on_holidays_has_no_shift_then(cast: Cast) -> None:
    rota = a_rota(cast, rests_on_holidays=True, weeks_ahead=2, when=at(date(2026, 9, 25), 9))
    plan(rota, at(date(2026, 9, 25), 9))
    days = [one.day for one in watches(rota)]
    assert Rota.unscoped.count() == 1
    assert days
    assert date(2026, 10, 1) not in days
