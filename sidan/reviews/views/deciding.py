"""Reviews that a rule noticed: look at them, decide, and the rules of the county."""

from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from sidan.core.actor import Actor
from sidan.core.clock import now
from sidan.core.errors import NotFound
from sidan.core.htmx import go_to
from sidan.core.idempotency import once_per_form
from sidan.core.lists import Column, asked_sort, filter_chips, keeps_views, page_of
from sidan.core.pages import AND_WRITES, REFUSALS, put_errors, staff_page
from sidan.core.requests import actor_of
from sidan.core.tables import moment_cell
from sidan.orders.listing import list_about_orders, order_search, take_along
from sidan.orders.models import Review
from sidan.orders.queries import OrderSearch
from sidan.people.enums import ORDER_STAFF_ROLES
from sidan.places.models import Place
from sidan.places.queries import place_of
from sidan.reviews import operations, queries
from sidan.reviews.enums import AfterLow, Rule, Standing
from sidan.reviews.forms import DecideForm, RuleForm
from sidan.reviews.models import ReviewRule
from sidan.reviews.permissions import (
    may_set,
    require_judging,
    require_judging_role,
    require_setting,
    require_staff,
)
from sidan.reviews.views.shared import NUMBER, PLACE, SERVICE, chosen_of, order_cells

NEWEST: Final = "-id"
COLUMNS: Final = (
    NUMBER,
    SERVICE,
    Column("outcome", _lazy("Outcome"), up="outcome", down="-outcome"),
    Column("noticed", _lazy("What was noticed")),
    PLACE,
    Column("at", pgettext_lazy("a column", "When"), up="id", down=NEWEST),
)
ANYTHING: Final = "noticed"
CHIPS: Final = {
    Standing.PENDING.value: Standing.PENDING.label,
    Standing.COUNTED.value: Standing.COUNTED.label,
    Standing.SET_ASIDE.value: Standing.SET_ASIDE.label,
    Rule.TYPED.value: _lazy("Typed in by staff"),
    Rule.AT_ODDS.value: _lazy("Outcome and stars do not fit"),
    ANYTHING: _lazy("All that was noticed"),
}
NOTED: Final[dict[str, Rule | None]] = {
    Rule.TYPED.value: Rule.TYPED,
    Rule.AT_ODDS.value: Rule.AT_ODDS,
    ANYTHING: None,
}
"""What is noted and keeps no review from counting: each has a list of its own, and all of it one together."""


@require_safe
@keeps_views
@staff_page(require_judging_role, public=False)
def flags(request: HttpRequest) -> HttpResponse:
    """Reviews to be looked at, the newest first; by a chip those that were decided, or of which something is noted."""
    standing, search = _standing(request), order_search(request)
    rows = _flagged(standing, search)
    sort = asked_sort(request, columns=COLUMNS, default=NEWEST)
    page = page_of(request, rows=rows, sort=sort)
    (_pending, everything), *others = CHIPS.items()
    context = list_about_orders(request, columns=COLUMNS, sort=sort, rows=rows, search=search) | {
        "rows": queries.flagged_rows(items=page.items, reader=actor_of(request)),
        "next_cursor": page.next_cursor,
        "noted": standing if standing in NOTED else "",
        "filters": filter_chips(request, name="standing", choices=others, everything=everything),
    }
    return render(request, "reviews/flags.html", context)


def _standing(request: HttpRequest) -> str:
    return chosen_of(request, "standing", known=CHIPS, first=Standing.PENDING)


def _flagged(standing: str, search: OrderSearch) -> QuerySet[Review]:
    if standing in NOTED:
        return queries.noted(rule=NOTED[standing], search=search)
    return queries.flagged(standing=standing, search=search)


