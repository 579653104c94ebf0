"""Time limits over the API: what holds at a place, since when and why, and writing it down."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Status
from ninja.decorators import decorate_view

from sidan.core.actor import Actor
from sidan.core.clock import aware, now
from sidan.core.errors import FieldProblem
from sidan.core.idempotency import idempotent
from sidan.core.requests import actor_of
from sidan.limits import operations, queries
from sidan.limits.enums import Step
from sidan.limits.operations.limits import PersonMissing
from sidan.limits.permissions import place_seen, require_setting, staff_ids
from sidan.limits.schemas import DeadlineOut, HeldLimitOut, LimitIn, LimitOut, TakeBackLimitIn
from sidan.orders.enums import Urgency
from sidan.people.references import PersonRef
from sidan.places.models import Place

router = Router(tags=["limits"])


@router.get("/{place_id}", response=list[HeldLimitOut], summary="What holds at a place")
def list_limits(request: HttpRequest, place_id: UUID) -> list[HeldLimitOut]:
    """Every limit that holds at a place, step by step: its own, and those of the places above that it follows."""
    _actor, place = _seen(request, place_id)
    return [HeldLimitOut.held(held) for each in queries.holding_at(place_id=place.pk) for held in each.held]


@router.get("/{place_id}/levels", response=list[LimitOut], summary="What a place says for levels below")
def list_levels(request: HttpRequest, place_id: UUID) -> list[LimitOut]:
    """What a place says for all places of one level below it; there it holds where nothing nearer is said."""
    _actor, place = _seen(request, place_id)
    told = queries.said_for_levels(place_id=place.pk)
    return [LimitOut.of(held.limit) for each in told for held in each.held]


@router.post("/{place_id}", response={201: LimitOut}, summary="Set a limit")
@decorate_view(idempotent)
def set_limit(request: HttpRequest, place_id: UUID, payload: LimitIn) -> Status[LimitOut]:
    """Write down a limit of a place, for it and all below that say nothing themselves; clocks that run stay."""
    actor, place = _seen(request, place_id)
    require_setting(actor=actor, place=place)
    terms = operations.Terms(
        amount=payload.amount, unit=payload.unit, at_half=payload.at_half, at_end=payload.at_end,
        person_id=_account_of(place, payload.step, payload.person),
    )  # fmt: skip
    made = operations.set_limit(
        actor=actor, at=now(), place=place, step=payload.step, category=payload.category,
        level=payload.level or "", urgency=payload.urgency, terms=terms, reason=payload.reason, seen=payload.seen,
    )  # fmt: skip
    return Status(201, LimitOut.of(made))


@router.post("/{place_id}/take-back", response={201: LimitOut}, summary="Take a limit back")
@decorate_view(idempotent)
def take_back_limit(request: HttpRequest, place_id: UUID, payload: TakeBackLimitIn) -> Status[LimitOut]:
    """Let what stands above hold again; the answer is the row that says so."""
    actor, place = _seen(request, place_id)
    made = operations.take_back_limit(
        actor=actor, at=now(), place=place, step=payload.step, category=payload.category,
        level=payload.level or "", urgency=payload.urgency, reason=payload.reason, seen=payload.seen,
    )  # fmt: skip
    return Status(201, LimitOut.of(made))


@router.get("/{place_id}/written", response=list[LimitOut], summary="What a place wrote down")
def list_written(request: HttpRequest, place_id: UUID) -> list[LimitOut]:
    """The newest fifty words of a place on its limits, with their reasons; nothing is ever changed or removed."""
    _actor, place = _seen(request, place_id)
    return list(map(LimitOut.of, queries.written_at(place_id=place.pk)))


@router.get("/{place_id}/people", response=list[PersonRef], summary="Who can be told to see to it")
def list_people(request: HttpRequest, place_id: UUID, step: Step = Step.ADMIT) -> list[PersonRef]:
    """Who does a step at the place, else at the nearest above where somebody does: of most steps, who decides there."""
    actor, place = _seen(request, place_id)
    require_setting(actor=actor, place=place)
    told = staff_ids(place=place, step=step)
    return [PersonRef.of(account.person) for account in queries.accounts(account_ids=told)]


@router.get("/{place_id}/deadlines", response=list[DeadlineOut], summary="What would hold")
def list_deadlines(
    request: HttpRequest,
    place_id: UUID,
    category: Annotated[str | None, Query(max_length=40)] = None,
    urgency: Urgency = Urgency.NORMAL,
    begins: datetime | None = None,
) -> list[DeadlineOut]:
    """Until when each step would last that began at a moment (now), the wished time as if it ended in three days."""
    _actor, place = _seen(request, place_id)
    told = queries.preview(
        place_id=place.pk, category=category, urgency=urgency, begins=aware(begins) if begins else now()
    )
    return list(map(DeadlineOut.of, told))


def _seen(request: HttpRequest, place_id: UUID) -> tuple[Actor, Place]:
    actor = actor_of(request)
    return actor, place_seen(actor=actor, uuid=place_id)


def _account_of(place: Place, step: str, person: UUID | None) -> int | None:
    """Return the account of the person to tell. Raises PersonMissing: nobody who does the step there."""
    if person is None:
        return None
    told = queries.accounts(account_ids=staff_ids(place=place, step=step))
    known = {account.person.uuid: account.pk for account in told}
    if person not in known:
        raise PersonMissing(errors=[FieldProblem("/person", PersonMissing.sentence)])
    return known[person]
