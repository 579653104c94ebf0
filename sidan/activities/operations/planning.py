"""What somebody plans: checked and written alike, whether it is drafted or changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext_lazy as _

from sidan.activities.enums import MOST_DAYS, SHORTEST_MINUTES, Insurance
from sidan.activities.models import Activity
from sidan.bookings.models import Room
from sidan.bookings.policies import Span
from sidan.core.errors import AtField
from sidan.people.enums import TeamState
from sidan.people.models import Person, Team
from sidan.places.coordinates import Point
from sidan.places.models import Place


class BadActivityTime(AtField):
    code = "bad_activity_time"
    field = "begins"
    sentence = _("Please choose a time ahead, at least a quarter of an hour and at most three days long.")


class NoVenue(AtField):
    code = "no_venue"
    field = "venue"
    sentence = _("Please say where it is, or choose a room.")


class OpensTooLate(AtField):
    code = "activity_opens_too_late"
    field = "signup_from"
    sentence = _("People must be able to come in before it begins.")


class AgesRunDown(AtField):
    code = "ages_run_down"
    field = "oldest"
    sentence = _("The oldest cannot be younger than the youngest.")


class TeamFromElsewhere(AtField):
    code = "team_from_elsewhere"
    field = "team"
    sentence = _("Please choose a team of this county that is at work.")


class LeadFromElsewhere(AtField):
    code = "lead_from_elsewhere"
    field = "lead"
    sentence = _("Please choose somebody of this county.")


class RisksMissing(AtField):
    """Volunteer Regulations, art. 12."""

    code = "risks_missing"
    field = "risks"
    sentence = _("Before it is announced, please say what could happen, even if it is very little.")


class InsuranceMissing(AtField):
    """Volunteer Regulations, art. 17."""

    code = "insurance_missing"
    field = "insurance"
    sentence = _("Somebody could get hurt: those who help must be insured before it is announced.")


@dataclass(frozen=True, slots=True)
class Plan:
    """What is held: all that is known of it before it is announced."""

    kind: str
    title: str
    task: str
    span: Span
    venue: str = ""
    title_en: str = ""
    platform: str = ""
    audience: Sequence[str] = ()
    team: Team | None = None
    lead: Person | None = None
    """Who answers for it; who prepares it where nobody is named."""
    lecturer: str = ""
    youngest: int | None = None
    oldest: int | None = None
    seats: int | None = None
    signup_from: datetime | None = None
    room: Room | None = None
    point: Point | None = None
    risks: str = ""
    is_dangerous: bool = False
    insurance: str = Insurance.NOT_NEEDED
    about: str = ""
    about_en: str = ""
    bring: str = ""

    @property
    def spot(self) -> str:
        """Where it is: in words, else the name of the room."""
        return self.venue.strip() or (self.room.name if self.room else "")


def check_span(*, span: Span, at: datetime) -> None:
    """Refuse a time that none can be. Raises BadActivityTime."""
    shortest, longest = timedelta(minutes=SHORTEST_MINUTES), timedelta(days=MOST_DAYS)
    if span.begins <= at or not shortest <= span.ends - span.begins <= longest:
        raise BadActivityTime


def check_plan(*, place: Place, plan: Plan, lead: Person, at: datetime) -> None:
    """Refuse what no activity of a place can be.

    Raises:
        BadActivityTime, OpensTooLate
        what `check_parts` raises
    """
    check_span(span=plan.span, at=at)
    if plan.signup_from is not None and plan.signup_from > plan.span.begins:
        raise OpensTooLate
    check_parts(place=place, plan=plan, lead=lead)


def check_parts(*, place: Place, plan: Plan, lead: Person) -> None:
    """Refuse what none can be on any day. Raises NoVenue, AgesRunDown, TeamFromElsewhere, LeadFromElsewhere."""
    if not plan.spot:
        raise NoVenue
    if plan.youngest is not None and plan.oldest is not None and plan.oldest < plan.youngest:
        raise AgesRunDown
    team = plan.team
    if team is not None and (team.state != TeamState.ACTIVE or team.county_id != place.county_id):
        raise TeamFromElsewhere
    if lead.county_id != place.county_id:
        raise LeadFromElsewhere


def require_said(told: Plan | Activity) -> None:
    """Refuse to announce what could happen without saying it. Raises RisksMissing, InsuranceMissing."""
    if not told.risks.strip():
        raise RisksMissing
    if told.is_dangerous and told.insurance == Insurance.NOT_NEEDED:
        raise InsuranceMissing


def columns_of(plan: Plan, *, lead: Person) -> dict[str, object]:
    """Return what of a plan stands in the activity's own row."""
    point = plan.point
    return {
        "kind": plan.kind, "title": plan.title, "title_en": plan.title_en, "task": plan.task,
        "platform": plan.platform, "audience": list(plan.audience), "team": plan.team, "lead": lead,
        "during": DateTimeTZRange(plan.span.begins, plan.span.ends), "signup_from": plan.signup_from,
        "venue": plan.spot, "lecturer": plan.lecturer, "youngest": plan.youngest, "oldest": plan.oldest,
        "seats": plan.seats, "risks": plan.risks, "is_dangerous": plan.is_dangerous, "insurance": plan.insurance,
        "longitude": point.longitude if point else None, "latitude": point.latitude if point else None,
        "coordinate_system": point.system if point else "",
    }  # fmt: skip


def texts_of(plan: Plan) -> dict[str, str]:
    """Return what of a plan stands beside it."""
    return {"about": plan.about, "about_en": plan.about_en, "bring": plan.bring}
