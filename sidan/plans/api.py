"""Plans over the API: the same operations and the same permissions as the pages."""

from collections.abc import Callable, Mapping
from typing import Annotated, Final, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Status
from ninja.decorators import decorate_view

from sidan.activities.enums import UNTOLD
from sidan.activities.models import Recurring
from sidan.activities.queries import activity_by_uuid, recurring_by_uuid
from sidan.core.actor import Actor
from sidan.core.clock import now
from sidan.core.errors import NotFound
from sidan.core.idempotency import idempotent
from sidan.core.pages import office
from sidan.core.pagination import MAX_LIMIT, keyset_page
from sidan.core.requests import actor_of
from sidan.people.queries import team_by_uuid
from sidan.places.models import Place
from sidan.places.queries import place_by_uuid
from sidan.plans import operations, queries
from sidan.plans.enums import FIRST_YEAR, LAST_YEAR, NamedPart, PlanState
from sidan.plans.models import Plan, PlanLine
from sidan.plans.permissions import require_desk
from sidan.plans.schemas import (
    CopyIn,
    EraseNameIn,
    LinkIn,
    LinkSeriesIn,
    NewPlanIn,
    OfficePlanOut,
    PeriodCode,
    PlanChip,
    PlanLineIn,
    PlanLineOut,
    PlanLinesIn,
    PlanOut,
    PlanPageOut,
    PlanStepIn,
    PlanTextIn,
    PlanWordsIn,
    PreparedOut,
    PrepareIn,
    PublicPlanOut,
)

router = Router(tags=["plans"])
Cursor = Annotated[str | None, Query(max_length=1000)]
Limit = Annotated[int, Query(ge=1, le=MAX_LIMIT)]
Text = Annotated[str, Query(max_length=60)]
Verb = Literal["submit", "take-back", "approve", "publish", "drop", "send-back"]

PRESSED: Final[Mapping[str, Callable[..., Plan]]] = {
    "submit": operations.submit_plan,
    "take-back": operations.take_plan_back,
    "approve": operations.approve_plan,
    "publish": operations.publish_plan,
    "drop": operations.drop_plan,
}


@router.get("", response=PlanPageOut, auth=None, summary="Plans that are published")
def list_plans(
    request: HttpRequest, place: UUID | None = None, period: PeriodCode | None = None, q: Text = "",
    cursor: Cursor = None, limit: Limit = 24,
) -> PlanPageOut:  # fmt: skip
    """What is published in a county, the latest first. Open to all."""
    rows = queries.published(near=_place(place) if place else None, period=period or "", text=q)
    page = keyset_page(rows=rows, sort="-first_day", cursor=cursor, limit=limit)
    return PlanPageOut(items=[PlanOut.of(one) for one in page.items], next_cursor=page.next_cursor)


@router.get("/office", response=PlanPageOut, summary="The plans of one's office")
def list_office_plans(
    request: HttpRequest, chip: PlanChip = "", period: PeriodCode | None = None, place: UUID | None = None,
    year: Annotated[int | None, Query(ge=FIRST_YEAR, lt=LAST_YEAR)] = None, q: Text = "", cursor: Cursor = None,
    limit: Limit = 50,
) -> PlanPageOut:  # fmt: skip
    """What is in hand; with a chip the drafts, what is to be approved or published, what is published or dropped."""
    require_desk(actor=actor_of(request))
    chosen = queries.PlanFilter(
        chip=chip, period=period or "", year=year, text=q, place_id=_place(place).pk if place else None
    )
    with office(public=False):
        page = keyset_page(rows=queries.desk(chosen=chosen), sort="-first_day", cursor=cursor, limit=limit)
        return PlanPageOut(items=[PlanOut.of(one) for one in page.items], next_cursor=page.next_cursor)


@router.get("/office/{plan_id}", response=OfficePlanOut, summary="A plan beside what was done")
def read_office_plan(request: HttpRequest, plan_id: UUID) -> OfficePlanOut:
    """A plan of a place one works for, with its history."""
    require_desk(actor=actor_of(request))
    with office(public=False):
        found = queries.plan_by_uuid(uuid=plan_id)
        return OfficePlanOut.compared(found, queries.compared(plan=found), queries.history(plan=found))


@router.get("/{plan_id}", response=PublicPlanOut, auth=None, summary="A plan that is published")
def read_plan(request: HttpRequest, plan_id: UUID) -> PublicPlanOut:
    """One plan with its lines, as everybody reads it. Open to all."""
    found = queries.plan_by_uuid(uuid=plan_id)
    if found.state != PlanState.PUBLISHED:
        raise NotFound
    lines = [
        PlanLineOut.of(one, [act for act in one.activities if act.state not in UNTOLD])
        for one in queries.compared(plan=found).lines
    ]
    return PublicPlanOut(**PlanOut.of(found).dict(), lines=lines)


