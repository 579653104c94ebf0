"""Reviews that a rule noticed: look at them, decide, and the rules of the county."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sidan.core.actor import Actor
from sidan.core.clock import now
from sidan.core.errors import NotFound
from sidan.core.htmx import go_to
from sidan.core.idempotency import once_per_form
from sidan.core.lists import page_of
from sidan.core.pages import AND_WRITES, REFUSALS, put_errors, staff_page
from sidan.core.requests import actor_of
from sidan.people.enums import ORDER_STAFF_ROLES
from sidan.places.models import Place
from sidan.places.queries import place_of
from sidan.reviews import operations, queries
from sidan.reviews.enums import AfterLow, Rule, Standing
from sidan.reviews.forms import DecideForm, RuleForm
from sidan.reviews.permissions import (
    may_set,
    require_judging,
    require_judging_role,
    require_setting,
    require_staff,
)


@require_safe
@staff_page(require_judging_role, public=False)
def flags(request: HttpRequest) -> HttpResponse:
    """Reviews to be looked at, the newest first; by a chip those that were decided, or that staff typed in."""
    chips = {each.value: each.label for each in (Standing.PENDING, Standing.COUNTED, Standing.SET_ASIDE)}
    chips[Rule.TYPED.value] = _("Typed in by staff")
    asked = request.GET.get("standing", "")
    standing = asked if asked in chips else Standing.PENDING.value
    is_typed = standing == Rule.TYPED
    rows = queries.typed_by_staff() if is_typed else queries.flagged(standing=standing)
    page = page_of(request, rows=rows, sort="-id")
    here = reverse("reviews:flags")
    context = {
        "rows": queries.flagged_rows(items=page.items, reader=actor_of(request)),
        "next_cursor": page.next_cursor,
        "is_typed": is_typed,
        "filters": [
            {"label": label, "url": f"{here}?standing={code}", "active": code == standing}
            for code, label in chips.items()
        ],
    }
    return render(request, "reviews/flags.html", context)


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
        "call": queries.answered_call(review=found),
        "standings": queries.standings_of(review=found),
        "wish": getattr(getattr(found, "text", None), "wish", ""),
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
        "written": queries.rules_written(place=place),
    }
    return render(request, "reviews/rules.html", context, status=422 if form.errors else 200)


def _told(rule: queries.RuleTold) -> list[tuple[str, str]]:
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
