"""What comes again at the places of an office: the rules in words, and one with its next times."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from sidan.activities import operations, queries
from sidan.activities.calendar import Occurrence
from sidan.activities.enums import RecurringState
from sidan.activities.forms import AddDayForm, EndSeriesForm, MoveDayForm, SkipDayForm, UndoDayForm
from sidan.activities.models import Recurring
from sidan.activities.permissions import may_announce, require_announcing
from sidan.activities.saying import rule_words
from sidan.activities.views.shared import staff_page
from sidan.activities.words import lunar_date_words
from sidan.core.clock import business_date, now
from sidan.core.idempotency import once_per_form
from sidan.core.lists import (
    Column,
    asked_sort,
    filter_chips,
    keeps_views,
    list_view,
    page_of,
    query_of,
)
from sidan.core.moments import day_words
from sidan.core.pages import View, act_by_form, keep_typed
from sidan.core.requests import actor_of
from sidan.people.enums import ORDER_STAFF_ROLES
from sidan.places.nearby import place_asked
from sidan.places.queries import places_to_filter

COLUMNS: Final = (
    Column("title", pgettext_lazy("column", "Activity"), up="title", down="-title", is_fixed=True),
    Column("rule", pgettext_lazy("column", "Comes again")),
    Column("place", _("Place"), up="place_key", down="-place_key"),
    Column("since", pgettext_lazy("column", "Since"), up="first", down="-first"),
    Column("state", _("State")),
)
CHIPS: Final[list[tuple[str, str | Promise]]] = [("ended", RecurringState.ENDED.label)]


@require_safe
@keeps_views
@staff_page
def series_list(request: HttpRequest) -> HttpResponse:
    """The rules of one's office, those that are held still first."""
    actor, chosen = actor_of(request), _chosen(request)
    rows, sort = queries.series_list(chosen=chosen), asked_sort(request, columns=COLUMNS, default="place_key")
    page = page_of(request, rows=rows, sort=sort)
    told, today = queries.series_of_many(rows=page.items), business_date(now())
    context = {
        "page": page.map(lambda row: _row(row, rule_words(row, told[row.pk], today=today))),
        "list": list_view(request, columns=COLUMNS, sort=sort, rows=rows),
        "filters": filter_chips(request, name="state", choices=CHIPS, everything=RecurringState.ACTIVE.label),
        "query": chosen.text,
        "state": request.GET.get("state", ""),
        "place": request.GET.get("place", ""),
        "places": places_to_filter(root_ids=actor.places_where(frozenset(ORDER_STAFF_ROLES))),
        "may_begin": queries.places_to_announce(actor=actor).exists(),
        "is_filtered": bool(chosen.text or chosen.place_id),
    }
    return render(request, "activities/series_list.html", context)


def _chosen(request: HttpRequest) -> queries.SeriesFilter:
    state, place = request.GET.get("state", ""), place_asked(request)
    return queries.SeriesFilter(
        state=state if state in RecurringState.values else RecurringState.ACTIVE,
        place_id=place.pk if place else None,
        text=query_of(request),
    )


def _row(recurring: Recurring, rule: str) -> dict[str, Any]:
    return {"recurring": recurring, "rule": rule}


