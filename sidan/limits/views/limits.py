"""The time limits of a place: what holds and where it is written, changing it, and what would come of it."""

from dataclasses import asdict
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sidan.catalogue.models import Category
from sidan.catalogue.queries import category_tree
from sidan.core.actor import Actor
from sidan.core.clock import now
from sidan.core.errors import DomainError, NotFound
from sidan.core.htmx import go_to
from sidan.core.idempotency import once_per_form
from sidan.core.pages import AND_WRITES, REFUSALS
from sidan.core.requests import actor_of
from sidan.limits import operations, queries
from sidan.limits.enums import Step
from sidan.limits.forms import LimitForm, PreviewForm, TakeBackForm, WhichForm
from sidan.limits.models import Limit
from sidan.limits.permissions import may_set, place_seen, require_any, require_setting, staff_ids
from sidan.limits.policies import Which
from sidan.limits.words import URGENT_WORDS, end_words, for_whom_words, length_words
from sidan.people.enums import ORDER_STAFF_ROLES
from sidan.places.models import Place
from sidan.places.queries import ancestors_of, children_of, place_of


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Go to the limits of the first place one works at."""
    actor = actor_of(request)
    require_any(actor=actor)
    found = place_of(place_id=actor.places_where(frozenset(ORDER_STAFF_ROLES))[0])
    if found is None:
        raise NotFound
    return _place(request, actor, found)


@require_safe
def place(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The limits of one place."""
    actor, found = _seen(request, uuid)
    return _place(request, actor, found)


def _place(request: HttpRequest, actor: Actor, found: Place) -> HttpResponse:
    tree = category_tree()
    choices = [(node.category.code, node.category.shown_name) for node in tree]
    asked = PreviewForm(request.GET or None, categories=choices, initial={"urgency": "normal"})
    data = asked.cleaned_data if asked.is_bound and asked.is_valid() else {}
    begins = data.get("begins") or now()
    of_levels = queries.said_for_levels(place_id=found.pk)
    context = {
        "place": found,
        "above": _above(actor, found),
        "children": children_of(place_id=found.pk),
        "steps": _told_steps(found, queries.holding_at(place_id=found.pk)),
        "of_levels": _told_steps(found, of_levels),
        "has_levels": any(each.held for each in of_levels),
        "levels": [(level.value, level.label) for level in queries.levels_below(place=found)],
        "urgencies": [("normal", _("All orders")), *URGENT_WORDS.items()],
        "may_set": may_set(actor=actor, place=found),
        "preview_form": asked,
        "begins": begins,
        "preview": queries.preview(
            place_id=found.pk, category=data.get("category") or None, urgency=data.get("urgency") or "normal",
            begins=begins,
        ),
        "history": _history(found),
        "categories": choices,
        "all_steps": Step.choices,
    }  # fmt: skip
    return render(request, "limits/place.html", context)


@require_http_methods(AND_WRITES)
@once_per_form
def change(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Change a limit, or write down a special one for a category, for places of a level or for orders that press."""
    actor, found = _seen(request, uuid)
    require_setting(actor=actor, place=found)
    which = _which(request)
    own = queries.limit_holding(place_id=found.pk, which=which)
    form = LimitForm(
        request.POST if request.method == "POST" else None,
        step=which.step,
        people=_people(found, which),
        initial=_terms(own, own) if own else _holding(found, which),
        own=own,
    )
    if request.method == "POST" and form.is_valid():
        try:
            operations.set_limit(
                actor=actor, at=now(), place=found, **asdict(which), terms=form.terms(),
                reason=form.cleaned_data["reason"], seen=form.cleaned_data["seen"],
            )  # fmt: skip
        except REFUSALS as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The time limit is kept. Orders that wait already keep their time."))
            return go_to(request, _url(found))
    back = reverse("limits:take_back", args=[found.uuid])
    context = {
        "form": form, "place": found, "step": Step(which.step).label, "whom": _whom(which), "own": own,
        "take_back_url": f"{back}?{request.GET.urlencode()}", "back_url": _url(found),
    }  # fmt: skip
    return render(request, "limits/change.html", context, status=422 if form.errors else 200)


@require_http_methods(AND_WRITES)
@once_per_form
def take_back(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Let what stands above hold again."""
    actor, found = _seen(request, uuid)
    require_setting(actor=actor, place=found)
    which = _which(request)
    own = queries.limit_holding(place_id=found.pk, which=which)
    form = TakeBackForm(request.POST if request.method == "POST" else None, own=own)
    if request.method == "POST" and form.is_valid():
        try:
            operations.take_back_limit(
                actor=actor, at=now(), place=found, **asdict(which), reason=form.cleaned_data["reason"],
                seen=form.cleaned_data["seen"],
            )  # fmt: skip
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("What stands above holds again. Orders that wait already keep their time.")
            )
            return go_to(request, _url(found))
    context = {
        "form": form, "place": found, "step": Step(which.step).label, "whom": _whom(which), "own": None,
        "is_taking_back": True, "back_url": _url(found),
    }  # fmt: skip
    return render(request, "limits/change.html", context, status=422 if form.errors else 200)


