"""The activities of an office: the list, one of them with what can be done, a new one, changing it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sidan.activities import operations, queries
from sidan.activities.enums import OVER, TAKING, UNTOLD, ActivityKind, Task
from sidan.activities.forms import ActivityForm, BackForm, CancelForm, ChangeForm, NewActivityForm
from sidan.activities.models import Activity
from sidan.activities.permissions import may_announce, may_run
from sidan.activities.states import ACTIVITY
from sidan.activities.views.shared import activity_of_ours, again_words, staff_page, told_steps
from sidan.audit.operations import record
from sidan.core.actor import Actor
from sidan.core.clock import now
from sidan.core.htmx import go_to
from sidan.core.idempotency import once_per_form
from sidan.core.lists import (
    Column,
    asked_sort,
    desk_chips,
    keeps_views,
    list_view,
    page_of,
    query_of,
)
from sidan.core.pages import AND_WRITES, REFUSALS, View, act, act_by_form, keep_typed, put_errors
from sidan.core.pagination import key_order
from sidan.core.requests import actor_of
from sidan.core.tables import moment_cell, table_response
from sidan.people.enums import ORDER_STAFF_ROLES
from sidan.people.queries import teams_to_choose
from sidan.places.nearby import place_asked
from sidan.places.queries import places_to_filter

CHIP_WORDS: Final[dict[str, str | Promise]] = {
    "": pgettext_lazy("activities", "In hand"),
    "draft": pgettext_lazy("activities", "Drafts"),
    "review": pgettext_lazy("activities", "To be read"),
    "coming": pgettext_lazy("activities", "Coming"),
    "running": pgettext_lazy("activities", "Going on now"),
    "ended": pgettext_lazy("activities", "To be filed"),
    "filed": pgettext_lazy("activities", "Filed"),
    "off": pgettext_lazy("activities", "Dropped or called off"),
}
URGENT: Final = "review"
LATEST_FIRST: Final = frozenset({"ended", "filed", "off"})
"""What is ahead begins with the next, what is past with the last."""
COLUMNS: Final = (
    Column("title", pgettext_lazy("column", "Activity"), up="title", down="-title", is_fixed=True),
    Column("when", pgettext_lazy("column", "When"), up="begins_key", down="-begins_key"),
    Column("place", _("Place"), up="place_key", down="-place_key"),
    Column("team", pgettext_lazy("column", "Organised by")),
    Column("kind", _("Kind"), up="kind", down="-kind"),
    Column("task", pgettext_lazy("column", "Task"), up="task", down="-task"),
    Column("state", _("State"), up="state", down="-state"),
    Column("number", pgettext_lazy("column", "Number"), up="id", down="-id"),
)


@require_safe
@keeps_views
@staff_page
def desk(request: HttpRequest) -> HttpResponse:
    """The activities of one's office."""
    actor, chosen = actor_of(request), _chosen(request)
    rows, sort = queries.desk(chosen=chosen), _sort(request, chosen)
    context = {
        "page": page_of(request, rows=rows, sort=sort),
        "list": list_view(request, columns=COLUMNS, sort=sort, rows=rows),
        "filters": desk_chips(
            request, words=CHIP_WORDS, counts=queries.desk_counts(chosen=chosen), urgent=URGENT
        ),
        "query": chosen.text,
        "chosen": chosen,
        "place": request.GET.get("place", ""),
        "places": places_to_filter(root_ids=actor.places_where(frozenset(ORDER_STAFF_ROLES))),
        "kinds": ActivityKind.choices,
        "tasks": Task.choices,
        "is_filtered": replace(chosen, chip="") != queries.ActivityFilter(),
        "may_draft": queries.places_to_run(actor=actor).exists(),
    }
    return render(request, "activities/desk.html", context)


def _chosen(request: HttpRequest) -> queries.ActivityFilter:
    """Return what the address asks for; what cannot be understood filters nothing."""
    chip, kind, task = (request.GET.get(name, "") for name in ("chip", "kind", "task"))
    place = place_asked(request)
    return queries.ActivityFilter(
        chip=chip if chip in CHIP_WORDS else "",
        kind=kind if kind in ActivityKind.values else "",
        task=task if task in Task.values else "",
        place_id=place.pk if place else None,
        text=query_of(request),
    )


