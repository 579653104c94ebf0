"""A case of two parties: who opens, sees and leads it; how it goes; what is never told."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError

from sidan.analytics.policies import Period
from sidan.analytics.queries import place_figures
from sidan.audit.models import AuditEntry
from sidan.core.clock import business_date
from sidan.core.errors import Forbidden, NotFound
from sidan.core.moments import day_words
from sidan.core.scope import everything, scoped
from sidan.core.transitions import KEEPS, START
from sidan.mediation import operations, queries
from sidan.mediation.models import Case, CaseStep, FollowUp, Sitting
from sidan.mediation.operations.sittings import FollowUpTaken
from sidan.mediation.permissions import counting_roots, directs
from sidan.mediation.states import CASE
from sidan.mediation.views.told import told_steps
from sidan.mediation.words import STEPS
from sidan.notify.models import Notice
from sidan.people.access import scope_for
from sidan.people.operations import end_role
from sidan.places.models import Place
from tests.cast import Cast, Someone
from tests.factories import AT, make_account

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)
ENDS = [operations.fail_case, operations.withdraw_case]


def told(cast: Cast) -> operations.NewCase:
    return operations.NewCase(
        place=cast.places.chengbei, dispute="neighbours", words="争一堵墙",
        first=operations.NewParty("甲某某", "12900000001", "一号"), second=operations.NewParty("乙某某"),
    )  # fmt: skip


def opened(cast: Cast, by: Someone | None = None) -> Case:
    case = operations.open_case(actor=(by or cast.practitioner).actor, at=AT, told=told(cast))
    return Case.unscoped.select_related("place", "mediator").get(pk=case.pk)


def taken_before(cast: Cast, days: int) -> Case:
    """Open a case that was taken on some days before it is written down."""
    before = replace(told(cast), taken_on=business_date(AT) - timedelta(days=days))
    case = operations.open_case(actor=cast.practitioner.actor, at=AT, told=before)
    return Case.unscoped.get(pk=case.pk)


def agreed(cast: Cast) -> Case:
    case, day = opened(cast), business_date(AT)
    operations.agree_case(
        actor=cast.practitioner.actor, at=AT, case=case, terms="墙归两家", agreed_on=day,
        follow_ups=[day + timedelta(days=30), day + timedelta(days=90)],
    )  # fmt: skip
    return case


def test_who_opens_a_case_is_its_mediator(cast: Cast) -> None:
    case = opened(cast)
    assert case.mediator == cast.practitioner.person
    assert case.county == cast.places.center


def test_only_the_mediator_and_the_director_know_of_a_case(cast: Cast) -> None:
    case = opened(cast)
    know = set()
    for name, one in cast.everybody().items():
        try:
            queries.case_for(actor=one.actor, uuid=case.uuid)
        except NotFound:
            assert list(queries.cases_of(actor=one.actor)) == []
        else:
            assert list(queries.cases_of(actor=one.actor)) == [case]
            know.add(name)
    assert know == {"practitioner", "director"}


def test_a_scope_alone_opens_no_case_to_the_director_or_to_whoever_stands_above(cast: Cast) -> None:
    opened(cast)
    for one in (cast.director, cast.manager, cast.dispatcher, cast.grid_keeper, cast.supervisor):
        with scoped(scope_for(one.actor)):
            assert not Case.objects.exists()


def test_a_director_whose_role_ended_sees_it_no_more(cast: Cast) -> None:
    case = opened(cast)
    with everything("test"):
        grant = cast.director.account.grants.get()
        end_role(actor=cast.manager.actor, at=LATER, grant_uuid=grant.uuid)
    with pytest.raises(NotFound):
        queries.case_for(actor=cast.director.actor, uuid=case.uuid)


def director_at(name: str, place: Place) -> Someone:
    return Someone(account=make_account(name, at_place=place, roles=[("director", place)]), phone="")


def know_of(case: Case, *people: Someone) -> list[bool]:
    """Tell who of some finds a case: in the list, by its address, and as who may hand it over."""
    seen = [queries.cases_of(actor=one.actor).filter(pk=case.pk).exists() for one in people]
    assert seen == [directs(actor=one.actor, case=case) for one in people]
    for one, sees in zip(people, seen, strict=True):
        if not sees:
            with pytest.raises(NotFound):
                queries.case_for(actor=one.actor, uuid=case.uuid)
            with pytest.raises(Forbidden):
                operations.hand_over_case(actor=one.actor, at=LATER, case=case, person_uuid=UUID(int=1))
    return seen


def test_a_director_appointed_at_the_place_sees_its_cases_and_the_one_above_no_more(cast: Cast) -> None:
    case = opened(cast)
    assert know_of(case, cast.director) == [True]
    own = director_at("新站长", cast.places.chengbei)
    assert know_of(case, own, cast.director) == [True, False]
    people = queries.mediators_for(case=case)
    assert cast.director.person not in people
    assert own.person in people


@pytest.mark.parametrize("gone", ["role", "account"])
def test_when_the_places_own_director_has_gone_the_one_above_stands_in_again(cast: Cast, gone: str) -> None:
    case, own = opened(cast), director_at("旧站长", cast.places.chengbei)
    with everything("test"):
        if gone == "role":
            end_role(actor=cast.manager.actor, at=LATER, grant_uuid=own.account.grants.get().uuid)
            assert know_of(case, own, cast.director) == [False, True]
        else:
            own.account.is_active = False
            own.account.save(update_fields=["is_active"])
            assert know_of(case, cast.director) == [True]


def test_a_director_of_a_place_beside_it_sees_nothing(cast: Cast) -> None:
    case, beside = opened(cast), director_at("邻站长", cast.places.datong)
    assert know_of(case, beside) == [False]


@pytest.mark.parametrize(
    "name", ["zhou", "volunteer", "leader", "operator", "dispatcher", "manager", "mallory"]
)
def test_nobody_else_opens_a_case_here(cast: Cast, name: str) -> None:
    with pytest.raises(Forbidden):
        operations.open_case(actor=getattr(cast, name).actor, at=AT, told=told(cast))
    assert not Case.unscoped.exists()


def test_the_director_reads_but_does_not_lead(cast: Cast) -> None:
    case = opened(cast)
    with pytest.raises(Forbidden):
        operations.fail_case(actor=cast.director.actor, at=LATER, case=case, words="")


def test_nothing_of_a_case_lies_open_in_the_database(cast: Cast) -> None:
    agreed(cast)
    with connection.cursor() as cursor:
        for table in ("case", "casetext", "party", "agreement", "casestep", "followup"):
            cursor.execute(f"SELECT coalesce(string_agg(row::text, ' '), '') FROM mediation_{table} AS row")
            text = cursor.fetchone()[0]
            for secret in ("甲某某", "12900000001", "争一堵墙", "墙归两家"):
                assert secret not in text
                assert secret.encode().hex() not in text


def test_each_look_and_each_print_is_on_record(cast: Cast) -> None:
    case = agreed(cast)
    for look in (operations.look_at_case, operations.look_at_case, operations.look_at_agreement):
        look(actor=cast.director.actor, at=LATER, case=case)
    verbs = AuditEntry.objects.filter(actor=cast.director.account, subject_id=case.pk).order_by("id")
    assert list(verbs.values_list("verb", flat=True)) == [
        "mediation.look",
        "mediation.look",
        "mediation.print",
    ]


def test_a_sitting_is_planned_held_and_written_down_once(cast: Cast) -> None:
    case, actor = opened(cast), cast.practitioner.actor
    sitting = operations.plan_sitting(
        actor=actor, at=AT, case=case, planned_at=AT + timedelta(days=1), where="祠堂"
    )
    with pytest.raises(operations.SittingNotYet):
        operations.hold_sitting(actor=actor, at=LATER, case=case, uuid=sitting.uuid, minutes="提前写")
    met = AT + timedelta(days=1)
    operations.hold_sitting(actor=actor, at=met, case=case, uuid=sitting.uuid, minutes="各退一步")
    assert case.state == "under_way"
    with pytest.raises(operations.SittingOver):
        operations.hold_sitting(actor=actor, at=met, case=case, uuid=sitting.uuid, minutes="再写")
    assert str(Sitting.objects.get().minutes) == "各退一步"


def test_a_sitting_is_planned_ahead_and_within_a_year(cast: Cast) -> None:
    case, actor = opened(cast), cast.practitioner.actor
    for planned_at, refusal in (
        (AT, operations.SittingInThePast),
        (AT + timedelta(days=366), operations.SittingTooFar),
    ):
        with pytest.raises(refusal):
            operations.plan_sitting(actor=actor, at=AT, case=case, planned_at=planned_at, where="")
    assert not Sitting.objects.exists()


def test_nothing_is_agreed_on_a_day_that_lies_ahead(cast: Cast) -> None:
    case, tomorrow = opened(cast), business_date(AT) + timedelta(days=1)
    with pytest.raises(operations.AgreedAhead):
        operations.agree_case(
            actor=cast.practitioner.actor, at=AT, case=case, terms="好", agreed_on=tomorrow, follow_ups=[]
        )
    assert case.state == "opened"


@pytest.mark.parametrize(
    ("agreed_on", "follow_ups", "refusal"),
    [
        (date(1900, 1, 1), [], operations.AgreedBefore),
        (business_date(AT) - timedelta(days=1), [], operations.AgreedBefore),
        (business_date(AT), [date(1900, 1, 1)], operations.BadFollowUps),
        (business_date(AT), [date(9999, 12, 31)], operations.BadFollowUps),
        (business_date(AT), [business_date(AT) + timedelta(days=3)], operations.BadFollowUps),
    ],
)
def test_an_agreement_and_its_follow_ups_lie_on_days_that_can_be(
    cast: Cast, agreed_on: date, follow_ups: list[date], refusal: type[Exception]
) -> None:
    """It is written down five days after the opening: from then on one asks."""
    case, actor, at = opened(cast), cast.practitioner.actor, AT + timedelta(days=5)
    with pytest.raises(refusal):
        operations.agree_case(
            actor=actor, at=at, case=case, terms="好", agreed_on=agreed_on, follow_ups=follow_ups
        )
    assert Case.unscoped.get(pk=case.pk).state == "opened"
    last = business_date(at) + timedelta(days=730)
    operations.agree_case(
        actor=actor,
        at=at,
        case=case,
        terms="好",
        agreed_on=business_date(AT),
        follow_ups=[business_date(at), last],
    )
    assert FollowUp.objects.count() == 2


@pytest.mark.parametrize(
    ("due_on", "refusal"),
    [(date(1900, 1, 1), operations.FollowUpInThePast), (date(9999, 12, 31), operations.FollowUpTooFar)],
)
def test_one_more_follow_up_lies_from_today_on_and_within_two_years(
    cast: Cast, due_on: date, refusal: type[Exception]
) -> None:
    case = agreed(cast)
    with pytest.raises(refusal):
        operations.plan_follow_up(actor=cast.practitioner.actor, at=LATER, case=case, due_on=due_on)
    assert FollowUp.objects.count() == 2


def test_a_sitting_of_another_case_is_not_found(cast: Cast) -> None:
    case, other, actor = opened(cast), opened(cast), cast.practitioner.actor
    sitting = operations.plan_sitting(actor=actor, at=AT, case=other, planned_at=LATER, where="")
    with pytest.raises(operations.NoSuchSitting):
        operations.call_off_sitting(actor=actor, at=AT, case=case, uuid=sitting.uuid)


def test_whoever_comes_second_is_told_how_things_stand(cast: Cast) -> None:
    case = opened(cast)
    same = Case.unscoped.get(pk=case.pk)
    operations.withdraw_case(actor=cast.practitioner.actor, at=LATER, case=case, words="")
    with pytest.raises(operations.CaseMovedOn) as told_so:
        operations.fail_case(actor=cast.practitioner.actor, at=LATER, case=same, words="")
    assert told_so.value.facts["state"] == "withdrawn"


def test_an_agreement_brings_its_follow_ups_and_ends_planned_sittings(cast: Cast) -> None:
    case, actor, day = opened(cast), cast.practitioner.actor, business_date(AT)
    operations.plan_sitting(actor=actor, at=AT, case=case, planned_at=LATER, where="")
    with pytest.raises(operations.BadFollowUps):
        operations.agree_case(actor=actor, at=AT, case=case, terms="好", agreed_on=day, follow_ups=[day])
    operations.agree_case(
        actor=actor, at=AT, case=case, terms="好", agreed_on=day, follow_ups=[day + timedelta(days=9)]
    )
    assert FollowUp.objects.get().due_on == day + timedelta(days=9)
    assert Sitting.objects.get().state == "called_off"


def agree(cast: Cast, case: Case) -> None:
    operations.agree_case(
        actor=cast.practitioner.actor,
        at=LATER,
        case=case,
        terms="好",
        agreed_on=business_date(AT),
        follow_ups=[],
    )


def give_up(cast: Cast, case: Case) -> None:
    operations.fail_case(actor=cast.practitioner.actor, at=LATER, case=case, words="")


def withdraw(cast: Cast, case: Case) -> None:
    operations.withdraw_case(actor=cast.practitioner.actor, at=LATER, case=case, words="")


@pytest.mark.parametrize("end", [agree, give_up, withdraw])
def test_a_sitting_that_has_begun_takes_its_minutes_after_the_end(
    cast: Cast, end: Callable[[Cast, Case], None]
) -> None:
    """Only what lies ahead is called off: a sitting that was held is not made one that never was."""
    case, actor = opened(cast), cast.practitioner.actor
    begun, ahead = (
        operations.plan_sitting(actor=actor, at=AT, case=case, planned_at=moment, where="")
        for moment in (LATER, LATER + timedelta(minutes=1))
    )
    end(cast, case)
    state = case.state
    assert [one.state for one in Sitting.objects.all()] == ["planned", "called_off"]
    operations.hold_sitting(actor=actor, at=LATER, case=case, uuid=begun.uuid, minutes="各退一步")
    assert Sitting.objects.get(uuid=begun.uuid).state == "held"
    assert (case.state, CaseStep.objects.filter(case=case).latest("turn").verb) == (state, "minutes")
    with pytest.raises(operations.SittingOver):
        operations.hold_sitting(actor=actor, at=LATER, case=case, uuid=ahead.uuid, minutes="没开")


def test_a_sitting_that_nobody_had_planned_is_written_down(cast: Cast) -> None:
    case, actor = opened(cast), cast.practitioner.actor
    operations.record_sitting(
        actor=actor, at=LATER, case=case, held_at=AT, where="田埂上", minutes="当面说开了"
    )
    one = Sitting.objects.get()
    assert (one.state, one.planned_at, one.written_at) == ("held", AT, LATER)
    assert (str(one.where), str(one.minutes), case.state) == ("田埂上", "当面说开了", "under_way")
    agree(cast, case)
    operations.record_sitting(actor=actor, at=LATER, case=case, held_at=LATER, where="", minutes="签字")
    assert case.state == "agreed"


@pytest.mark.parametrize(
    ("off", "refusal"),
    [
        (timedelta(days=-1), operations.SittingBeforeCase),
        (timedelta(hours=1, seconds=1), operations.SittingAhead),
    ],
)
def test_a_sitting_was_held_between_the_day_of_the_opening_and_now(
    cast: Cast, off: timedelta, refusal: type[Exception]
) -> None:
    case = opened(cast)
    with pytest.raises(refusal):
        operations.record_sitting(
            actor=cast.practitioner.actor, at=LATER, case=case, held_at=AT + off, where="", minutes="好"
        )
    assert not Sitting.objects.exists()
    assert case.state == "opened"


def test_what_was_held_before_it_was_written_down_keeps_its_days(cast: Cast) -> None:
    case, actor, day = taken_before(cast, 10), cast.practitioner.actor, timedelta(days=1)
    operations.record_sitting(actor=actor, at=AT, case=case, held_at=AT - 5 * day, where="", minutes="说开了")
    agreed_on = business_date(AT) - 3 * day
    operations.agree_case(actor=actor, at=AT, case=case, terms="墙归两家", agreed_on=agreed_on, follow_ups=[])
    assert Sitting.objects.get().planned_at == AT - 5 * day
    assert case.agreements.get().agreed_on == agreed_on
    with pytest.raises(operations.SittingBeforeCase):
        operations.record_sitting(
            actor=actor, at=AT, case=case, held_at=AT - 11 * day, where="", minutes="早了"
        )


@pytest.mark.parametrize(
    ("days", "refusal"), [(-1, operations.TakenOnAhead), (366, operations.TakenOnTooFar)]
)
def test_a_case_is_taken_on_within_the_year_before_it_is_written_down(
    cast: Cast, days: int, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        taken_before(cast, days)
    assert taken_before(cast, 365).taken_on == business_date(AT) - timedelta(days=365)
    case = opened(cast)
    assert case.taken_on == business_date(AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.unscoped.filter(pk=case.pk).update(taken_on=business_date(AT) + timedelta(days=1))


def test_only_the_mediator_writes_a_sitting_down(cast: Cast) -> None:
    case = opened(cast)
    with pytest.raises(Forbidden):
        operations.record_sitting(
            actor=cast.director.actor, at=LATER, case=case, held_at=AT, where="", minutes="好"
        )


def test_a_mediator_is_reminded_once_however_often_the_job_runs(cast: Cast) -> None:
    case = agreed(cast)
    due = AT + timedelta(days=30)
    for at in (due - timedelta(days=1), due, due + timedelta(hours=2), due + timedelta(days=1)):
        with everything("a job"):
            operations.remind(at=at)
    told_of = Notice.objects.get(kind="mediation_follow_up")
    assert told_of.account == cast.practitioner.account
    assert told_of.facts == {"number": case.number}


def test_a_follow_up_is_written_down_once_and_then_the_case_closes(cast: Cast) -> None:
    case, actor = agreed(cast), cast.practitioner.actor
    one = FollowUp.objects.order_by("due_on").first()
    assert one is not None
    with pytest.raises(operations.FollowUpNotYet):
        operations.report_follow_up(
            actor=actor, at=LATER, case=case, uuid=one.uuid, found="kept", words="还没问"
        )
    due = AT + timedelta(days=30)
    operations.report_follow_up(actor=actor, at=due, case=case, uuid=one.uuid, found="kept", words="好着")
    with pytest.raises(operations.FollowUpDone):
        operations.report_follow_up(actor=actor, at=due, case=case, uuid=one.uuid, found="broken", words="")
    operations.close_case(actor=actor, at=due, case=case)
    assert [(row.found, row.dropped_at) for row in FollowUp.objects.all()] == [("kept", None), ("", due)]


def test_a_follow_up_that_was_dropped_stays_and_is_told_and_a_later_agreement_asks_anew(cast: Cast) -> None:
    case, actor, day = agreed(cast), cast.practitioner.actor, business_date(AT) + timedelta(days=30)
    operations.close_case(actor=actor, at=LATER, case=case, words="双方满意")
    first = FollowUp.objects.order_by("due_on")[0]
    with pytest.raises(operations.CaseMovedOn):
        operations.report_follow_up(
            actor=actor, at=AT + timedelta(days=30), case=case, uuid=first.uuid, found="kept", words=""
        )
    page = operations.look_at_case(actor=actor, at=LATER, case=case)
    note = told_steps(page.steps, today=business_date(LATER), follow_ups=page.follow_ups)[0].note
    assert note.startswith("双方满意")
    assert day_words(day, today=business_date(LATER)) in note
    assert queries.next_dates(cases=[case]) == {}
    operations.reopen_case(actor=actor, at=LATER, case=case)
    operations.agree_case(
        actor=actor, at=LATER, case=case, terms="再好", agreed_on=business_date(AT), follow_ups=[day]
    )
    assert FollowUp.objects.filter(due_on=day, dropped_at=None).count() == 1
    with everything("a job"):
        assert operations.remind(at=AT + timedelta(days=30)) == 1


def test_a_day_on_which_it_was_said_to_be_broken_is_asked_about_anew_after_the_next_agreement(
    cast: Cast,
) -> None:
    case, actor = agreed(cast), cast.practitioner.actor
    days = [business_date(AT) + timedelta(days=30), business_date(AT) + timedelta(days=90)]
    first = FollowUp.objects.get(due_on=days[0])
    operations.report_follow_up(
        actor=actor, at=LATER, case=case, uuid=first.uuid, found="broken", words="又吵"
    )
    operations.reopen_case(actor=actor, at=LATER, case=case)
    operations.agree_case(
        actor=actor, at=LATER, case=case, terms="再好", agreed_on=business_date(LATER), follow_ups=days
    )
    waiting = FollowUp.objects.filter(done_at=None, dropped_at=None).values_list("due_on", flat=True)
    assert list(waiting) == days
    with everything("a job"):
        assert operations.remind(at=AT + timedelta(days=30)) == 1
    with pytest.raises(FollowUpTaken):
        operations.plan_follow_up(actor=actor, at=LATER, case=case, due_on=days[0])


def test_that_an_agreement_is_broken_is_written_down_before_its_day(cast: Cast) -> None:
    case, actor = agreed(cast), cast.practitioner.actor
    one = FollowUp.objects.order_by("due_on")[0]
    for early in ("kept", "partly"):
        with pytest.raises(operations.FollowUpNotYet):
            operations.report_follow_up(
                actor=actor, at=LATER, case=case, uuid=one.uuid, found=early, words=""
            )
    operations.report_follow_up(
        actor=actor, at=LATER, case=case, uuid=one.uuid, found="broken", words="又堵了"
    )
    assert FollowUp.objects.get(pk=one.pk).found == "broken"


def test_a_case_that_was_handed_over_is_the_other_mediators(cast: Cast) -> None:
    case = opened(cast)
    operations.hand_over_case(
        actor=cast.director.actor, at=LATER, case=case, person_uuid=cast.grid_keeper.person.uuid
    )
    assert queries.case_for(actor=cast.grid_keeper.actor, uuid=case.uuid) == case
    assert Notice.objects.get(kind="mediation_given").account == cast.grid_keeper.account
    with pytest.raises(NotFound):
        queries.case_for(actor=cast.practitioner.actor, uuid=case.uuid)


def test_a_hand_over_is_a_turn_of_the_case_and_stands_in_its_history(cast: Cast) -> None:
    case = opened(cast)
    same = Case.unscoped.get(pk=case.pk)
    operations.hand_over_case(
        actor=cast.director.actor, at=LATER, case=case, person_uuid=cast.grid_keeper.person.uuid
    )
    step = CaseStep.objects.get(case=case, verb="hand_over")
    assert (step.turn, step.from_state, step.to_state) == (2, "opened", "opened")
    assert (step.actor, str(step.note.words)) == (cast.director.account, cast.grid_keeper.person.name)
    page = operations.look_at_case(actor=cast.grid_keeper.actor, at=LATER, case=case)
    assert told_steps(page.steps, today=business_date(LATER))[0].sentence == str(STEPS["hand_over"].sentence)
    with pytest.raises(operations.CaseMovedOn):
        operations.fail_case(actor=cast.practitioner.actor, at=LATER, case=same, words="")


@pytest.mark.parametrize("end", ENDS)
def test_a_case_that_ended_is_handed_over_when_its_mediator_has_left(
    cast: Cast, end: Callable[..., Case]
) -> None:
    case = opened(cast)
    end(actor=cast.practitioner.actor, at=LATER, case=case, words="")
    state = case.state
    operations.hand_over_case(
        actor=cast.director.actor, at=LATER, case=case, person_uuid=cast.grid_keeper.person.uuid
    )
    assert (case.state, case.mediator) == (state, cast.grid_keeper.person)
    operations.reopen_case(actor=cast.grid_keeper.actor, at=LATER, case=case)
    assert Case.unscoped.get(pk=case.pk).state == "under_way"


def test_a_case_is_handed_to_nobody_of_another_county(cast: Cast) -> None:
    case = opened(cast)
    for uuid in (cast.mallory.person.uuid, cast.zhou.person.uuid, UUID(int=1)):
        with pytest.raises(operations.NoSuchMediator):
            operations.hand_over_case(actor=cast.director.actor, at=LATER, case=case, person_uuid=uuid)


def test_the_history_is_never_changed_and_no_state_without_a_turn(cast: Cast) -> None:
    case = opened(cast)
    for change in (
        lambda: CaseStep.objects.filter(case=case).update(verb="close"),
        lambda: CaseStep.objects.filter(case=case).delete(),
        lambda: Case.unscoped.filter(pk=case.pk).update(state="closed"),
        lambda: Case.unscoped.filter(pk=case.pk).update(number="1"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_case_has_two_parties_and_no_third(cast: Cast) -> None:
    case = opened(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        case.parties.create(side="first", name="又一个")


def test_a_county_counts_and_below_it_nobody_does(cast: Cast) -> None:
    agreed(cast)
    opened(cast)
    roots = counting_roots(actor=cast.manager.actor)
    rows = queries.counts(root_ids=roots, since=business_date(AT), until=business_date(AT))
    row = next(row for row in rows if row.dispute == "neighbours")
    assert (row.opened, row.live, row.agreed, row.without) == (2, 1, 1, 0)
    with pytest.raises(Forbidden):
        counting_roots(actor=cast.director.actor)


def test_a_case_counts_in_the_year_in_which_it_was_taken_on(cast: Cast) -> None:
    opened(cast)
    before = taken_before(cast, 330).taken_on
    today, new_year = business_date(AT), business_date(AT).replace(month=1, day=1)
    assert before < new_year
    roots = counting_roots(actor=cast.manager.actor)
    county = Place.objects.get(pk=roots[0])

    def counted(first: date, last: date) -> tuple[int, int]:
        rows = queries.counts(root_ids=roots, since=first, until=last)
        found = place_figures(root=county, figures=["mediation.opened"], period=Period(first, last)).total
        return sum(row.opened for row in rows), found.counts["mediation.opened", "neighbours"]

    assert counted(before, before) == (1, 1)
    assert counted(new_year, today) == (1, 1)
    assert counted(before, today) == (2, 2)


def test_a_place_without_any_director_shows_its_cases_to_nobody_but_the_mediator(cast: Cast) -> None:
    lone = make_account("山里人", at_place=cast.places.datong, roles=[("practitioner", cast.places.datong)])
    made = operations.open_case(
        actor=Someone(account=lone, phone="").actor, at=AT,
        told=operations.NewCase(place=cast.places.datong, dispute="land", words="山",
                                first=operations.NewParty("甲"), second=operations.NewParty("乙")),
    )  # fmt: skip
    above = [cast.mallory, cast.manager, cast.director]
    for one in above:
        assert not queries.cases_of(actor=one.actor).exists()
        assert not directs(actor=one.actor, case=made)
    chosen = director_at("大同人", cast.places.datong)
    assert queries.case_for(actor=chosen.actor, uuid=made.uuid) == made


def test_every_state_is_reached_and_every_arrow_begins_in_a_known_one() -> None:
    states = set(dict(Case._meta.get_field("state").choices or ()))
    assert {row.target for row in CASE.values()} - {KEEPS} == states
    assert set().union(*(row.sources for row in CASE.values())) <= states | {START}
