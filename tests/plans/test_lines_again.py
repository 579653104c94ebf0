"""What comes again carries a line out; a name is taken out of a line that is fixed; who answers is reminded once."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from sidan.activities import operations as activities
from sidan.activities.calendar import DaysOfWeek
from sidan.activities.models import Activity, Recurring
from sidan.core.clock import business_date
from sidan.core.scope import everything
from sidan.notify.models import Notice
from sidan.plans import operations, queries, tasks
from sidan.plans.enums import NamedPart
from sidan.plans.models import LineErasure, Plan, PlanHeld, PlanLine
from sidan.plans.operations import (
    AlreadyLinked,
    LineFacts,
    NewPlan,
    NothingToErase,
    PlanNotSettled,
    PlanText,
    SeriesLinked,
)
from sidan.plans.permissions import NotYourPlans
from sidan.plans.policies import Days, Tally
from tests.activities.test_series import RULE, THURSDAYS, TODAY, begun, changed
from tests.cast import Cast, Someone
from tests.factories import AT

pytestmark = pytest.mark.django_db
SOON = Days(TODAY, THURSDAYS[2])


def planned(cast: Cast, *facts: LineFacts, who: Someone | None = None, period: str = "year") -> Plan:
    """A plan around the day of the tests, approved."""
    actor = (who or cast.practitioner).actor
    new = NewPlan(period=period, day=TODAY, text=PlanText(theme="城北村文明实践计划"))
    plan = operations.draft_plan(actor=actor, at=AT, place=cast.places.chengbei, new=new)
    operations.add_lines(actor=actor, at=AT, plan=plan, lines=facts or [line_facts()])
    operations.submit_plan(actor=actor, at=AT, plan=plan)
    return operations.approve_plan(actor=cast.director.actor, at=AT, plan=plan)


def line_facts(days: Days = SOON, **changes: Any) -> LineFacts:
    return LineFacts(**{"days": days, "theme": "周四实践日", "task": "values", "times": 3, **changes})


def line_of(plan: Plan) -> PlanLine:
    return PlanLine.objects.filter(plan=plan)[0]


def linked(cast: Cast, plan: Plan, recurring: Recurring) -> None:
    operations.link_series(
        actor=cast.practitioner.actor, at=AT, plan=plan, line=line_of(plan), recurring=recurring
    )


def tally(plan: Plan) -> Tally:
    with everything("test"):
        return queries.compared(plan=plan).lines[0].tally


def told(one: Someone) -> int:
    return Notice.objects.filter(account=one.account.pk, kind="plan_line_soon").count()


def test_each_time_of_what_comes_again_stands_for_its_line_within_the_days_of_it(cast: Cast) -> None:
    plan, recurring = planned(cast), begun(cast)
    linked(cast, plan, recurring)
    assert tally(plan) == Tally(planned=3, done=0, coming=3)
    first = Activity.unscoped.get(series=recurring, occurrence=THURSDAYS[0])
    activities.advance_activity(at=first.span.ends, activity_id=first.pk)
    assert tally(plan) == Tally(planned=3, done=1, coming=2)
    with pytest.raises(SeriesLinked):
        linked(cast, plan, recurring)
    # One of them stands for the line already.
    with pytest.raises(AlreadyLinked):
        operations.link_activity(
            actor=cast.practitioner.actor, at=AT, plan=plan, line=line_of(plan), activity=first
        )


def test_what_is_made_later_and_by_the_rule_that_follows_stands_for_the_line_too(cast: Cast) -> None:
    plan, recurring = planned(cast), begun(cast)
    linked(cast, plan, recurring)
    monday = replace(RULE, pattern=DaysOfWeek(frozenset({0}), since=TODAY))
    cut = changed(cast, recurring, THURSDAYS[1], monday)
    days = {
        business_date(one.activity.span.begins)
        for one in PlanHeld.objects.exclude(activity__state="cancelled")
    }
    assert days == {THURSDAYS[0], date(2026, 12, 7)}
    activities.add_day(actor=cast.manager.actor, at=AT, recurring=cut.follows, day=date(2026, 12, 9))
    assert tally(plan) == Tally(planned=3, done=0, coming=3)


def test_taken_off_the_line_only_what_somebody_linked_of_itself_stays(cast: Cast) -> None:
    plan, recurring = planned(cast), begun(cast)
    by_hand = Activity.unscoped.get(series=recurring, occurrence=THURSDAYS[0])
    actor = cast.practitioner.actor
    operations.link_activity(actor=actor, at=AT, plan=plan, line=line_of(plan), activity=by_hand)
    linked(cast, plan, recurring)
    assert tally(plan).coming == 3
    with pytest.raises(NotYourPlans):
        operations.unlink_series(
            actor=cast.mallory.actor, at=AT, plan=plan, line=line_of(plan), recurring=recurring
        )
    operations.unlink_series(actor=actor, at=AT, plan=plan, line=line_of(plan), recurring=recurring)
    assert [row.activity_id for row in PlanHeld.objects.all()] == [by_hand.pk]
    activities.add_day(actor=cast.manager.actor, at=AT, recurring=recurring, day=date(2026, 12, 1))
    assert tally(plan).coming == 1


def test_a_name_is_taken_out_of_a_fixed_line_and_nothing_else_of_it(cast: Cast) -> None:
    plan = planned(cast, line_facts(lecturer="李老师", answers="王主任"))
    line, actor = line_of(plan), cast.practitioner.actor
    operations.erase_name(actor=actor, at=AT, plan=plan, line=line, part=NamedPart.LECTURER)
    line.refresh_from_db()
    assert (line.lecturer, line.answers, line.theme) == ("", "王主任", "周四实践日")
    assert [(one.part, one.actor_id) for one in LineErasure.objects.all()] == [("lecturer", actor.account_id)]
    with pytest.raises(NothingToErase):
        operations.erase_name(actor=actor, at=AT, plan=plan, line=line, part=NamedPart.LECTURER)
    with pytest.raises(NotYourPlans):
        operations.erase_name(actor=cast.mallory.actor, at=AT, plan=plan, line=line, part=NamedPart.ANSWERS)


def test_the_database_lets_no_name_be_changed_nor_go_without_a_word(cast: Cast) -> None:
    plan = planned(cast, line_facts(lecturer="李老师", answers="王主任"))
    rows = PlanLine.objects.filter(plan=plan)
    for columns in ({"answers": "别人"}, {"answers": ""}, {"lecturer": ""}, {"theme": "别的"}):
        with pytest.raises(DatabaseError, match="are fixed"), transaction.atomic():
            rows.update(**columns)
    operations.erase_name(
        actor=cast.practitioner.actor, at=AT, plan=plan, line=line_of(plan), part=NamedPart.ANSWERS
    )
    with pytest.raises(DatabaseError, match="are fixed"), transaction.atomic():
        rows.update(answers="别人")
    with pytest.raises(DatabaseError, match=r"permission denied|appended"), transaction.atomic():
        LineErasure.objects.all().delete()


def test_a_name_in_a_draft_is_written_anew_and_not_taken_out(cast: Cast) -> None:
    new = NewPlan(period="year", day=TODAY, text=PlanText(theme="计划"))
    actor = cast.practitioner.actor
    plan = operations.draft_plan(actor=actor, at=AT, place=cast.places.chengbei, new=new)
    operations.add_lines(actor=actor, at=AT, plan=plan, lines=[line_facts(answers="王主任")])
    with pytest.raises(PlanNotSettled):
        operations.erase_name(actor=actor, at=AT, plan=plan, line=line_of(plan), part=NamedPart.ANSWERS)


def test_who_answers_for_a_line_is_told_once_that_its_day_comes_near(cast: Cast) -> None:
    day = TODAY + timedelta(days=3)
    named = line_facts(Days(day, day), answers=f"{cast.practitioner.person.name}（干事）")
    far = line_facts(Days(day + timedelta(days=1), day + timedelta(days=1)))
    planned(cast, named, far, who=cast.manager)
    for _twice in range(2):
        tasks.remind.run(at=AT)
    assert (told(cast.practitioner), told(cast.manager)) == (1, 0)
    # Of the other line nobody is named who works there: who wrote the plan is told, a day later.
    tasks.remind.run(at=AT + timedelta(days=1))
    assert (told(cast.practitioner), told(cast.manager)) == (1, 1)


def test_of_what_is_prepared_left_out_or_only_a_draft_nobody_is_reminded(cast: Cast, settings: Any) -> None:
    day = TODAY + timedelta(days=2)
    plan = planned(cast, line_facts(Days(day, day)), line_facts(SOON))
    first, _second = PlanLine.objects.filter(plan=plan).order_by("-first_day")
    operations.leave_line_out(actor=cast.practitioner.actor, at=AT, plan=plan, line=first, words="场地在修")
    assert list(queries.lines_to_remind(at=AT)) == []
    operations.take_line_up(actor=cast.practitioner.actor, at=AT, plan=plan, line=first)
    assert list(queries.lines_to_remind(at=AT)) == [first.pk]
    settings.PLAN_REMINDER_DAYS = 0
    assert list(queries.lines_to_remind(at=AT)) == []


def test_the_themes_of_published_plans_stand_beside_the_wheel_of_their_year(cast: Cast) -> None:
    plan = planned(cast, line_facts(Days(TODAY, TODAY)), period="month")
    url, place = reverse("activities:year"), str(cast.places.chengbei.uuid)
    asked = {"day": f"{TODAY}", "place": place}
    assert plan.theme not in Client().get(url, asked).content.decode()
    operations.publish_plan(actor=cast.practitioner.actor, at=AT, plan=plan)
    page = Client().get(url, asked).content.decode()
    assert plan.theme in page
    assert reverse("plans:public_plan", args=[plan.uuid]) in page
    assert plan.theme not in Client().get(url, {**asked, "day": "2025-11-20"}).content.decode()


def test_staff_link_what_comes_again_and_take_a_name_out_on_the_page_of_the_line(cast: Cast) -> None:
    plan = planned(cast, line_facts(answers="王主任"))
    line, recurring = line_of(plan), begun(cast)
    client, parts = cast.practitioner.client(), [plan.uuid, line.uuid]
    page = reverse("plans:line", args=parts)
    client.post(reverse("plans:link_series", args=parts), {"series": str(recurring.uuid)})
    shown = client.get(page).content.decode()
    assert reverse("plans:unlink_series", args=[*parts, recurring.uuid]) in shown
    assert "每周四" in shown
    client.post(reverse("plans:erase_name", args=parts), {"part": "answers"})
    shown = client.get(page).content.decode()
    assert "王主任" not in shown
    assert reverse("plans:erase_name", args=parts) not in shown