def _sort(request: HttpRequest, chosen: queries.ActivityFilter) -> str:
    default = "-begins_key" if chosen.chip in LATEST_FIRST else "begins_key"
    return asked_sort(request, columns=COLUMNS, default=default)


@require_safe
@staff_page
def export(request: HttpRequest) -> HttpResponseBase:
    """The list as a table; taking it is written down."""
    chosen = _chosen(request)
    rows = queries.desk(chosen=chosen).order_by(*key_order(_sort(request, chosen)))
    record(
        actor=actor_of(request), at=now(), verb="activities.exported", subject=("activities", None),
        chip=chosen.chip, filter_place=chosen.place_id,
    )  # fmt: skip
    header = [
        pgettext("column", "Number"), pgettext("column", "Activity"), gettext("Place"),
        pgettext("of an activity", "From"), pgettext("of an activity", "To"), pgettext("of an activity", "Where"),
        gettext("Kind"), pgettext("column", "Task"), gettext("Platform"), pgettext("column", "Organised by"),
        gettext("Who answers for it"), gettext("Who speaks or teaches"), pgettext("activity", "For whom"),
        gettext("State"),
    ]  # fmt: skip
    return table_response(
        request, name="activities", header=header, rows=_table(rows.iterator(chunk_size=500))
    )


def _table(rows: Iterator[Activity]) -> Iterator[list[object]]:
    for row in rows:
        begins, ends = row.span
        yield [
            row.number, row.shown_title, row.place.shown_name, moment_cell(begins), moment_cell(ends), row.venue,
            row.get_kind_display(), row.get_task_display(), row.get_platform_display(),
            row.team.name if row.team else row.place.shown_short, row.lead.name, row.lecturer, row.audience_words,
            row.get_state_display(),
        ]  # fmt: skip


