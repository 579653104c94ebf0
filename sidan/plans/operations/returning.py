"""What comes again carries a line out: each of its times within the days of the line stands for it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sidan.activities.models import Activity, Recurring
from sidan.activities.queries import rules_before, rules_since
from sidan.core.actor import Actor
from sidan.core.clock import business_date
from sidan.core.errors import AtField, Conflict
from sidan.core.transactions import told_when
from sidan.people.queries import person_of
from sidan.plans.enums import SETTLED
from sidan.plans.models import SERIES_ONCE, Plan, PlanHeld, PlanLine, PlanSeries
from sidan.plans.operations.door import leave_trail
from sidan.plans.operations.holding import locked_line, require_open
from sidan.plans.permissions import require_writing
from sidan.plans.queries.comparing import OFF


class SeriesLinked(Conflict):
    code = "series_already_in_plan"
    sentence = _("This arrangement stands for a line of the plan already.")


class SeriesNotOfThisPlan(AtField):
    code = "series_not_of_this_plan"
    field = "series"
    sentence = _("Please choose an arrangement of the same place.")


def link_series(
    *, actor: Actor, at: datetime, plan: Plan, line: PlanLine, recurring: Recurring
) -> PlanSeries:
    """Say that what comes again carries a line out: what is made of it already stands for the line at once.

    What somebody linked to another line of the plan stays there.

    Raises:
        NotSignedIn, NotYourPlans, PlanNotSettled, LineLeftOut, SeriesNotOfThisPlan, SeriesLinked
    """
    require_writing(actor=actor, place_id=plan.place_id, county_id=plan.county_id)
    if recurring.place_id != plan.place_id:
        raise SeriesNotOfThisPlan
    with told_when(constraint=SERIES_ONCE, refusal=SeriesLinked), transaction.atomic():
        row = locked_line(plan, line)
        require_open(row)
        made = PlanSeries.objects.create(
            plan=plan, line=row, recurring=recurring, linked_at=at, linked_by=person_of(actor)
        )
        rows = Activity.unscoped.filter(series__in=rules_since(recurring_id=recurring.pk))
        for activity in rows.exclude(state__in=sorted(OFF)).order_by("id"):
            _stand(made, activity, at)
        leave_trail(plan=plan, actor=actor, at=at, verb="link_series")
    return made


@transaction.atomic
def unlink_series(*, actor: Actor, at: datetime, plan: Plan, line: PlanLine, recurring: Recurring) -> None:
    """Say that it does not carry the line out after all; what stood for the line by it does so no more.

    Raises:
        NotYourPlans, PlanNotSettled, SeriesNotOfThisPlan
    """
    require_writing(actor=actor, place_id=plan.place_id, county_id=plan.county_id)
    locked_line(plan, line)
    if not PlanSeries.objects.filter(line=line, recurring=recurring).delete()[0]:
        raise SeriesNotOfThisPlan
    leave_trail(plan=plan, actor=actor, at=at, verb="unlink_series")


def stand_for_lines(*, at: datetime, activity_id: int) -> int:
    """Let what was made by a rule stand for the lines that the rule carries out, within the caller's transaction.

    Also where another rule has taken the place of the one that was named. Returns how many lines; done twice it does
    nothing.
    """
    activity = Activity.unscoped.get(pk=activity_id)
    if activity.series_id is None:
        return 0
    rules = rules_before(recurring_id=activity.series_id)
    rows = PlanSeries.objects.filter(
        recurring__in=rules, plan__state__in=sorted(SETTLED), line__left_out_at=None
    )
    return sum(_stand(one, activity, at) for one in rows.select_related("line"))


def _stand(link: PlanSeries, activity: Activity, at: datetime) -> int:
    day = business_date(activity.span.begins)
    if not link.line.first_day <= day <= link.line.last_day:
        return 0
    _row, is_new = PlanHeld.objects.get_or_create(
        plan_id=link.plan_id, activity=activity,
        defaults={"line": link.line, "through": link, "linked_at": at, "linked_by_id": link.linked_by_id},
    )  # fmt: skip
    return int(is_new)
