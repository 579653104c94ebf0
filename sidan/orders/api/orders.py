"""Orders over the API: ask, handle, look, review."""

from dataclasses import asdict
from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Status
from ninja.decorators import decorate_view

from sidan.attendance.policies.door import STEP_SECONDS
from sidan.audit.telling import LookOut
from sidan.catalogue.queries import project_page, team_by_uuid, teams_for
from sidan.core.actor import Actor
from sidan.core.clock import aware, now
from sidan.core.errors import NotFound
from sidan.core.idempotency import idempotent
from sidan.core.pagination import MAX_LIMIT, keyset_page
from sidan.core.requests import actor_of
from sidan.orders import operations, queries
from sidan.orders.enums import Channel, ReviewChannel
from sidan.orders.models import Order, WorkPart
from sidan.orders.operations.calling import CallAreaRefused
from sidan.orders.permissions import may_read_all_parts, may_see_contact, require_handling, require_own
from sidan.orders.saying import ReviewIn
from sidan.orders.schemas import (
    AssignmentOut,
    CallIn,
    CancelForIn,
    CancelIn,
    ChangeIn,
    CodeOut,
    DispatchedOut,
    DispatchIn,
    EndCallIn,
    FullContactOut,
    MergeOrderIn,
    NamedMemberOut,
    OfferOut,
    OrderDetailOut,
    OrderIn,
    OrderOut,
    OrderPageOut,
    PartOut,
    PickForIn,
    PlacedOut,
    ReasonIn,
    ResultOut,
    ReviewForIn,
    ReviewOut,
    StepOut,
    TeamChoiceOut,
    VisitReportOut,
    WithdrawIn,
    WordsIn,
)
from sidan.places.queries import place_by_uuid
from sidan.places.references import PlaceRef

router = Router(tags=["orders"])
Number = Annotated[str, Query(max_length=20)]
Chip = Literal[
    "",
    "danger",
    "to_admit",
    "to_dispatch",
    "offered",
    "returned",
    "soon",
    "overdue",
    "with_team",
    "to_review",
    "ended",
    "help_asked",
    "handed_over",
]
By = Literal["", "resident", "on_behalf", "organisation", "village", "school", "enterprise", "other"]
Cursor = Annotated[str | None, Query(max_length=1000)]
Limit = Annotated[int, Query(ge=1, le=MAX_LIMIT)]


@router.get("", response=OrderPageOut, summary="Orders I may see, longest waiting first")
def list_orders(
    request: HttpRequest,
    chip: Chip = "",
    category: Annotated[str, Query(max_length=40)] = "",
    q: Annotated[str, Query(max_length=60)] = "",
    by: By = "",
    held: Literal["", "ours"] = "",
    cursor: Cursor = None,
    limit: Limit = 50,
) -> OrderPageOut:
    """The queue: without a chip, what waits for a decision.

    With `held=ours` only what the caller decides about; of who decides nowhere, what the places they look after hold.
    """
    actor_of(request)
    chosen = queries.QueueFilter(chip=chip, category=category, text=q, by=by, held=held, at=now())
    rows = queries.queue(chosen=chosen)
    page = keyset_page(rows=rows, sort="state_since", cursor=cursor, limit=limit)
    return OrderPageOut(items=[OrderOut.of(order) for order in page.items], next_cursor=page.next_cursor)


@router.get("/mine/alike", response=list[OrderOut], summary="What I asked for already")
def list_asked_already(request: HttpRequest, project: UUID) -> list[OrderOut]:
    """My orders of the last two weeks of the same kind as a project: ask before you order again."""
    found = project_page(uuid=project)
    if found is None:
        raise NotFound
    rows = queries.asked_already(
        person_id=actor_of(request).person_id or 0, category=found.category_id, at=now()
    )
    return [OrderOut.of(each) for each in rows]


