"""What comes again over the API: rules, and what becomes of single days."""

from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Status
from ninja.decorators import decorate_view

from sidan.activities import operations, queries
from sidan.activities.api.naming import place_of, plan_of
from sidan.activities.models import Recurring
from sidan.activities.operations import Cut, Plan, Rule
from sidan.activities.permissions import require_announcing, require_desk
from sidan.activities.policies import span_on
from sidan.activities.saying import rule_words
from sidan.activities.schemas.again import (
    NewSeriesIn,
    OneSeriesOut,
    SeriesAddIn,
    SeriesChangeIn,
    SeriesCutOut,
    SeriesEndIn,
    SeriesIn,
    SeriesMoveIn,
    SeriesOut,
    SeriesPageOut,
    SeriesSkipIn,
)
from sidan.activities.schemas.once import ActivityOut
from sidan.core.actor import Actor
from sidan.core.clock import BUSINESS_ZONE, business_date, now
from sidan.core.idempotency import idempotent
from sidan.core.pages import office
from sidan.core.pagination import MAX_LIMIT, keyset_page
from sidan.core.requests import actor_of

router = Router(tags=["activities"])
Cursor = Annotated[str | None, Query(max_length=1000)]
Limit = Annotated[int, Query(ge=1, le=MAX_LIMIT)]
Text = Annotated[str, Query(max_length=60)]


@router.get("", response=SeriesPageOut, summary="What comes again")
def list_series(
    request: HttpRequest, state: Literal["active", "ended"] = "active", q: Text = "", cursor: Cursor = None,
    limit: Limit = 50,
) -> SeriesPageOut:  # fmt: skip
    """The rules of the places one works for, each in one sentence."""
    require_desk(actor=actor_of(request))
    with office(public=False):
        rows = queries.series_list(chosen=queries.SeriesFilter(state=state, text=q))
        page = keyset_page(rows=rows, sort="-id", cursor=cursor, limit=limit)
        rules, today = queries.series_of_many(rows=page.items), business_date(now())
        items = [
            SeriesOut.of_rule(one, sentence=rule_words(one, rules[one.pk], today=today)) for one in page.items
        ]
    return SeriesPageOut(items=items, next_cursor=page.next_cursor)


@router.post("", response={201: OneSeriesOut}, summary="Hold something again and again")
@decorate_view(idempotent)
def begin_series(request: HttpRequest, payload: NewSeriesIn) -> Status[OneSeriesOut]:
    """By who announces at the place; what comes in the next weeks is announced at once."""
    actor, place = actor_of(request), place_of(payload.place)
    require_announcing(actor=actor, place_id=place.pk, county_id=place.county_id)
    rule, plan = _told(payload)
    made = operations.begin_series(actor=actor, at=now(), place=place, rule=rule, plan=plan)
    return Status(201, _one(made))


@router.get("/{series_id}", response=OneSeriesOut, summary="One rule")
def read_series(request: HttpRequest, series_id: UUID) -> OneSeriesOut:
    """A rule in words, its next twelve times, and what is made of it already."""
    require_desk(actor=actor_of(request))
    return _one(_of_office(series_id))


@router.post("/{series_id}/change", response=SeriesCutOut, summary="Hold it otherwise from a day on")
@decorate_view(idempotent)
def change_series(request: HttpRequest, series_id: UUID, payload: SeriesChangeIn) -> SeriesCutOut:
    """What is held before that day stays as it is; another rule takes its place. `stayed` is what somebody touched."""
    actor, found = _mine(request, series_id)
    rule, plan = _told(payload)
    return _cut(
        operations.change_series(
            actor=actor, at=now(), recurring=found, day=payload.day, rule=rule, plan=plan, words=payload.words
        )
    )


@router.post("/{series_id}/end", response=SeriesCutOut, summary="Hold it no more from a day on")
@decorate_view(idempotent)
def end_series(request: HttpRequest, series_id: UUID, payload: SeriesEndIn) -> SeriesCutOut:
    """What was made for later is called off with these words, but for what somebody touched."""
    actor, found = _mine(request, series_id)
    return _cut(
        operations.end_series(actor=actor, at=now(), recurring=found, day=payload.day, words=payload.words)
    )


@router.post("/{series_id}/skip", response=OneSeriesOut, summary="Leave one time out")
@decorate_view(idempotent)
def skip_day(request: HttpRequest, series_id: UUID, payload: SeriesSkipIn) -> OneSeriesOut:
    """Named by the day of its pattern; what was made for it is called off with these words."""
    actor, found = _mine(request, series_id)
    operations.skip_day(actor=actor, at=now(), recurring=found, of=payload.of, words=payload.words)
    return _one(found)


@router.post("/{series_id}/move", response=OneSeriesOut, summary="Hold one time on another day")
@decorate_view(idempotent)
def move_day(request: HttpRequest, series_id: UUID, payload: SeriesMoveIn) -> OneSeriesOut:
    """What was made for it moves along, and who follows it is told."""
    actor, found = _mine(request, series_id)
    operations.move_day(
        actor=actor, at=now(), recurring=found, of=payload.of, day=payload.day, words=payload.words
    )
    return _one(found)


@router.post("/{series_id}/add", response=OneSeriesOut, summary="Hold it once more")
@decorate_view(idempotent)
def add_day(request: HttpRequest, series_id: UUID, payload: SeriesAddIn) -> OneSeriesOut:
    """On a day on which the rule has it not."""
    actor, found = _mine(request, series_id)
    operations.add_day(actor=actor, at=now(), recurring=found, day=payload.day)
    return _one(found)


@router.post("/{series_id}/undo", response=OneSeriesOut, summary="Take back what was decided about one time")
@decorate_view(idempotent)
def undo_day(request: HttpRequest, series_id: UUID, payload: SeriesSkipIn) -> OneSeriesOut:
    """While it is ahead: it is held as the rule has it; one more is called off with these words."""
    actor, found = _mine(request, series_id)
    operations.undo_day(actor=actor, at=now(), recurring=found, of=payload.of, words=payload.words)
    return _one(found)


def _told(payload: SeriesIn) -> tuple[Rule, Plan]:
    rule = payload.rule()
    # The hours of the rule stand for those of every day.
    span = span_on(business_date(now()), rule.begins_at, rule.ends_at, BUSINESS_ZONE)
    return rule, plan_of(payload, span=span)


def _one(found: Recurring) -> OneSeriesOut:
    at, series = now(), queries.series_of(recurring=found)
    return OneSeriesOut.with_days(
        found, queries.next_days(series=series, place_id=found.place_id, at=at),
        queries.activities_of_series(recurring=found, at=at), queries.decisions_of(recurring=found),
        sentence=rule_words(found, series, today=business_date(at)),
    )  # fmt: skip


def _cut(cut: Cut) -> SeriesCutOut:
    follows = None
    if cut.follows is not None:
        series = queries.series_of(recurring=cut.follows)
        sentence = rule_words(cut.follows, series, today=business_date(now()))
        follows = SeriesOut.of_rule(cut.follows, sentence=sentence)
    return SeriesCutOut(follows=follows, stayed=[ActivityOut.of(one) for one in cut.stayed])


def _mine(request: HttpRequest, series_id: UUID) -> tuple[Actor, Recurring]:
    actor, found = actor_of(request), _of_office(series_id)
    require_announcing(actor=actor, place_id=found.place_id, county_id=found.county_id)
    return actor, found


def _of_office(series_id: UUID) -> Recurring:
    with office(public=False):
        return queries.recurring_by_uuid(uuid=series_id)
