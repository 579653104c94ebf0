"""Needs and surveys over the API: the same operations and the same permissions as the console's pages."""

from datetime import timedelta
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router, Status
from ninja.decorators import decorate_view

from sidan.catalogue.operations.errors import NoSuchMenu
from sidan.catalogue.queries import menu_of_month
from sidan.core.clock import business_date, now
from sidan.core.errors import FieldProblem, Invalid
from sidan.core.idempotency import idempotent
from sidan.core.pages import office
from sidan.core.pagination import MAX_LIMIT, keyset_page
from sidan.core.requests import actor_of
from sidan.needs import operations, queries
from sidan.needs.permissions import require_desk
from sidan.needs.schemas import (
    CountedSurveyOut,
    KindIn,
    KindNeededOut,
    ListedNeedOut,
    MergeIn,
    NeedIn,
    NeedOut,
    NeedPageOut,
    NotedNeedOut,
    OfferedOut,
    OneNeedOut,
    SheetIn,
    SheetOut,
    SurveyIn,
    SurveyOut,
    SurveyPageOut,
    TallyOut,
    TraceIn,
    TraceOut,
)
from sidan.orders.queries import order_by_number
from sidan.people.enums import ORDER_STAFF_ROLES
from sidan.people.permissions import holds_role_over
from sidan.places.models import Place
from sidan.places.queries import place_by_uuid

router = Router(tags=["needs"])
Cursor = Annotated[str | None, Query(max_length=1000)]
Limit = Annotated[int, Query(ge=1, le=MAX_LIMIT)]


class NoSuchPlace(Invalid):
    code = "no_such_place"
    sentence = _("This place is not known.")


@router.get("", response=NeedPageOut, summary="Needs, newest first")
def list_needs(
    request: HttpRequest, category: Annotated[str, Query(max_length=40)] = "", cursor: Cursor = None, limit: Limit = 50
) -> NeedPageOut:  # fmt: skip
    """The needs of the places one works for, likes counted together."""
    require_desk(actor=actor_of(request))
    rows = queries.needs(chosen=queries.NeedFilter(category=category))
    page = keyset_page(rows=rows.select_related("same_as", "place"), sort="-id", cursor=cursor, limit=limit)
    return NeedPageOut(items=[ListedNeedOut.of(need) for need in page.items], next_cursor=page.next_cursor)


@router.post("", response={201: NotedNeedOut}, summary="Write a need down")
@decorate_view(idempotent)
def note_need(request: HttpRequest, payload: NeedIn) -> Status[NotedNeedOut]:
    """Write down what was said at a visit, by message or at a meeting, at a place one works for.

    Where the words speak of danger to life, `call_now` says whom to call: make sure that it has been done.
    """
    order = order_by_number(number=payload.order) if payload.order else None
    told = operations.NewNeed(
        place=_place(payload.place), title=payload.title, source=payload.source, category=payload.kind(),
        words=payload.words, voices=payload.voices, order=order,
    )  # fmt: skip
    made = operations.note_need(actor=actor_of(request), at=now(), told=told)
    return Status(201, NotedNeedOut.of_noted(made, told))


@router.get(
    "/beside-menu/{uuid:menu_id}", response=list[KindNeededOut], summary="What is needed, beside a menu"
)
def list_needed(request: HttpRequest, menu_id: UUID) -> list[KindNeededOut]:
    """The open needs of a menu's place and below it by kind, the most voices first, and what the menu has for each."""
    actor = actor_of(request)
    require_desk(actor=actor)
    menu = menu_of_month(uuid=menu_id)
    if menu is None or not holds_role_over(
        actor=actor, roles=ORDER_STAFF_ROLES, place_id=menu.place_id, county_id=menu.county_id
    ):
        raise NoSuchMenu
    return [
        KindNeededOut(
            category=kind.code,
            name=kind.name,
            needs=kind.needs,
            voices=kind.voices,
            on_menu=kind.on_menu,
            unserved=kind.unserved,
        )
        for kind in queries.needed_beside(menu=menu)
    ]


@router.get("/surveys", response=SurveyPageOut, summary="Surveys, newest first")
def list_surveys(request: HttpRequest, cursor: Cursor = None, limit: Limit = 50) -> SurveyPageOut:
    """The surveys of the places one works for."""
    require_desk(actor=actor_of(request))
    with office(public=False):
        page = keyset_page(rows=queries.surveys(), sort="-id", cursor=cursor, limit=limit)
    return SurveyPageOut(items=[SurveyOut.of(one) for one in page.items], next_cursor=page.next_cursor)


@router.post("/surveys", response={201: SurveyOut}, summary="Draft a survey")
@decorate_view(idempotent)
def draft_survey(request: HttpRequest, payload: SurveyIn) -> Status[SurveyOut]:
    """Draft a survey of a place one decides for; its questions stay once it is opened."""
    made = operations.draft_survey(
        actor=actor_of(request), at=now(), place=_place(payload.place), title=payload.title, text=payload.text
    )
    return Status(201, SurveyOut.of(made))


@router.get("/surveys/{survey_id}", response=CountedSurveyOut, summary="One survey, counted")
def read_survey(request: HttpRequest, survey_id: UUID) -> CountedSurveyOut:
    """The questions with how often each choice was made."""
    require_desk(actor=actor_of(request))
    with office(public=False):
        found = queries.survey_by_uuid(uuid=survey_id)
    return CountedSurveyOut(
        **SurveyOut.of(found).dict(),
        answered=found.answers.count(),
        tallies=list(map(TallyOut.of, queries.tallies(survey=found))),
    )