@router.get("/mine", response=OrderPageOut, summary="My own orders, newest first")
def list_my_orders(request: HttpRequest, cursor: Cursor = None, limit: Limit = 50) -> OrderPageOut:
    """What I asked for."""
    rows = queries.my_orders(person_id=actor_of(request).person_id or 0)
    page = keyset_page(rows=rows, sort="-created_at", cursor=cursor, limit=limit)
    return OrderPageOut(items=[OrderOut.of(order) for order in page.items], next_cursor=page.next_cursor)


@router.post("", response={201: PlacedOut}, summary="Place an order")
@decorate_view(idempotent)
def place_order(request: HttpRequest, payload: OrderIn) -> Status[PlacedOut]:
    """Ask for a project of the menu, from where one lives; with an Idempotency-Key it may be repeated.

    Where the words speak of danger to life, `call_now` says whom to call: show it at once.
    """
    order = operations.place_order(
        actor=actor_of(request), at=now(), wish=payload.wish(), channel=Channel.API
    )
    return Status(201, PlacedOut.of_placed(order, payload.need))


@router.get("/{number}", response=OrderDetailOut, summary="One order with its history")
def read_order(request: HttpRequest, number: str) -> OrderDetailOut:
    """An order in one's scope, by the number people read out."""
    actor = actor_of(request)
    order = queries.order_by_number(number=number)
    shares = queries.parts_of(order=order)
    assignment = None if shares else queries.live_assignment(order=order)
    visit = queries.live_visit(assignment=assignment) if assignment else None
    merge = queries.merge_of(order=order)
    # A team reads its own part, as on its board.
    team_ids = None if not shares or may_read_all_parts(actor=actor, order=order) else actor.team_ids
    if team_ids is not None:
        shares = [each for each in shares if each.assignment and each.assignment.team_id in team_ids]
    reports = queries.visit_reports(order=order, reader=actor, team_ids=team_ids)
    return OrderDetailOut(
        **OrderOut.of(order).dict(),
        holder=PlaceRef.of(queries.place_of_holder(order=order)),
        people_needed=order.people_needed,
        members=[NamedMemberOut.of(each) for each in queries.named_members(assignment=assignment)]
        if assignment
        else [],
        steps=[StepOut.of(entry) for entry in queries.timeline(order=order, reader=actor)],
        assignment=AssignmentOut.of(assignment, visit) if assignment else None,
        parts=[PartOut.of(share) for share in shares],
        may_see_contact=may_see_contact(actor=actor, order=order),
        reports=[told.words for told in reports if told.words],
        results=[[ResultOut(**asdict(line)) for line in told.results] for told in reports if told.results],
        visit_reports=[VisitReportOut(**asdict(told)) for told in reports],
        pictures=queries.visit_photos(order=order, team_ids=team_ids),
        review=_review_of(actor, order),
        merged_into=merge.into.number if merge else None,
        looks=[LookOut(**asdict(each)) for each in queries.looks_at(order=order, reader=actor)],
    )


@router.post("/{number}/contact", response=FullContactOut, summary="Show the contact in clear")
def look_at_contact(request: HttpRequest, number: str) -> FullContactOut:
    """Address, telephone and need, for those who handle the order; each look is recorded."""
    order = queries.order_by_number(number=number)
    contact = operations.look_at_contact(actor=actor_of(request), at=now(), order=order)
    return FullContactOut(
        name=contact.name,
        phone=contact.phone,
        address=contact.address,
        need=contact.need,
        notes=contact.notes,
        entered_by=contact.entered_by,
    )


@router.get("/{number}/code", response=CodeOut, summary="The code for the door")
def door_code(request: HttpRequest, number: str, part: UUID | None = None) -> CodeOut:
    """Six digits for the volunteers at the door, for the resident only, while a visit is planned or under way.

    Each part of an order that was split has a visit of its own, and so a code; without a part the soonest visit's.
    """
    actor, at = actor_of(request), now()
    order = queries.order_by_number(number=number)
    require_own(actor=actor, order=order)
    found = queries.door_codes(order=order, at=at)
    each = next((each for each in found if part in {None, each.part and each.part.uuid}), None)
    if each is None:
        raise NotFound
    left = STEP_SECONDS - int(at.timestamp()) % STEP_SECONDS
    return CodeOut(code=each.digits, seconds=left)