@router.post("", response={201: PlanOut}, summary="Begin a plan")
@decorate_view(idempotent)
def draft_plan(request: HttpRequest, payload: NewPlanIn) -> Status[PlanOut]:
    """Begin a plan of a place whose plans one writes. `plan_there`: there is one for the same days."""
    team = team_by_uuid(uuid=payload.team) if payload.team else None
    if payload.team and team is None:
        raise NotFound
    made = operations.draft_plan(
        actor=actor_of(request), at=now(), place=_place(payload.place), new=payload.new(team=team)
    )
    return Status(201, PlanOut.of(made))


@router.put("/{plan_id}", response=PlanOut, summary="Change the head of a draft")
@decorate_view(idempotent)
def edit_plan(request: HttpRequest, plan_id: UUID, payload: PlanTextIn) -> PlanOut:
    """Write theme and goals of a draft anew."""
    actor, found = _of_office(request, plan_id)
    return PlanOut.of(operations.edit_plan(actor=actor, at=now(), plan=found, text=payload.text()))


@router.post("/{plan_id}/copy", response={201: PlanOut}, summary="Copy a plan into another period")
@decorate_view(idempotent)
def copy_plan(request: HttpRequest, plan_id: UUID, payload: CopyIn) -> Status[PlanOut]:
    """Begin a plan for the period of a day with the same lines, each on its day there."""
    actor, found = _of_office(request, plan_id)
    return Status(201, PlanOut.of(operations.copy_plan(actor=actor, at=now(), plan=found, day=payload.day)))


@router.post("/{plan_id}/lines", response=OfficePlanOut, summary="Write lines into a draft")
@decorate_view(idempotent)
def write_lines(request: HttpRequest, plan_id: UUID, payload: PlanLinesIn) -> OfficePlanOut:
    """Add lines, or put these in place of those there are: all of them or none."""
    actor, found = _of_office(request, plan_id)
    write = operations.add_lines if payload.mode == "add" else operations.replace_lines
    write(actor=actor, at=now(), plan=found, lines=[line.facts() for line in payload.lines])
    return _told(found)


@router.put("/{plan_id}/lines/{line_id}", response=OfficePlanOut, summary="Change a line of a draft")
@decorate_view(idempotent)
def change_line(request: HttpRequest, plan_id: UUID, line_id: UUID, payload: PlanLineIn) -> OfficePlanOut:
    """Write a line of a draft anew."""
    actor, found, line = _line(request, plan_id, line_id)
    operations.change_line(actor=actor, at=now(), plan=found, line=line, facts=payload.facts())
    return _told(found)


@router.post("/{plan_id}/lines/{line_id}/remove", response=OfficePlanOut, summary="Remove a line of a draft")
@decorate_view(idempotent)
def remove_line(request: HttpRequest, plan_id: UUID, line_id: UUID) -> OfficePlanOut:
    """Take a line out of a draft."""
    actor, found, line = _line(request, plan_id, line_id)
    operations.remove_line(actor=actor, at=now(), plan=found, line=line)
    return _told(found)


@router.post(
    "/{plan_id}/lines/{line_id}/prepare",
    response={201: PreparedOut},
    summary="Prepare the activity of a line",
)
@decorate_view(idempotent)
def prepare_activity(
    request: HttpRequest, plan_id: UUID, line_id: UUID, payload: PrepareIn
) -> Status[PreparedOut]:
    """Write the draft of an activity that carries the line out."""
    actor, found, line = _line(request, plan_id, line_id)
    made = operations.prepare_activity(
        actor=actor, at=now(), plan=found, line=line, prepared=payload.prepared()
    )
    return Status(201, PreparedOut(activity=made.uuid))


@router.post("/{plan_id}/lines/{line_id}/link", response=OfficePlanOut, summary="Say what carries a line out")
@decorate_view(idempotent)
def link_activity(request: HttpRequest, plan_id: UUID, line_id: UUID, payload: LinkIn) -> OfficePlanOut:
    """Let an activity of the same place stand for a line."""
    actor, found, line = _line(request, plan_id, line_id)
    with office(public=False):
        held = activity_by_uuid(uuid=payload.activity)
    operations.link_activity(actor=actor, at=now(), plan=found, line=line, activity=held)
    return _told(found)


@router.post(
    "/{plan_id}/lines/{line_id}/unlink", response=OfficePlanOut, summary="Take an activity off a line"
)
@decorate_view(idempotent)
def unlink_activity(request: HttpRequest, plan_id: UUID, line_id: UUID, payload: LinkIn) -> OfficePlanOut:
    """Say that an activity does not carry a line out after all."""
    actor, found, line = _line(request, plan_id, line_id)
    with office(public=False):
        held = activity_by_uuid(uuid=payload.activity)
    operations.unlink_activity(actor=actor, at=now(), plan=found, line=line, activity=held)
    return _told(found)