@require_safe
@staff_page
def activity(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One activity, with what can be done now."""
    return shown(request, queries.activity_by_uuid(uuid=uuid))


def shown(
    request: HttpRequest, found: Activity, *, name: str = "", form: forms.Form | None = None
) -> HttpResponse:
    """Show an activity as it is; a refused form stands under its `name`."""
    actor, at = actor_of(request), now()
    verbs = _verbs(actor, found)
    runs = may_run(actor=actor, place_id=found.place_id, county_id=found.county_id)
    has_door = runs and found.state in TAKING | OVER
    context: dict[str, Any] = {
        "activity": found,
        "has_door": has_door,
        "counted": queries.attendance_of(activity=found) if has_door else None,
        "text": queries.text_of(activity=found),
        "again": again_words(found, at=at),
        "runs": runs,
        "verbs": dict.fromkeys(verbs, True),
        "is_public": found.state not in UNTOLD,
        "steps": told_steps(queries.history(activity=found), at=at),
    }
    if "send_back" in verbs:
        context["back_form"] = BackForm(auto_id="back_%s")
    if "cancel" in verbs:
        context["cancel_form"] = CancelForm(auto_id="cancel_%s")
    keep_typed(context, name=name, form=form)
    return render(request, "activities/staff_activity.html", context)


def _verbs(actor: Actor, found: Activity) -> set[str]:
    """Return what fits the state and is this reader's to do."""
    may = {
        "run_activities": may_run(actor=actor, place_id=found.place_id, county_id=found.county_id),
        "announce": may_announce(actor=actor, place_id=found.place_id, county_id=found.county_id),
    }
    return {
        verb for verb, step in ACTIVITY.items() if found.state in step.sources and may.get(step.permission)
    }


@require_http_methods(AND_WRITES)
@staff_page
@once_per_form
def new(request: HttpRequest) -> HttpResponse:
    """Write a draft of an activity."""
    actor = actor_of(request)
    posted = request.POST if request.method == "POST" else None
    form = NewActivityForm(posted, places=queries.places_to_run(actor=actor), **_choices(actor))
    if posted is not None and form.is_valid():
        try:
            made = operations.draft_activity(
                actor=actor, at=now(), place=form.cleaned_data["place"], plan=form.plan()
            )
        except REFUSALS as refusal:
            put_errors(form, refusal, field="room")
        else:
            messages.success(request, str(_("The draft is kept. Read it once more, then submit it.")))
            return go_to(request, reverse("activities:staff_activity", args=[made.uuid]))
    context = {"form": form, "back_url": reverse("activities:desk")}
    return render(request, "activities/form.html", context, status=422 if form.errors else 200)


def _choices(actor: Actor) -> dict[str, Any]:
    return {
        "teams": teams_to_choose(), "leads": queries.leads_to_choose(actor=actor),
        "rooms": queries.rooms_to_choose(actor=actor),
    }  # fmt: skip


@require_http_methods(AND_WRITES)
@staff_page
@once_per_form
def edit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Write a draft anew."""
    actor, found = activity_of_ours(request, uuid)
    posted = request.POST if request.method == "POST" else None
    choices = _choices(actor)
    if found.lead not in choices["leads"]:
        choices["leads"].append(found.lead)
    initial = ActivityForm.known(found, queries.text_of(activity=found))
    form = ActivityForm(posted, initial=initial, **choices)
    url = reverse("activities:staff_activity", args=[uuid])
    if posted is not None and form.is_valid():
        try:
            operations.edit_activity(actor=actor, at=now(), activity=found, plan=form.plan())
        except REFUSALS as refusal:
            put_errors(form, refusal, field="room")
        else:
            messages.success(request, str(_("The draft is kept.")))
            return go_to(request, url)
    context = {"form": form, "activity": found, "back_url": url}
    return render(request, "activities/form.html", context, status=422 if form.errors else 200)


@require_http_methods(AND_WRITES)
@staff_page
@once_per_form
def change(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Hold at another time or another spot what is announced."""
    actor, found = activity_of_ours(request, uuid)
    posted = request.POST if request.method == "POST" else None
    form = ChangeForm(
        posted, initial=ChangeForm.known_spot(found), rooms=queries.rooms_to_choose(actor=actor)
    )
    url = reverse("activities:staff_activity", args=[uuid])
    if posted is not None and form.is_valid():
        try:
            _change(form, actor, found, now())
        except REFUSALS as refusal:
            put_errors(form, refusal, field="begins")
        else:
            messages.success(request, str(_("Changed; those who follow it are told.")))
            return go_to(request, url)
    context = {"form": form, "activity": found, "back_url": url}
    return render(request, "activities/change.html", context, status=422 if form.errors else 200)


def _change(form: ChangeForm, actor: Actor, found: Activity, at: datetime) -> None:
    told = form.cleaned_data
    operations.change_activity(
        actor=actor, at=at, activity=found, span=form.span(), venue=told["venue"], room=told["room"],
        words=told["words"],
    )  # fmt: skip


def _press(write: Callable[..., object], *, done: str | Promise) -> View:
    """Return the view of one act that is a button."""

    @require_POST
    @staff_page
    @once_per_form
    def view(request: HttpRequest, uuid: UUID) -> HttpResponse:
        actor, found = actor_of(request), queries.activity_by_uuid(uuid=uuid)
        return act(
            request, url=reverse("activities:staff_activity", args=[uuid]), done=done,
            write=lambda: write(actor=actor, at=now(), activity=found),
        )  # fmt: skip

    return view


def _tell(
    form: Callable[..., forms.Form], write: Callable[..., object], *, name: str, done: str | Promise
) -> View:
    """Return the view of one act with words; a refused form is shown under its `name` with what was typed."""

    @require_POST
    @staff_page
    @once_per_form
    def view(request: HttpRequest, uuid: UUID) -> HttpResponse:
        actor, found = activity_of_ours(request, uuid)
        return act_by_form(
            request, form=form(request.POST), done=done, url=reverse("activities:staff_activity", args=[uuid]),
            write=lambda typed: write(actor=actor, at=now(), activity=found, **typed),
            page=lambda refused: shown(request, queries.activity_by_uuid(uuid=uuid), name=name, form=refused),
        )  # fmt: skip

    return view


submit = _press(operations.submit_activity, done=_("Submitted; those who announce it are told."))
announce = _press(operations.announce_activity, done=_("Announced: everybody can read it now."))
open_now = _press(operations.open_activity, done=_("Everybody can come now."))
run = _press(operations.run_activity, done=_("It has begun."))
end = _press(operations.end_activity, done=_("It is over."))
file = _press(operations.file_activity, done=_("Filed."))
drop = _press(operations.drop_activity, done=_("Dropped; nobody was told of it."))
send_back = _tell(
    BackForm, operations.send_activity_back, name="back_form", done=_("Sent back; who prepared it is told.")
)
cancel = _tell(
    CancelForm,
    operations.cancel_activity,
    name="cancel_form",
    done=_("Called off; those who follow it are told."),
)