@router.get("/{number}/teams", response=list[TeamChoiceOut], summary="Teams that serve this here")
def list_teams(
    request: HttpRequest, number: str, q: Annotated[str, Query(max_length=60)] = ""
) -> list[TeamChoiceOut]:
    """Active teams for the order's kind and place, with what each has to do already."""
    order = queries.order_by_number(number=number)
    require_handling(actor=actor_of(request), order=order)
    teams = list(teams_for(category=order.category_id, place_id=order.origin_place_id)[:100])
    load = queries.open_load(team_ids=[team.pk for team in teams])
    return [
        TeamChoiceOut(
            id=team.uuid, name=team.name, place=team.place.name, open_assignments=load.get(team.pk, 0)
        )
        for team in teams
        if q in team.name
    ]


@router.post("/{number}/admit", response=OrderOut, summary="Admit")
@decorate_view(idempotent)
def admit(request: HttpRequest, number: str) -> OrderOut:
    """Take the order in."""
    return _moved(operations.admit_order(actor=actor_of(request), at=now(), order=_order(number)))


@router.post("/{number}/refuse", response=PlacedOut, summary="Do not admit")
@decorate_view(idempotent)
def refuse(request: HttpRequest, number: str, payload: ReasonIn) -> PlacedOut:
    """Refuse with a reason that the resident reads.

    Where the words speak of danger to life, `call_now` says whom to call: make sure that it has been done.
    """
    order = operations.refuse_order(actor=actor_of(request), at=now(), order=_order(number), **payload.dict())
    return PlacedOut.of_placed(order, payload.words)


@router.post("/{number}/cannot", response=PlacedOut, summary="Say that no team can do it")
@decorate_view(idempotent)
def cannot(request: HttpRequest, number: str, payload: ReasonIn) -> PlacedOut:
    """Say of an admitted or reopened order that no team can do it, with a reason that the resident reads.

    Where the words speak of danger to life, `call_now` says whom to call: make sure that it has been done.
    """
    order = operations.say_cannot(actor=actor_of(request), at=now(), order=_order(number), **payload.dict())
    return PlacedOut.of_placed(order, payload.words)


@router.post("/{number}/dispatch", response={201: DispatchedOut}, summary="Offer to a team")
@decorate_view(idempotent)
def dispatch(request: HttpRequest, number: str, payload: DispatchIn) -> Status[DispatchedOut]:
    """Offer the order to a team that serves it here; the team agrees before it is final.

    Where the words speak of danger to life, `call_now` says whom to call: make sure that it has been done.
    """
    actor, order, team = actor_of(request), _order(number), team_by_uuid(uuid=payload.team)
    if team is None:
        raise NotFound
    assignment = operations.dispatch_order(
        actor=actor,
        at=now(),
        order=order,
        team=team,
        part=_part(order, payload.part),
        words=payload.words,
    )
    return Status(201, DispatchedOut.of_dispatched(assignment, payload.words))


@router.post("/{number}/call", response=OrderOut, summary="Ask all teams of an area")
@decorate_view(idempotent)
def call(request: HttpRequest, number: str, payload: CallIn) -> OrderOut:
    """Put the order before all teams that serve it and whose place lies in the area."""
    order, area = _order(number), place_by_uuid(uuid=payload.area)
    if area is None:
        raise CallAreaRefused
    operations.open_call(
        actor=actor_of(request), at=now(), order=order, area=area, way=payload.way, until=aware(payload.until),
        part=_part(order, payload.part),
    )  # fmt: skip
    return _moved(order)