@router.post(
    "/{plan_id}/lines/{line_id}/link-series",
    response=OfficePlanOut,
    summary="Let what comes again stand for a line",
)
@decorate_view(idempotent)
def link_series(request: HttpRequest, plan_id: UUID, line_id: UUID, payload: LinkSeriesIn) -> OfficePlanOut:
    """Each of its times within the days of the line carries it out, also those that are made later."""
    actor, found, line = _line(request, plan_id, line_id)
    rule = _rule(payload.series)
    operations.link_series(actor=actor, at=now(), plan=found, line=line, recurring=rule)
    return _told(found)


@router.post(
    "/{plan_id}/lines/{line_id}/unlink-series",
    response=OfficePlanOut,
    summary="Take what comes again off a line",
)
@decorate_view(idempotent)
def unlink_series(request: HttpRequest, plan_id: UUID, line_id: UUID, payload: LinkSeriesIn) -> OfficePlanOut:
    """What stood for the line by it does so no more."""
    actor, found, line = _line(request, plan_id, line_id)
    rule = _rule(payload.series)
    operations.unlink_series(actor=actor, at=now(), plan=found, line=line, recurring=rule)
    return _told(found)


@router.post(
    "/{plan_id}/lines/{line_id}/erase-name", response=OfficePlanOut, summary="Take a name out of a line"
)
@decorate_view(idempotent)
def erase_name(request: HttpRequest, plan_id: UUID, line_id: UUID, payload: EraseNameIn) -> OfficePlanOut:
    """For whom is named and wishes it: the rest of the line stays as it was approved."""
    actor, found, line = _line(request, plan_id, line_id)
    operations.erase_name(actor=actor, at=now(), plan=found, line=line, part=NamedPart(payload.part))
    return _told(found)


@router.post("/{plan_id}/lines/{line_id}/leave-out", response=OfficePlanOut, summary="Leave a line out")
@decorate_view(idempotent)
def leave_line_out(request: HttpRequest, plan_id: UUID, line_id: UUID, payload: PlanWordsIn) -> OfficePlanOut:
    """Say that a line is not held, and why: everybody who reads the plan reads it."""
    actor, found, line = _line(request, plan_id, line_id)
    operations.leave_line_out(actor=actor, at=now(), plan=found, line=line, words=payload.words)
    return _told(found)


@router.post("/{plan_id}/lines/{line_id}/take-up", response=OfficePlanOut, summary="Take a line up again")
@decorate_view(idempotent)
def take_line_up(request: HttpRequest, plan_id: UUID, line_id: UUID) -> OfficePlanOut:
    """Say that a line that was left out is held after all."""
    actor, found, line = _line(request, plan_id, line_id)
    operations.take_line_up(actor=actor, at=now(), plan=found, line=line)
    return _told(found)


@router.post("/{plan_id}/{verb}", response=PlanOut, summary="Take a step with a plan")
@decorate_view(idempotent)
def move_plan(request: HttpRequest, plan_id: UUID, verb: Verb, payload: PlanStepIn) -> PlanOut:
    """Submit, take back, approve, publish, drop; sending back says why in `words`."""
    actor, found = _of_office(request, plan_id)
    found.turn = payload.turn or found.turn
    if verb == "send-back":
        return PlanOut.of(operations.send_plan_back(actor=actor, at=now(), plan=found, words=payload.words))
    return PlanOut.of(PRESSED[verb](actor=actor, at=now(), plan=found))


def _of_office(request: HttpRequest, plan_id: UUID) -> tuple[Actor, Plan]:
    actor = actor_of(request)
    require_desk(actor=actor)
    with office(public=False):
        return actor, queries.plan_by_uuid(uuid=plan_id)


def _line(request: HttpRequest, plan_id: UUID, line_id: UUID) -> tuple[Actor, Plan, PlanLine]:
    actor, found = _of_office(request, plan_id)
    return actor, found, queries.line_by_uuid(plan=found, uuid=line_id)


def _rule(uuid: UUID) -> Recurring:
    with office(public=False):
        return recurring_by_uuid(uuid=uuid)


def _told(plan: Plan) -> OfficePlanOut:
    with office(public=False):
        return OfficePlanOut.compared(plan, queries.compared(plan=plan), queries.history(plan=plan))


def _place(uuid: UUID) -> Place:
    found = place_by_uuid(uuid=uuid)
    if found is None:
        raise NotFound
    return found