@router.post("/surveys/{survey_id}/open", response=SurveyOut, summary="Let people answer")
@decorate_view(idempotent)
def open_survey(request: HttpRequest, survey_id: UUID) -> SurveyOut:
    """Open a survey; its questions cannot be changed any more."""
    found = queries.survey_by_uuid(uuid=survey_id)
    return SurveyOut.of(operations.open_survey(actor=actor_of(request), at=now(), survey=found))


@router.post("/surveys/{survey_id}/close", response=SurveyOut, summary="Take no more answers")
@decorate_view(idempotent)
def close_survey(request: HttpRequest, survey_id: UUID) -> SurveyOut:
    """Close a survey."""
    found = queries.survey_by_uuid(uuid=survey_id)
    return SurveyOut.of(operations.close_survey(actor=actor_of(request), at=now(), survey=found))


@router.post("/surveys/{survey_id}/sheets", response={201: SheetOut}, summary="Enter a sheet")
@decorate_view(idempotent)
def enter_answer(request: HttpRequest, survey_id: UUID, payload: SheetIn) -> Status[SheetOut]:
    """Enter what somebody answered on paper or at the door; repeated under the same `client_id` it is kept once.

    Where the words speak of danger to life, `call_now` says whom to call: make sure that it has been done.
    """
    actor = actor_of(request)
    require_desk(actor=actor)
    found = queries.asked_survey_by_uuid(uuid=survey_id)
    made = operations.enter_answer(
        actor=actor, at=now(), survey=found, place=_place(payload.place), source=payload.source,
        answers=payload.answers, client_id=payload.client_id, kept_for=timedelta(seconds=payload.kept_seconds),
    )  # fmt: skip
    calls = operations.calls_for_answer(survey=found, answers=payload.answers)
    return Status(201, SheetOut(id=made.uuid, at=made.at, call_now=list(calls)))


@router.get("/{need_id}", response=OneNeedOut, summary="One need and what came of it")
def read_need(request: HttpRequest, need_id: UUID) -> OneNeedOut:
    """One need of a place one works for."""
    require_desk(actor=actor_of(request))
    found = queries.need_by_uuid(uuid=need_id)
    traces = [TraceOut.of(each) for each in queries.traces_of(need=found)]
    offered = [
        OfferedOut(id=project.uuid, title=project.shown_title, on_menu=on_menu)
        for project, on_menu in queries.offered_beside(need=found, today=business_date(now()))
    ]
    order = queries.order_of(need=found)
    return OneNeedOut(
        **NeedOut.of(found).dict(), order=order.number if order else None, traces=traces, offered=offered
    )


@router.post("/{need_id}/kind", response=NeedOut, summary="Say of which kind it is")
@decorate_view(idempotent)
def say_kind(request: HttpRequest, need_id: UUID, payload: KindIn) -> NeedOut:
    """Say of which kind of service a need is that was written down without one; it is said once, and stays."""
    found, category = queries.need_by_uuid(uuid=need_id), payload.kind()
    return NeedOut.of(operations.say_kind(actor=actor_of(request), at=now(), need=found, category=category))


@router.post("/{need_id}/merge", response=NeedOut, summary="Count with another")
@decorate_view(idempotent)
def merge_need(request: HttpRequest, need_id: UUID, payload: MergeIn) -> NeedOut:
    """Count a need with another of the same county that says the same; it can be parted again."""
    need, into = queries.need_by_uuid(uuid=need_id), queries.need_by_uuid(uuid=payload.into)
    operations.merge_need(actor=actor_of(request), at=now(), need=need, into=into)
    return NeedOut.of(queries.need_by_uuid(uuid=need_id))


@router.post("/{need_id}/part", response=NeedOut, summary="Count by itself again")
@decorate_view(idempotent)
def part_need(request: HttpRequest, need_id: UUID) -> NeedOut:
    """Undo a merging."""
    found = queries.need_by_uuid(uuid=need_id)
    operations.part_need(actor=actor_of(request), at=now(), need=found)
    return NeedOut.of(queries.need_by_uuid(uuid=need_id))


@router.post("/{need_id}/traces", response={201: TraceOut}, summary="Say what came of it")
@decorate_view(idempotent)
def trace_need(request: HttpRequest, need_id: UUID, payload: TraceIn) -> Status[TraceOut]:
    """Link a need to an order, to a service, or answer it in words."""
    actor, at, need = actor_of(request), now(), queries.need_by_uuid(uuid=need_id)
    if not payload.is_one():
        raise operations.NothingTold
    if payload.number:
        order = order_by_number(number=payload.number)
        linked = operations.trace_to_order(actor=actor, at=at, need=need, order=order)
        return Status(201, TraceOut.of(queries.CameOfIt(linked, order)))
    if payload.project:
        project = queries.linkable_by_uuid(need=need, uuid=payload.project)
        linked = operations.trace_to_project(actor=actor, at=at, need=need, project=project)
    else:
        linked = operations.answer_need(actor=actor, at=at, need=need, answer=payload.answer)
    return Status(201, TraceOut.of(queries.CameOfIt(linked)))


@router.post("/{need_id}/traces/{trace_id}/take-back", response=OneNeedOut, summary="Take a wrong link back")
@decorate_view(idempotent)
def untrace_need(request: HttpRequest, need_id: UUID, trace_id: UUID) -> OneNeedOut:
    """Say that it did not lead there, by no link; what was said stays on record."""
    need = queries.need_by_uuid(uuid=need_id)
    operations.take_trace_back(actor=actor_of(request), at=now(), need=need, trace_uuid=trace_id)
    return read_need(request, need_id)


def _place(uuid: UUID) -> Place:
    found = place_by_uuid(uuid=uuid)
    if found is None:
        raise NoSuchPlace(errors=[FieldProblem("/place", NoSuchPlace.sentence)])
    return found