@router.get("/{number}/offers", response=list[OfferOut], summary="Teams that would take it")
def list_offers(request: HttpRequest, number: str, part: UUID | None = None) -> list[OfferOut]:
    """Who has answered an open call, of an order that was split of one part, the best fit first."""
    order = _order(number)
    require_handling(actor=actor_of(request), order=order)
    found = queries.live_call(order=order, part=_part(order, part))
    return [OfferOut.of(offer) for offer in queries.offers_of(call=found, order=order)] if found else []


@router.post("/{number}/pick", response={201: AssignmentOut}, summary="Choose a team that offered")
@decorate_view(idempotent)
def pick(request: HttpRequest, number: str, payload: PickForIn) -> Status[AssignmentOut]:
    """Give the order to a team that answered an open call."""
    actor, order, team = actor_of(request), _order(number), team_by_uuid(uuid=payload.team)
    if team is None:
        raise NotFound
    part = _part(order, payload.part)
    picked = operations.pick_team(actor=actor, at=now(), order=order, team=team, part=part)
    return Status(201, AssignmentOut.of(picked))


@router.post("/{number}/end-call", response=PlacedOut, summary="Stop asking all teams")
@decorate_view(idempotent)
def end_call(request: HttpRequest, number: str, payload: EndCallIn) -> PlacedOut:
    """End an open call; the order, or the part that was called, waits for the dispatcher again.

    Where the words speak of danger to life, `call_now` says whom to call: make sure that it has been done.
    """
    order = _order(number)
    part = _part(order, payload.part)
    ended = operations.end_call(
        actor=actor_of(request), at=now(), order=order, part=part, words=payload.words
    )
    return PlacedOut.of_placed(ended, payload.words)


@router.post("/{number}/withdraw", response=PlacedOut, summary="Withdraw the offer")
@decorate_view(idempotent)
def withdraw(request: HttpRequest, number: str, payload: WithdrawIn) -> PlacedOut:
    """Take back an offer nobody answered.

    Where the words speak of danger to life, `call_now` says whom to call: make sure that it has been done.
    """
    order = _order(number)
    part = _part(order, payload.part)
    operations.withdraw_offer(actor=actor_of(request), at=now(), order=order, part=part, words=payload.words)
    return PlacedOut.of_placed(order, payload.words)


@router.post("/{number}/close", response=PlacedOut, summary="Close without a review")
@decorate_view(idempotent)
def close(request: HttpRequest, number: str, payload: WordsIn) -> PlacedOut:
    """Close what could not be done, or what was not reviewed until the time for a review was over.

    Where the words speak of danger to life, `call_now` says whom to call: make sure that it has been done.
    """
    order = operations.close_order(
        actor=actor_of(request), at=now(), order=_order(number), words=payload.words
    )
    return PlacedOut.of_placed(order, payload.words)


@router.post("/{number}/reopen", response=PlacedOut, summary="Open again")
@decorate_view(idempotent)
def reopen(request: HttpRequest, number: str, payload: WordsIn) -> PlacedOut:
    """Open a closed order again.

    Where the words speak of danger to life, `call_now` says whom to call: make sure that it has been done.
    """
    order = operations.reopen_order(
        actor=actor_of(request), at=now(), order=_order(number), words=payload.words
    )
    return PlacedOut.of_placed(order, payload.words)


@router.get("/{number}/alike", response=list[OrderOut], summary="Orders for the same")
def list_alike(
    request: HttpRequest, number: str, whose: Literal["person", "household"] = "person"
) -> list[OrderOut]:
    """What the same person asked for of the same kind within two weeks of this order.

    With `whose=household` what others with the same telephone asked for, and is not over yet.
    """
    order = _order(number)
    require_handling(actor=actor_of(request), order=order)
    find = queries.alike_orders if whose == "person" else queries.alike_in_household
    return [OrderOut.of(each) for each in find(order=order)]


