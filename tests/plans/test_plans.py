"""Plans: written, submitted upward, approved, published; what came of each line beside it."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from sidan.activities.models import Activity
from sidan.bookings.policies import Span
from sidan.core.clock import BUSINESS_ZONE
from sidan.core.errors import SayWhy
from sidan.core.scope import Scope, scoped
from sidan.notify.models import Notice
from sidan.plans import operations, queries
from sidan.plans.models import Plan, PlanLine, PlanStep
from sidan.plans.operations import (
    AlreadyLinked,
    LineFacts,
    LineOutside,
    LineTurnedRound,
    NewPlan,
    NothingPlanned,
    PlanMovedOn,
    PlanNotSettled,
    PlanText,
    PlanThere,
    Prepared,
    SecondPersonNeeded,
)
from sidan.plans.operations.drafting import SameDays
from sidan.plans.operations.holding import LineLeftOut
from sidan.plans.permissions import NoSuchPlan, NotYourPlans, NotYoursToApprove
from sidan.plans.policies import Days
from tests.cast import Cast, Someone
from tests.factories import AT

MARCH = date(2027, 3, 5)


def facts(day: date = MARCH, **changes: Any) -> LineFacts:
    return LineFacts(**{"days": Days(day, day), "theme": "反诈宣讲", "task": "policy", "times": 2, **changes})


def begun(cast: Cast, *, period: str = "year", lines: int = 2) -> Plan:
    new = NewPlan(period=period, day=MARCH, text=PlanText(theme="城北村文明实践计划"))
    plan = operations.draft_plan(actor=cast.practitioner.actor, at=AT, place=cast.places.chengbei, new=new)
    if lines:
        rows = [facts(MARCH + timedelta(days=number)) for number in range(lines)]
        operations.add_lines(actor=cast.practitioner.actor, at=AT, plan=plan, lines=rows)
    return plan


def approved(cast: Cast) -> Plan:
    plan = begun(cast)
    operations.submit_plan(actor=cast.practitioner.actor, at=AT, plan=plan)
    return operations.approve_plan(actor=cast.director.actor, at=AT, plan=plan)


def lines_of(plan: Plan) -> list[PlanLine]:
    return list(PlanLine.objects.filter(plan=plan))


def notices(one: Someone) -> list[str]:
    return list(Notice.objects.filter(account=one.account.pk).order_by("id").values_list("kind", flat=True))


def prepared(cast: Cast, plan: Plan, line: PlanLine) -> Activity:
    begins = datetime.combine(MARCH, time(9), BUSINESS_ZONE)
    span = Span(begins, begins + timedelta(hours=1))
    return operations.prepare_activity(
        actor=cast.practitioner.actor,
        at=AT,
        plan=plan,
        line=line,
        prepared=Prepared(span=span, venue="文化广场"),
    )


@pytest.mark.django_db
def test_a_plan_goes_up_and_comes_back_approved(cast: Cast) -> None:
    plan = begun(cast)
    assert (plan.first_day, plan.last_day) == (date(2027, 1, 1), date(2027, 12, 31))
    operations.submit_plan(actor=cast.practitioner.actor, at=AT, plan=plan)
    assert "plan_submitted" in notices(cast.director)
    with pytest.raises(NotYoursToApprove):
        operations.approve_plan(actor=cast.practitioner.actor, at=AT, plan=plan)
    operations.approve_plan(actor=cast.director.actor, at=AT, plan=plan)
    assert "plan_approved" in notices(cast.practitioner)
    operations.publish_plan(actor=cast.practitioner.actor, at=AT, plan=plan)
    found = Plan.unscoped.get()
    assert (found.state, found.published_at, found.is_late) == ("published", AT, False)
    verbs = PlanStep.objects.filter(plan=plan).values_list("verb", flat=True)
    assert list(verbs) == ["draft", "edit", "submit", "approve", "publish"]


@pytest.mark.django_db
def test_it_is_sent_back_with_words_and_taken_back_without(cast: Cast) -> None:
    plan = begun(cast)
    operations.submit_plan(actor=cast.practitioner.actor, at=AT, plan=plan)
    with pytest.raises(SayWhy):
        operations.send_plan_back(actor=cast.director.actor, at=AT, plan=plan, words=" ")
    operations.send_plan_back(actor=cast.director.actor, at=AT, plan=plan, words="加两场宣讲")
    assert "plan_sent_back" in notices(cast.practitioner)
    assert [str(step.note.words) for step in queries.history(plan=plan) if hasattr(step, "note")] == [
        "加两场宣讲"
    ]
    operations.submit_plan(actor=cast.practitioner.actor, at=AT, plan=plan)
    operations.take_plan_back(actor=cast.practitioner.actor, at=AT, plan=plan)
    assert plan.state == "draft"


@pytest.mark.django_db
def test_nobody_approves_at_a_place_above_what_they_submitted_where_others_could(cast: Cast) -> None:
    plan = begun(cast)
    operations.submit_plan(actor=cast.director.actor, at=AT, plan=plan)
    with pytest.raises(SecondPersonNeeded):
        operations.approve_plan(actor=cast.director.actor, at=AT, plan=plan)
    operations.approve_plan(actor=cast.manager.actor, at=AT, plan=plan)
    assert plan.state == "approved"


@pytest.mark.django_db
def test_an_empty_plan_is_not_submitted(cast: Cast) -> None:
    plan = begun(cast, lines=0)
    with pytest.raises(NothingPlanned):
        operations.submit_plan(actor=cast.practitioner.actor, at=AT, plan=plan)
    assert Plan.unscoped.get().state == "draft"


@pytest.mark.django_db
def test_there_is_one_plan_for_the_same_days_and_a_dropped_one_gives_way(cast: Cast) -> None:
    first = begun(cast)
    with pytest.raises(PlanThere):
        begun(cast)
    begun(cast, period="month")
    operations.drop_plan(actor=cast.practitioner.actor, at=AT, plan=first)
    assert begun(cast).state == "draft"


@pytest.mark.django_db
def test_lines_lie_within_the_days_of_their_plan(cast: Cast) -> None:
    plan = begun(cast, period="month")
    with pytest.raises(LineOutside):
        operations.add_lines(
            actor=cast.practitioner.actor, at=AT, plan=plan, lines=[facts(), facts(date(2027, 4, 1))]
        )
    turned = facts(days=Days(date(2027, 3, 7), date(2027, 3, 5)))
    with pytest.raises(LineTurnedRound):
        operations.add_lines(actor=cast.practitioner.actor, at=AT, plan=plan, lines=[turned])
    assert len(lines_of(plan)) == 2
    with pytest.raises(DatabaseError), transaction.atomic():
        PlanLine.objects.filter(plan=plan).update(first_day=date(2026, 1, 1))


@pytest.mark.django_db
def test_what_is_submitted_is_fixed_whoever_writes(cast: Cast) -> None:
    plan = approved(cast)
    line = lines_of(plan)[0]
    with pytest.raises(PlanMovedOn):
        operations.add_lines(actor=cast.practitioner.actor, at=AT, plan=plan, lines=[facts()])
    with pytest.raises(PlanMovedOn):
        operations.change_line(actor=cast.practitioner.actor, at=AT, plan=plan, line=line, facts=facts())
    for write in (
        lambda: PlanLine.objects.filter(pk=line.pk).update(theme="改了"),
        lambda: PlanLine.objects.filter(pk=line.pk).delete(),
        lambda: Plan.unscoped.filter(pk=plan.pk).update(state="draft"),
        lambda: PlanStep.objects.filter(plan=plan).update(verb="drop"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            write()


@pytest.mark.django_db
def test_last_years_plan_is_copied_with_each_line_on_its_day(cast: Cast) -> None:
    plan = approved(cast)
    month = Days(date(2027, 1, 1), date(2027, 1, 31))
    assert month.is_whole_month
    made = operations.copy_plan(actor=cast.practitioner.actor, at=AT, plan=plan, day=date(2028, 6, 1))
    assert (made.first_day, made.state, made.source) == (date(2028, 1, 1), "draft", plan)
    assert [line.first_day for line in lines_of(made)] == [date(2028, 3, 5), date(2028, 3, 6)]
    assert [line.times for line in lines_of(made)] == [2, 2]
    with pytest.raises(PlanThere):
        operations.copy_plan(actor=cast.practitioner.actor, at=AT, plan=plan, day=date(2028, 6, 1))
    with pytest.raises(SameDays):
        operations.copy_plan(actor=cast.practitioner.actor, at=AT, plan=plan, day=MARCH)


@pytest.mark.django_db
def test_what_was_planned_stands_beside_what_was_done(cast: Cast) -> None:
    plan = approved(cast)
    line, other = lines_of(plan)
    activity = prepared(cast, plan, line)
    assert (activity.title, activity.task, activity.venue, activity.state) == (
        "反诈宣讲",
        "policy",
        "文化广场",
        "draft",
    )
    with scoped(Scope(root_ids=(cast.places.chengbei.pk,))):
        told = queries.compared(plan=plan)
        assert (told.whole.planned, told.whole.done, told.whole.coming, told.percent) == (4, 0, 1, 0)
    with pytest.raises(AlreadyLinked):
        operations.link_activity(
            actor=cast.practitioner.actor, at=AT, plan=plan, line=other, activity=activity
        )
    operations.unlink_activity(actor=cast.practitioner.actor, at=AT, plan=plan, line=line, activity=activity)
    operations.link_activity(actor=cast.practitioner.actor, at=AT, plan=plan, line=other, activity=activity)
    with scoped(Scope(root_ids=(cast.places.chengbei.pk,))):
        assert [len(one.activities) for one in queries.compared(plan=plan).lines] == [0, 1]


@pytest.mark.django_db
def test_a_line_is_left_out_with_a_reason_and_taken_up_again(cast: Cast) -> None:
    plan = approved(cast)
    line = lines_of(plan)[0]
    with pytest.raises(SayWhy):
        operations.leave_line_out(actor=cast.practitioner.actor, at=AT, plan=plan, line=line, words="")
    operations.leave_line_out(actor=cast.practitioner.actor, at=AT, plan=plan, line=line, words="场地在修")
    with pytest.raises(LineLeftOut):
        prepared(cast, plan, line)
    operations.take_line_up(actor=cast.practitioner.actor, at=AT, plan=plan, line=line)
    assert prepared(cast, plan, line).state == "draft"


@pytest.mark.django_db
def test_of_a_draft_nothing_comes_yet(cast: Cast) -> None:
    plan = begun(cast)
    with pytest.raises(PlanNotSettled):
        prepared(cast, plan, lines_of(plan)[0])
    assert not Activity.unscoped.exists()


@pytest.mark.django_db
def test_the_next_county_neither_reads_nor_writes_it(cast: Cast) -> None:
    plan = begun(cast)
    with pytest.raises(NotYourPlans):
        operations.submit_plan(actor=cast.mallory.actor, at=AT, plan=plan)
    with cast.mallory.at_work(), pytest.raises(NoSuchPlan):
        queries.plan_by_uuid(uuid=plan.uuid)
    with scoped(Scope()), pytest.raises(NoSuchPlan):
        queries.plan_by_uuid(uuid=plan.uuid)


@pytest.mark.django_db
def test_whoever_comes_second_is_told(cast: Cast) -> None:
    plan = begun(cast)
    same = Plan.unscoped.select_related("place").get()
    operations.submit_plan(actor=cast.practitioner.actor, at=AT, plan=plan)
    with pytest.raises(PlanMovedOn):
        operations.drop_plan(actor=cast.practitioner.actor, at=AT, plan=same)
