"""A team's work over the API: answer offers, name members, agree times, check in and out, report."""

from collections.abc import Callable
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Status
from ninja.decorators import decorate_view

from sidan.catalogue.queries import team_by_uuid
from sidan.core.clock import aware, now
from sidan.core.errors import NotFound
from sidan.core.idempotency import idempotent
from sidan.core.requests import actor_of
from sidan.orders import operations, queries
from sidan.orders.models import Assignment
from sidan.orders.schemas import (
    AnswerIn,
    AssignmentOut,
    BoardOut,
    CallOut,
    ClaimIn,
    HeardOut,
    MarkIn,
    MembersIn,
    OrderOut,
    PickIn,
    PlacedOut,
    ReasonIn,
    VisitOut,
    VisitTimeIn,
)
from sidan.people.models import Team

router = Router(tags=["team work"])
TurnRead = Annotated[int | None, Query(ge=1, le=1_000_000)]


@router.get("/board", response=BoardOut, summary="The board of the teams I lead")
def board(request: HttpRequest) -> BoardOut:
    """To take, planned, under way, to report."""
    shown = queries.team_board(team_ids=actor_of(request).led_team_ids)
    return BoardOut(
        **{column: [_card(card) for card in getattr(shown, column)] for column in queries.COLUMNS}
    )


@router.get("/tasks", response=list[AssignmentOut], summary="What I am named for")
def tasks(request: HttpRequest) -> list[AssignmentOut]:
    """Accepted assignments one is named for."""
    return [_card(row) for row in queries.my_tasks(person_id=actor_of(request).person_id or 0)[:100]]


@router.get("/calls", response=list[CallOut], summary="Open calls that reach my teams")
def calls(request: HttpRequest, area: UUID | None = None) -> list[CallOut]:
    """Orders put before all teams of an area, those that end first above; last what waits for the office's choice."""
    found = queries.calls_for(team_ids=actor_of(request).led_team_ids, at=now(), area=area)
    return [CallOut.of(task) for task in found]


@router.post("/calls/{uuid:call}/claim", response={201: AssignmentOut}, summary="Take an open call")
@decorate_view(idempotent)
def claim(request: HttpRequest, call: UUID, payload: ClaimIn) -> Status[AssignmentOut]:
    """First come: one team has it, every other is told which."""
    actor = actor_of(request)
    found = queries.call_by_uuid(uuid=call, team_ids=actor.led_team_ids)
    team = _team(payload.team)
    taken = operations.claim_call(actor=actor, at=now(), call=found, team=team, seen=payload.turn)
    return Status(201, AssignmentOut.of(taken))


@router.post("/calls/{uuid:call}/apply", response=HeardOut, summary="Offer to take an open call")
@decorate_view(idempotent)
def apply(request: HttpRequest, call: UUID, payload: AnswerIn) -> HeardOut:
    """Best fit: offer with a sentence why; the office chooses.

    Where the words speak of danger to life, `call_now` says whom to call: make sure that it has been done.
    """
    actor = actor_of(request)
    found = queries.call_by_uuid(uuid=call, team_ids=actor.led_team_ids)
    team = _team(payload.team)
    operations.apply_for_call(
        actor=actor, at=now(), call=found, team=team, words=payload.words, seen=payload.turn
    )
    return HeardOut.of_words(payload.words)


@router.post(
    "/calls/{uuid:call}/take-offer-back",
    response={204: None},
    summary="Take back an offer to take an open call",
)
@decorate_view(idempotent)
def take_offer_back(request: HttpRequest, call: UUID, payload: PickIn) -> Status[None]:
    """Before anybody is chosen; as long as the call is open the team may offer anew."""
    actor = actor_of(request)
    found = queries.call_by_uuid(uuid=call, team_ids=actor.led_team_ids)
    operations.take_offer_back(actor=actor, at=now(), call=found, team=_team(payload.team))
    return Status(204, None)


@router.post("/assignments/{uuid:assignment}/accept", response=OrderOut, summary="Accept")
@decorate_view(idempotent)
def accept(request: HttpRequest, assignment: UUID, turn: TurnRead = None) -> OrderOut:
    """Take the order for the team; with the `turn` at which it was read, nothing that was changed since then."""
    found = queries.assignment_by_uuid(uuid=assignment)
    return OrderOut.of(
        operations.accept_order(actor=actor_of(request), at=now(), assignment=found, seen=turn)
    )