@require_safe
@staff_page(require_judging_role, public=False)
def export_flags(request: HttpRequest) -> HttpResponseBase:
    """The list as a table, without what was said; taking it is written down."""
    standing, search = _standing(request), order_search(request)
    header = [
        _("Number"), _("Service"), _("Place"), _("Outcome"), _("Stars"), _("How it was collected"),
        _("What was noticed"), _("How it counts"), pgettext("a column", "When"),
    ]  # fmt: skip
    return take_along(
        request, name="flagged-reviews", verb="reviews.flags_exported", columns=COLUMNS, first=NEWEST,
        header=header, rows=_flagged(standing, search).prefetch_related("flags"), cells=_cells,
        facts={"standing": standing, "filter_place": search.place_id},
    )  # fmt: skip


def _cells(row: Review) -> list[object]:
    stands = getattr(row, "stands", None) or Standing.COUNTED.value
    return [
        *order_cells(row.order), row.get_outcome_display(),
        row.stars, row.get_channel_display(), " · ".join(flag.get_rule_display() for flag in row.flags.all()),
        Standing(stands).label, moment_cell(row.at),
    ]  # fmt: skip


@require_http_methods(AND_WRITES)
@staff_page(require_judging_role, public=False)
@once_per_form
def review(request: HttpRequest, uuid: UUID, turn: int) -> HttpResponse:
    """One review beside what the call-back heard, what was noticed about it, and the decision."""
    actor, found = actor_of(request), queries.review_to_judge(order_uuid=uuid, turn=turn)
    form = DecideForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        require_judging(actor=actor, order=found.order)
    if request.method == "POST" and form.is_valid():
        try:
            operations.decide_review(actor=actor, at=now(), review=found, **form.cleaned_data)
        except REFUSALS as refusal:
            put_errors(form, refusal)
        else:
            messages.success(request, _("Your decision is written down."))
            return go_to(request, reverse("reviews:flags"))
    (row,) = queries.flagged_rows(items=[found], reader=actor)
    context: dict[str, Any] = {
        "row": row,
        "form": form if row.standing == Standing.PENDING else None,
        "heard": queries.answered_call(review=found, reader=actor),
        "standings": queries.standings_of(review=found, reader=actor),
    }
    return render(request, "reviews/review.html", context, status=422 if form.errors else 200)


@require_http_methods(AND_WRITES)
@staff_page(require_staff, public=False)
@once_per_form
def rules(request: HttpRequest) -> HttpResponse:
    """How the reviews of the county are looked after: for all staff to read, for its managers to change."""
    actor = actor_of(request)
    place = _center(actor)
    holding = queries.rule_of(county_id=place.pk)
    form = RuleForm(request.POST if request.method == "POST" else None, initial=RuleForm.initial_of(holding))
    if request.method == "POST":
        require_setting(actor=actor, place=place)
    if request.method == "POST" and form.is_valid():
        try:
            operations.set_review_rule(
                actor=actor, at=now(), place=place, rule=form.rule(), reason=form.cleaned_data["reason"]
            )
        except REFUSALS as refusal:
            put_errors(form, refusal)
        else:
            messages.success(request, _("This holds from now on."))
            return go_to(request, reverse("reviews:rules"))
    context = {
        "place": place,
        "holding": holding,
        "told": _told(holding),
        "form": form if may_set(actor=actor, place=place) else None,
        "written": [(each, _told(each)) for each in queries.rules_written(place=place)],
    }
    return render(request, "reviews/rules.html", context, status=422 if form.errors else 200)


def _told(rule: queries.RuleTold | ReviewRule) -> list[tuple[str, str]]:
    return [
        (_("After “not done”"), str(AfterLow(rule.after_not_done).label)),
        (_("After “half done”"), str(AfterLow(rule.after_half).label)),
        (_("After “done, but more is needed”"), str(AfterLow(rule.after_still_needed).label)),
    ]


def _center(actor: Actor) -> Place:
    """Return the center of the first place one works at. Raises NotFound: one works above all counties."""
    for grant in actor.grants:
        if grant.role in ORDER_STAFF_ROLES and grant.county_id is not None:
            found = place_of(place_id=grant.county_id)
            if found is not None:
                return found
    raise NotFound
