"""Beginning a plan, writing its head anew, and copying one into another period."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sidan.core.actor import Actor
from sidan.core.errors import AtField, Conflict
from sidan.core.transactions import told_when
from sidan.people.enums import TeamState
from sidan.people.models import Team
from sidan.people.queries import person_of
from sidan.places.models import Place
from sidan.plans.enums import FIRST_YEAR, LAST_YEAR, PlanState
from sidan.plans.models import ONE_OF_A_PLACE, ONE_OF_A_TEAM, Plan, PlanLine
from sidan.plans.operations.door import append_step, claim_turn
from sidan.plans.permissions import require_writing
from sidan.plans.policies import Days, moved, period_around


class PlanThere(Conflict):
    code = "plan_there"
    sentence = _("There is a plan for these days already. Please open that one, or drop it first.")


class TeamFromElsewhere(AtField):
    code = "team_from_elsewhere"
    field = "team"
    sentence = _("Please choose a team of this place that is at work.")


class YearOutOfReach(AtField):
    code = "plan_year_out_of_reach"
    field = "day"
    sentence = _("Please choose a day of this year or of one near it.")


class SameDays(AtField):
    code = "plan_copied_onto_itself"
    field = "day"
    sentence = _("These are the days of the plan itself. Please choose a day of another period.")


@dataclass(frozen=True, slots=True)
class PlanText:
    """The head of a plan: what it is about and what is to be reached."""

    theme: str
    theme_en: str = ""
    goals: str = ""


@dataclass(frozen=True, slots=True)
class NewPlan:
    """Whose plan, and for which year, month or week: that in which `day` lies."""

    period: str
    day: date
    text: PlanText
    team: Team | None = None

    @property
    def days(self) -> Days:
        return period_around(self.period, self.day)


def draft_plan(*, actor: Actor, at: datetime, place: Place, new: NewPlan) -> Plan:
    """Begin a plan of a place or of one of its teams.

    Raises:
        NotSignedIn, NotYourPlans, TeamFromElsewhere, YearOutOfReach
        PlanThere: there is one for the same days.
    """
    require_writing(actor=actor, place_id=place.pk, county_id=place.county_id)
    _check(place, new.team, new.day)
    with _told_when_there(new.team), transaction.atomic():
        return _written(actor, at, place, new, source=None)


def edit_plan(*, actor: Actor, at: datetime, plan: Plan, text: PlanText) -> Plan:
    """Write the head of a draft anew. Raises NotYourPlans, PlanMovedOn."""
    require_writing(actor=actor, place_id=plan.place_id, county_id=plan.county_id)
    with transaction.atomic():
        before = claim_turn(plan=plan, at=at, verb="edit")
        plan.theme, plan.theme_en, plan.goals = text.theme, text.theme_en, text.goals
        plan.save(update_fields=["search", "theme", "theme_en", "goals"])
        append_step(plan=plan, actor=actor, at=at, verb="edit", from_state=before)
    return plan


def copy_plan(*, actor: Actor, at: datetime, plan: Plan, day: date) -> Plan:
    """Begin a plan for the period of a day with the lines of this one, each moved to its day there.

    What was left out comes along too: it was planned. What came of the lines does not.

    Raises:
        NotSignedIn, NotYourPlans, TeamFromElsewhere, YearOutOfReach, SameDays, PlanThere
    """
    require_writing(actor=actor, place_id=plan.place_id, county_id=plan.county_id)
    text = PlanText(theme=plan.theme, theme_en=plan.theme_en, goals=plan.goals)
    new = NewPlan(period=plan.period, day=day, text=text, team=plan.team)
    _check(plan.place, plan.team, day)
    if new.days == plan.days:
        raise SameDays
    with _told_when_there(plan.team), transaction.atomic():
        made = _written(actor, at, plan.place, new, source=plan)
        PlanLine.objects.bulk_create(
            _copied(line, plan, made, at) for line in PlanLine.objects.filter(plan=plan)
        )
    return made


def _copied(line: PlanLine, plan: Plan, made: Plan, at: datetime) -> PlanLine:
    days = moved(line.days, period=plan.period, source=plan.days, target=made.days)
    return PlanLine(
        plan=made, first_day=days.first, last_day=days.last, theme=line.theme, kind=line.kind, task=line.task,
        platform=line.platform, audience=line.audience, lecturer=line.lecturer, venue=line.venue,
        answers=line.answers, times=line.times, created_at=at,
    )  # fmt: skip


def _written(actor: Actor, at: datetime, place: Place, new: NewPlan, *, source: Plan | None) -> Plan:
    days = new.days
    plan = Plan.unscoped.create(
        place=place, county_id=place.county_id, team=new.team, period=new.period, first_day=days.first,
        last_day=days.last, theme=new.text.theme, theme_en=new.text.theme_en, goals=new.text.goals, source=source,
        state=PlanState.DRAFT, state_since=at, created_at=at, created_by=person_of(actor),
    )  # fmt: skip
    append_step(plan=plan, actor=actor, at=at, verb="draft", from_state="")
    return plan


def _check(place: Place, team: Team | None, day: date) -> None:
    if team is not None and (team.state != TeamState.ACTIVE or team.place_id != place.pk):
        raise TeamFromElsewhere
    if not FIRST_YEAR <= day.year < LAST_YEAR:
        raise YearOutOfReach


def _told_when_there(team: Team | None) -> AbstractContextManager[None]:
    return told_when(constraint=ONE_OF_A_TEAM if team else ONE_OF_A_PLACE, refusal=PlanThere)