@router.post("/assignments/{uuid:assignment}/decline", response=PlacedOut, summary="Decline")
@decorate_view(idempotent)
def decline(request: HttpRequest, assignment: UUID, payload: ReasonIn) -> PlacedOut:
    """Send the order back with a reason.

    Where the words speak of danger to life, `call_now` says whom to call: make sure that it has been done.
    """
    found = queries.assignment_by_uuid(uuid=assignment)
    order = operations.decline_order(actor=actor_of(request), at=now(), assignment=found, **payload.dict())
    return PlacedOut.of_placed(order, payload.words)


@router.post(
    "/assignments/{uuid:assignment}/release", response=PlacedOut, summary="Give back before the visit"
)
@decorate_view(idempotent)
def release(request: HttpRequest, assignment: UUID, payload: ReasonIn) -> PlacedOut:
    """Give back an order that the team took; the office asks another team.

    Where the words speak of danger to life, `call_now` says whom to call: make sure that it has been done.
    """
    found = queries.assignment_by_uuid(uuid=assignment)
    order = operations.release_order(actor=actor_of(request), at=now(), assignment=found, **payload.dict())
    return PlacedOut.of_placed(order, payload.words)


@router.post("/assignments/{uuid:assignment}/members", response={204: None}, summary="Say who goes")
@decorate_view(idempotent)
def name_members(request: HttpRequest, assignment: UUID, payload: MembersIn) -> Status[None]:
    """Name members of the team; the list replaces the former one."""
    found = queries.assignment_by_uuid(uuid=assignment)
    operations.name_members(actor=actor_of(request), at=now(), assignment=found, person_uuids=payload.people)
    return Status(204, None)


@router.post("/assignments/{uuid:assignment}/schedule", response={201: VisitOut}, summary="Agree on a time")
@decorate_view(idempotent)
def schedule(request: HttpRequest, assignment: UUID, payload: VisitTimeIn) -> Status[VisitOut]:
    """Write down the time agreed with the resident."""
    visit = operations.schedule_visit(
        actor=actor_of(request), at=now(), assignment=queries.assignment_by_uuid(uuid=assignment),
        planned_from=aware(payload.planned_from), planned_to=aware(payload.planned_to),
    )  # fmt: skip
    return Status(201, VisitOut.of(visit))


@router.post("/assignments/{uuid:assignment}/give-up", response=PlacedOut, summary="Hand back")
@decorate_view(idempotent)
def give_up(request: HttpRequest, assignment: UUID, payload: ReasonIn) -> PlacedOut:
    """Hand back what could not be done.

    Where the words speak of danger to life, `call_now` says whom to call: make sure that it has been done.
    """
    found = queries.assignment_by_uuid(uuid=assignment)
    order = operations.give_up(actor=actor_of(request), at=now(), assignment=found, **payload.dict())
    return PlacedOut.of_placed(order, payload.words)


@router.post("/visits/{uuid:visit}/check-in", response={204: None}, summary="Check in")
@decorate_view(idempotent)
def check_in(request: HttpRequest, visit: UUID, payload: MarkIn) -> Status[None]:
    """Come: by the resident's code, by place with consent, or by hand with a reason."""
    return _marked(request, visit, payload, operations.check_in)


@router.post("/visits/{uuid:visit}/check-out", response={204: None}, summary="Check out")
@decorate_view(idempotent)
def check_out(request: HttpRequest, visit: UUID, payload: MarkIn) -> Status[None]:
    """Go."""
    return _marked(request, visit, payload, operations.check_out)


def _marked(
    request: HttpRequest, uuid: UUID, payload: MarkIn, marking: Callable[..., object]
) -> Status[None]:
    visit = queries.visit_by_uuid(uuid=uuid)
    person_id = queries.named_person_id(visit=visit, uuid=payload.person) if payload.person else None
    marking(actor=actor_of(request), at=now(), visit=visit, proof=payload.proof(), person_id=person_id)
    return Status(204, None)


def _card(assignment: Assignment) -> AssignmentOut:
    visits = assignment.live_visits  # type: ignore[attr-defined] # set by the query's prefetch
    return AssignmentOut.of(assignment, next(iter(visits), None))


def _team(uuid: UUID) -> Team:
    team = team_by_uuid(uuid=uuid)
    if team is None:
        raise NotFound
    return team
