"""The rows that ids of the API name."""

from uuid import UUID

from django.http import HttpRequest

from sidan.activities import queries
from sidan.activities.models import Activity
from sidan.activities.operations import Plan
from sidan.activities.permissions import require_desk, require_running
from sidan.activities.schemas.once import PartsIn
from sidan.bookings.models import Room
from sidan.bookings.policies import Span
from sidan.bookings.queries import room_by_uuid
from sidan.core.actor import Actor
from sidan.core.errors import NotFound
from sidan.core.pages import office
from sidan.core.requests import actor_of
from sidan.people.queries import person_in_scope, team_by_uuid
from sidan.places.models import Place
from sidan.places.queries import place_by_uuid


def plan_of(payload: PartsIn, *, span: Span) -> Plan:
    """Return the plan with the rows that its ids name. Raises NotFound."""
    team = team_by_uuid(uuid=payload.team) if payload.team else None
    lead = person_in_scope(uuid=payload.lead) if payload.lead else None
    if (payload.team and team is None) or (payload.lead and lead is None):
        raise NotFound
    return payload.plan(span=span, team=team, lead=lead, room=room_of(payload.room))


def room_of(uuid: UUID | None) -> Room | None:
    """Return the room that is named, if one is. Raises NoSuchRoom."""
    return room_by_uuid(uuid=uuid) if uuid else None


def place_of(uuid: UUID) -> Place:
    """Return the place that is named. Raises NotFound."""
    found = place_by_uuid(uuid=uuid)
    if found is None:
        raise NotFound
    return found


def activity_of_ours(request: HttpRequest, uuid: UUID) -> tuple[Actor, Activity]:
    """Return who asks and an activity that they run. Raises NotYourActivities, NoSuchActivity."""
    actor = actor_of(request)
    require_desk(actor=actor)
    with office(public=False):
        found = queries.activity_by_uuid(uuid=uuid)
    require_running(actor=actor, place_id=found.place_id, county_id=found.county_id)
    return actor, found
