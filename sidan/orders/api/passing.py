"""Taking over, over the API: a team asks, another team answers."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status
from ninja.decorators import decorate_view

from sidan.catalogue.queries import team_by_uuid
from sidan.core.clock import aware, now
from sidan.core.errors import NotFound
from sidan.core.idempotency import idempotent
from sidan.core.requests import actor_of
from sidan.orders import operations, queries
from sidan.orders.models import TakeOver
from sidan.orders.schemas import AskedOut, AskTakeOverIn, AssignmentOut, HeardOut, ReasonIn, TakeOverOut

router = Router(tags=["team work"])


@router.get("/take-overs", response=list[TakeOverOut], summary="What my teams are asked to take over")
def take_overs(request: HttpRequest) -> list[TakeOverOut]:
    """Requests that wait for an answer of a team I lead; those that end first above."""
    found = queries.take_overs_asked(team_ids=actor_of(request).led_team_ids, at=now())
    return [TakeOverOut.of(each) for each in found]


@router.post(
    "/assignments/{uuid:assignment}/ask-take-over",
    response={201: AskedOut},
    summary="Ask to be taken over",
)
@decorate_view(idempotent)
def ask(request: HttpRequest, assignment: UUID, payload: AskTakeOverIn) -> Status[AskedOut]:
    """Ask another team, or without one the office, to take the order over; one request at a time.

    Where the words speak of danger to life, `call_now` says whom to call: make sure that it has been done.
    """
    found, team = queries.assignment_by_uuid(uuid=assignment), None
    if payload.team is not None:
        team = team_by_uuid(uuid=payload.team)
        if team is None:
            raise NotFound
    asked = operations.ask_take_over(
        actor=actor_of(request), at=now(), assignment=found, to_team=team, until=aware(payload.until),
        reason=payload.reason, words=payload.words,
    )  # fmt: skip
    return Status(201, AskedOut.of_asked(asked))


@router.post(
    "/take-overs/{uuid:take_over}/accept", response={201: AssignmentOut}, summary="Take an order over"
)
@decorate_view(idempotent)
def accept(request: HttpRequest, take_over: UUID) -> Status[AssignmentOut]:
    """The order moves to the team that was asked, at once."""
    taken = operations.accept_take_over(actor=actor_of(request), at=now(), asked=_asked(request, take_over))
    return Status(201, AssignmentOut.of(taken))


@router.post("/take-overs/{uuid:take_over}/decline", response=HeardOut, summary="Do not take it over")
@decorate_view(idempotent)
def decline(request: HttpRequest, take_over: UUID, payload: ReasonIn) -> HeardOut:
    """The team that asked keeps the order and is told why.

    Where the words speak of danger to life, `call_now` says whom to call: make sure that it has been done.
    """
    asked = _asked(request, take_over)
    operations.decline_take_over(actor=actor_of(request), at=now(), asked=asked, **payload.dict())
    return HeardOut.of_words(payload.words)


@router.post("/take-overs/{uuid:take_over}/withdraw", response={204: None}, summary="Take a request back")
@decorate_view(idempotent)
def withdraw(request: HttpRequest, take_over: UUID) -> Status[None]:
    """Take one's own request back; the order stays."""
    operations.withdraw_take_over(actor=actor_of(request), at=now(), asked=_asked(request, take_over))
    return Status(204, None)


def _asked(request: HttpRequest, uuid: UUID) -> TakeOver:
    return queries.take_over_by_uuid(uuid=uuid, team_ids=actor_of(request).led_team_ids)