@router.post("/{number}/merge", response=PlacedOut, summary="Put together with another order")
@decorate_view(idempotent)
def merge(request: HttpRequest, number: str, payload: MergeOrderIn) -> PlacedOut:
    """End the order as asked for already; the other one of the same person and kind goes on.

    Where the words speak of danger to life, `call_now` says whom to call: make sure that it has been done.
    """
    order = operations.merge_order(
        actor=actor_of(request),
        at=now(),
        order=_order(number),
        into=_order(payload.into),
        words=payload.words,
    )
    return PlacedOut.of_placed(order, payload.words)


@router.post("/{number}/change", response=PlacedOut, summary="Change the wish")
@decorate_view(idempotent)
def change(request: HttpRequest, number: str, payload: ChangeIn) -> PlacedOut:
    """Another time, more people, other words or another contact, before a team has accepted.

    Where the words speak of danger to life, `call_now` says whom to call: make sure that it has been done.
    """
    order = operations.change_order(
        actor=actor_of(request), at=now(), order=_order(number), change=payload.change(), words=payload.words,
        seen=payload.turn,
    )  # fmt: skip
    return PlacedOut.of_placed(order, f"{payload.need or ''}\n{payload.words}")


@router.post("/{number}/cancel", response=PlacedOut, summary="Cancel")
@decorate_view(idempotent)
def cancel(request: HttpRequest, number: str, payload: CancelIn) -> PlacedOut:
    """Cancel one's own order: before the visit starts, or where a first try did not help and it waits for another.

    Where the words speak of danger to life, `call_now` says whom to call: show it at once.
    """
    order = operations.cancel_order(actor=actor_of(request), at=now(), order=_order(number), **payload.dict())
    return PlacedOut.of_placed(order, payload.words)


@router.post("/{number}/cancel-for", response=PlacedOut, summary="Cancel for a resident")
@decorate_view(idempotent)
def cancel_for(request: HttpRequest, number: str, payload: CancelForIn) -> PlacedOut:
    """Because the resident asked for it by telephone or in person; it is kept who did it and how they asked.

    Where the words speak of danger to life, `call_now` says whom to call: make sure that it has been done.
    """
    order = operations.cancel_order_for(
        actor=actor_of(request), at=now(), order=_order(number), **payload.dict()
    )
    return PlacedOut.of_placed(order, payload.words)


@router.post("/{number}/review", response=PlacedOut, summary="Review")
@decorate_view(idempotent)
def review(request: HttpRequest, number: str, payload: ReviewIn) -> PlacedOut:
    """Outcome first, then stars and words if one likes; this closes the order.

    Where the words speak of danger to life, `call_now` says whom to call, and the order is opened again.
    """
    order = _order(number)
    operations.review_order(
        actor=actor_of(request), at=now(), order=order, channel=ReviewChannel.API, **payload.dict()
    )
    return PlacedOut.of_placed(order, f"{payload.words}\n{payload.wish}")


@router.post("/{number}/review-for", response=PlacedOut, summary="Enter a review for a resident")
@decorate_view(idempotent)
def review_for(request: HttpRequest, number: str, payload: ReviewForIn) -> PlacedOut:
    """What the resident said by telephone or on paper; it is kept who entered it and how it was collected."""
    order = _order(number)
    operations.review_order_for(
        actor=actor_of(request), at=now(), order=order, said=payload.told(), channel=payload.channel
    )
    return PlacedOut.of_placed(order, f"{payload.words}\n{payload.wish}")


def _review_of(actor: Actor, order: Order) -> ReviewOut | None:
    said = queries.last_review(order=order)
    if said is None:
        return None
    words = queries.review_words(review=said, order=order, reader=actor)
    return ReviewOut(outcome=said.outcome, stars=said.stars, words=words, at=said.at)


def _order(number: str) -> Order:
    return queries.order_by_number(number=number)


def _part(order: Order, uuid: UUID | None) -> WorkPart | None:
    """Return the part that is meant, of an order that was split. Raises NotFound."""
    return queries.part_by_uuid(order=order, uuid=uuid) if uuid else None


def _moved(order: Order) -> OrderOut:
    return OrderOut.of(order)
