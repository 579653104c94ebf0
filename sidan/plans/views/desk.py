"""The plans of an office: the list, one of them with what can be done, a new one, copying, its way upward."""

from collections.abc import Callable, Iterator
from dataclasses import replace
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

from sidan.audit.operations import record
from sidan.core.actor import Actor
from sidan.core.clock import business_date, now
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
from sidan.core.tables import table_response
from sidan.people.enums import ORDER_STAFF_ROLES
from sidan.people.queries import teams_to_choose
from sidan.places.nearby import place_asked
from sidan.places.queries import places_to_filter
from sidan.plans import operations, queries
from sidan.plans.enums import FIRST_YEAR, LAST_YEAR, SETTLED, Period, PlanState
from sidan.plans.forms import BackForm, CopyForm, NewPlanForm, PlanForm
from sidan.plans.models import Plan
from sidan.plans.permissions import may_approve, may_write
from sidan.plans.policies import a_year_later
from sidan.plans.states import PLAN
from sidan.plans.views.shared import plan_as_read, plan_of_ours, staff_page, told_steps

CHIP_WORDS: Final[dict[str, str | Promise]] = {
    "": pgettext_lazy("plans", "In hand"),
    "draft": pgettext_lazy("plans", "Drafts"),
    "submitted": pgettext_lazy("plans", "To be approved"),
    "approved": pgettext_lazy("plans", "To be published"),
    "published": pgettext_lazy("plans", "Published"),
    "dropped": pgettext_lazy("plans", "Dropped"),
}
URGENT: Final = "submitted"
COLUMNS: Final = (
    Column("theme", pgettext_lazy("column of plans", "Plan"), up="theme", down="-theme", is_fixed=True),
    Column("days", pgettext_lazy("column of plans", "For"), up="first_day", down="-first_day"),
    Column("period", pgettext_lazy("column of plans", "Kind"), up="period", down="-period"),
    Column("place", _("Place"), up="place_key", down="-place_key"),
    Column("team", _("Team")),
    Column("planned", pgettext_lazy("column of plans", "Planned"), is_number=True),
    Column("done", pgettext_lazy("column of plans", "Held"), is_number=True),
    Column("state", _("State"), up="state", down="-state"),
)
YEARS_SHOWN: Final = 4
"""Last year, this one and the two to come stand above the list."""


@require_safe
@keeps_views
@staff_page
def desk(request: HttpRequest) -> HttpResponse:
    """The plans of one's office."""
    actor, chosen = actor_of(request), _chosen(request)
    rows, sort = queries.desk(chosen=chosen), _sort(request)
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
        "periods": Period.choices,
        "years": _years(),
        "year": str(chosen.year or ""),
        "is_filtered": replace(chosen, chip="") != queries.PlanFilter(),
        "may_draft": queries.places_to_plan(actor=actor).exists(),
    }
    return render(request, "plans/desk.html", context)


def _years() -> list[tuple[str, str]]:
    last = business_date(now()).year - 1
    return [(str(year), str(year)) for year in range(last, last + YEARS_SHOWN)]


def _chosen(request: HttpRequest) -> queries.PlanFilter:
    """Return what the address asks for; what cannot be understood filters nothing."""
    chip, period, year = (request.GET.get(name, "") for name in ("chip", "period", "year"))
    place = place_asked(request)
    is_year = year.isascii() and year.isdigit() and FIRST_YEAR <= int(year[:4]) < LAST_YEAR
    return queries.PlanFilter(
        chip=chip if chip in CHIP_WORDS else "",
        period=period if period in Period.values else "",
        year=int(year[:4]) if is_year else None,
        place_id=place.pk if place else None,
        text=query_of(request),
    )


def _sort(request: HttpRequest) -> str:
    return asked_sort(request, columns=COLUMNS, default="-first_day")


@require_safe
@staff_page
def export(request: HttpRequest) -> HttpResponseBase:
    """The list as a table; taking it is written down."""
    chosen = _chosen(request)
    rows = queries.desk(chosen=chosen).order_by(*key_order(_sort(request)))
    record(
        actor=actor_of(request), at=now(), verb="plans.exported", subject=("plans", None), chip=chosen.chip,
        filter_place=chosen.place_id,
    )  # fmt: skip
    header = [
        pgettext("column of plans", "Plan"), pgettext("column of plans", "For"), pgettext("column of plans", "Kind"),
        gettext("Place"), gettext("Team"), pgettext("column of plans", "Planned"), pgettext("column of plans", "Held"),
        gettext("State"),
    ]  # fmt: skip
    return table_response(request, name="plans", header=header, rows=_table(rows.iterator(chunk_size=500)))


def _table(rows: Iterator[Plan]) -> Iterator[list[object]]:
    for row in rows:
        yield [
            row.theme, row.shown_period, row.get_period_display(), row.place.shown_name,
            row.team.name if row.team else "", row.planned, row.done, row.get_state_display(),  # type: ignore[attr-defined] # annotated by the desk
        ]  # fmt: skip