def _seen(request: HttpRequest, uuid: UUID) -> tuple[Actor, Place]:
    actor = actor_of(request)
    return actor, place_seen(actor=actor, uuid=uuid)


def _above(actor: Actor, place: Place) -> list[tuple[Place, bool]]:
    """Return the places above, and which of them the actor may open: from the uppermost one of the own ones on."""
    roots = set(actor.places_where(frozenset(ORDER_STAFF_ROLES)))
    told: list[tuple[Place, bool]] = []
    for each in ancestors_of(place_id=place.pk):
        told.append((each, each.pk in roots or any(is_seen for _place, is_seen in told)))
    return told


def _which(request: HttpRequest) -> Which:
    """Return which limit is meant: from the address of the page, or of what a program sent."""
    which = WhichForm(request.GET if "step" in request.GET else request.POST).which()
    if which is None:
        raise NotFound
    return which


def _holding(place: Place, which: Which) -> dict[str, Any]:
    told = queries.preview(place_id=place.pk, category=which.category, urgency=which.urgency, begins=now())
    held = next((each for each in told if each.step == which.step), None)
    return _terms(held.limit, held.acts) if held else {}


def _terms(limit: Limit, acts: Limit) -> dict[str, Any]:
    """Return how long a step has, and what the limit says that acts then."""
    return {
        "amount": limit.amount, "unit": limit.unit, "at_half": acts.at_half, "at_end": acts.at_end,
        "person": acts.person_id,
    }  # fmt: skip


def _people(place: Place, which: Which) -> list[tuple[int, str]]:
    told = staff_ids(place=place, step=which.step)
    return [(each.pk, each.person.name) for each in queries.accounts(account_ids=told)]


def _whom(which: Which) -> str:
    known = Category.objects.filter(pk=which.category).first() if which.category else None
    return for_whom_words(Limit(category=known, level=which.level, urgency=which.urgency))


def _told_steps(place: Place, steps: list[queries.StepLimits]) -> list[dict[str, Any]]:
    """Return each step with its limits in words, and the address at which one is changed."""
    url = reverse("limits:change", args=[place.uuid])
    return [
        {
            "step": each.step,
            "label": each.step.label,
            "held": [
                {
                    "limit": held.limit,
                    "length": length_words(held.limit),
                    "end": end_words(step=held.limit.step, at_end=held.limit.at_end),
                    "whom": for_whom_words(held.limit),
                    "is_own": held.is_own,
                    "url": f"{url}?{_asked(held)}",
                }
                for held in each.held
            ],
        }
        for each in steps
    ]


def _asked(held: queries.Held) -> str:
    """Return which limit is changed: what a place above says for a level is changed here for the place itself."""
    limit = held.limit
    level = limit.level if held.is_own else ""
    return urlencode(
        {"step": limit.step, "category": limit.category_id or "", "level": level, "urgency": limit.urgency}
    )


def _history(place: Place) -> list[dict[str, Any]]:
    """Return what the place wrote down, as the house's timeline shows it."""
    told = []
    for limit in queries.written_at(place_id=place.pk):
        what = length_words(limit) if limit.in_force else _("taken back: what stands above holds")
        told.append(
            {
                "sentence": _("%(step)s, %(whom)s: %(what)s")
                % {"step": limit.get_step_display(), "whom": for_whom_words(limit), "what": what},
                "at": limit.at,
                "note": limit.reason,
                "who": limit.actor.person.name if limit.actor else "",
                "icon": "alarm-clock",
            }
        )
    return told


def _url(place: Place) -> str:
    return reverse("limits:place", args=[place.uuid])