@require_safe
@staff_page
def series(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One rule: in words, its next twelve times, what is made of it already, and what can be done with single ones."""
    return _shown(request, uuid)


def _shown(
    request: HttpRequest, uuid: UUID, *, name: str = "", form: forms.Form | None = None
) -> HttpResponse:
    found, at = queries.recurring_by_uuid(uuid=uuid), now()
    actor = actor_of(request)
    rule = queries.series_of(recurring=found)
    days = queries.next_days(series=rule, place_id=found.place_id, at=at)
    made = {one.occurrence: one for one in queries.activities_of_series(recurring=found, at=at)}
    context: dict[str, Any] = {
        "recurring": found,
        "rule": rule_words(found, rule, today=business_date(at)),
        "days": [
            {"day": one.day, "of": one.of, "lunar": lunar_date_words(one.day), "made": made.get(one.of)} for one in days
        ],
    }  # fmt: skip
    context |= {
        "decisions": queries.decisions_of(recurring=found),
        "follower": queries.follower_of(recurring=found),
    }
    may = may_announce(actor=actor, place_id=found.place_id, county_id=found.county_id)
    if may and found.state == RecurringState.ACTIVE:
        times = _times(days, at)
        context |= {
            "skip_form": SkipDayForm(auto_id="skip_%s", times=times),
            "move_form": MoveDayForm(auto_id="move_%s", times=times),
            "add_form": AddDayForm(auto_id="add_%s"), "end_form": EndSeriesForm(auto_id="end_%s"),
        }  # fmt: skip
        if decided := _decided(found, at):
            context["undo_form"] = UndoDayForm(auto_id="undo_%s", times=decided)
    keep_typed(context, name=name, form=form)
    return render(request, "activities/series.html", context)


def _times(days: Iterable[Occurrence], at: datetime) -> list[tuple[date, str]]:
    """Return the next times to choose from: each is known by the day of its pattern, told by the day it is held."""
    return [(one.of, day_words(one.day, today=business_date(at))) for one in days]


def _act(
    form: Callable[..., forms.Form], write: Callable[..., object], *, name: str, done: str | Promise
) -> View:
    """Return the view of one act with a rule; a refused form is shown under its `name` with what was typed."""

    @require_POST
    @staff_page
    @once_per_form
    def view(request: HttpRequest, uuid: UUID) -> HttpResponse:
        actor, at, found = actor_of(request), now(), queries.recurring_by_uuid(uuid=uuid)
        require_announcing(actor=actor, place_id=found.place_id, county_id=found.county_id)
        return act_by_form(
            request, form=form(request, found, at), done=done, url=reverse("activities:series", args=[uuid]),
            write=lambda typed: write(actor=actor, at=at, recurring=found, **typed),
            page=lambda refused: _shown(request, uuid, name=name, form=refused),
        )  # fmt: skip

    return view


def _of_times(kind: Callable[..., forms.Form]) -> Callable[..., forms.Form]:
    """Return a form that offers the next times of a rule."""

    def build(request: HttpRequest, found: Recurring, at: datetime) -> forms.Form:
        rule = queries.series_of(recurring=found)
        days = queries.next_days(series=rule, place_id=found.place_id, at=at)
        return kind(request.POST, times=_times(days, at))

    return build


def _decided(found: Recurring, at: datetime) -> list[tuple[date, str]]:
    """Return the days about which something was decided that can be taken back."""
    today = business_date(at)
    rows = queries.exceptions_of(recurring=found)
    return [
        (one.of, day_words(one.of, today=today)) for one in rows if min(one.of, one.day or one.of) > today
    ]


def _of_decided(request: HttpRequest, found: Recurring, at: datetime) -> forms.Form:
    return UndoDayForm(request.POST, times=_decided(found, at))


def _plain(kind: Callable[..., forms.Form]) -> Callable[..., forms.Form]:
    return lambda request, _found, _at: kind(request.POST)


skip = _act(
    _of_times(SkipDayForm), operations.skip_day, name="skip_form", done=_("Left out; who follows it is told.")
)
move = _act(
    _of_times(MoveDayForm), operations.move_day, name="move_form", done=_("It is held on that day now.")
)
add = _act(_plain(AddDayForm), operations.add_day, name="add_form", done=_("One time more."))
undo = _act(
    _of_decided, operations.undo_day, name="undo_form",
    done=_("Taken back: it is held as the rule has it."),
)  # fmt: skip
end = _act(
    _plain(EndSeriesForm), operations.end_series, name="end_form",
    done=_("Ended; what was made and nobody touched is called off."),
)  # fmt: skip