@require_safe
@staff_page
def plan(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One plan: its lines beside what was done, and what can be done now."""
    return shown(request, queries.plan_by_uuid(uuid=uuid))


def shown(
    request: HttpRequest, found: Plan, *, name: str = "", form: forms.Form | None = None
) -> HttpResponse:
    """Show a plan as it is; a refused form stands under its `name`."""
    actor = actor_of(request)
    verbs = _verbs(actor, found)
    writes = may_write(actor=actor, place_id=found.place_id, county_id=found.county_id)
    context: dict[str, Any] = {
        "plan": found,
        "writes": writes,
        "verbs": dict.fromkeys(verbs, True),
        "is_settled": found.state in SETTLED,
        "is_public": found.state == PlanState.PUBLISHED,
        "compared": queries.compared(plan=found),
        "steps": told_steps(queries.history(plan=found)),
    }
    if "send_back" in verbs:
        context["back_form"] = BackForm(auto_id="back_%s")
    if writes:
        ahead = a_year_later(found.period, found.days)
        context["copy_form"] = CopyForm(auto_id="copy_%s", initial={"day": ahead.first})
    keep_typed(context, name=name, form=form)
    return render(request, "plans/plan.html", context)


def _verbs(actor: Actor, found: Plan) -> set[str]:
    """Return what fits the state and is this reader's to do."""
    may = {
        "write_plans": may_write(actor=actor, place_id=found.place_id, county_id=found.county_id),
        "approve_plans": may_approve(actor=actor, place=found.place),
    }
    return {verb for verb, step in PLAN.items() if found.state in step.sources and may.get(step.permission)}


@require_http_methods(AND_WRITES)
@staff_page
@once_per_form
def new(request: HttpRequest) -> HttpResponse:
    """Begin a plan."""
    actor = actor_of(request)
    posted = request.POST if request.method == "POST" else None
    form = NewPlanForm(
        posted, places=queries.places_to_plan(actor=actor), teams=teams_to_choose(),
        initial={"period": Period.MONTH},
    )  # fmt: skip
    if posted is not None and form.is_valid():
        try:
            made = operations.draft_plan(
                actor=actor, at=now(), place=form.cleaned_data["place"], new=form.new()
            )
        except REFUSALS as refusal:
            put_errors(form, refusal, field="day")
        else:
            messages.success(
                request, str(_("The plan is begun. Now write down its lines, or bring a table."))
            )
            return go_to(request, reverse("plans:plan", args=[made.uuid]))
    context = {"form": form, "back_url": reverse("plans:desk")}
    return render(request, "plans/form.html", context, status=422 if form.errors else 200)


@require_http_methods(AND_WRITES)
@staff_page
@once_per_form
def edit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Write the head of a draft anew."""
    actor, found = plan_of_ours(request, uuid)
    posted = request.POST if request.method == "POST" else None
    form = PlanForm(posted, initial=PlanForm.known(found))
    url = reverse("plans:plan", args=[uuid])
    if posted is not None and form.is_valid():
        try:
            operations.edit_plan(actor=actor, at=now(), plan=found, text=form.text())
        except REFUSALS as refusal:
            put_errors(form, refusal)
        else:
            messages.success(request, str(_("The plan is kept.")))
            return go_to(request, url)
    context = {"form": form, "plan": found, "back_url": url}
    return render(request, "plans/form.html", context, status=422 if form.errors else 200)


@require_POST
@staff_page
@once_per_form
def copy(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Begin a plan for another period with the lines of this one."""
    actor, found = plan_of_ours(request, uuid)
    form = CopyForm(request.POST)
    if form.is_valid():
        try:
            made = operations.copy_plan(actor=actor, at=now(), plan=found, day=form.cleaned_data["day"])
        except REFUSALS as refusal:
            put_errors(form, refusal, field="day")
        else:
            messages.success(
                request, str(_("Copied. Each line stands on its day of the new period; look them over."))
            )
            return go_to(request, reverse("plans:plan", args=[made.uuid]))
    answer = shown(request, found, name="copy_form", form=form)
    answer.status_code = 422
    return answer


def _press(write: Callable[..., object], *, done: str | Promise) -> View:
    """Return the view of one act that is a button."""

    @require_POST
    @staff_page
    @once_per_form
    def view(request: HttpRequest, uuid: UUID) -> HttpResponse:
        actor, found = actor_of(request), plan_as_read(request, uuid)
        return act(
            request, url=reverse("plans:plan", args=[uuid]), done=done,
            write=lambda: write(actor=actor, at=now(), plan=found),
        )  # fmt: skip

    return view


submit = _press(operations.submit_plan, done=_("Submitted; those who approve it are told."))
take_back = _press(operations.take_plan_back, done=_("Taken back: it can be changed again."))
approve = _press(operations.approve_plan, done=_("Approved; who wrote it is told."))
publish = _press(operations.publish_plan, done=_("Published: everybody can read it now."))
drop = _press(operations.drop_plan, done=_("Dropped."))


@require_POST
@staff_page
@once_per_form
def send_back(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Give it back to who wrote it, with words."""
    actor, found = actor_of(request), plan_as_read(request, uuid)
    return act_by_form(
        request, form=BackForm(request.POST), done=_("Sent back; who wrote it is told."),
        url=reverse("plans:plan", args=[uuid]),
        write=lambda typed: operations.send_plan_back(actor=actor, at=now(), plan=found, **typed),
        page=lambda refused: shown(request, queries.plan_by_uuid(uuid=uuid), name="back_form", form=refused),
    )  # fmt: skip
