"""What is shown of reviews on the pages of the apps below."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sidan.catalogue.models import Project
from sidan.core.clock import now
from sidan.core.requests import actor_of
from sidan.core.scope import everything
from sidan.orders.enums import OrderState
from sidan.orders.models import Order
from sidan.people.enums import DISPATCHING_ROLES, ENTERING_ROLES, MANAGING_ROLES
from sidan.people.models import Team
from sidan.places.models import Place
from sidan.reviews import queries

Found = Mapping[str, Any] | None


def tabs(request: HttpRequest, _thing: Any = None) -> Found:
    """The lists of what is to be done about reviews, with how much waits in each."""
    actor = actor_of(request)
    counts = queries.waiting_counts(actor=actor)
    doors = [
        (pgettext_lazy("reviews", "All reviews"), "orders:reviews", "", DISPATCHING_ROLES),
        (_("Call-backs"), "reviews:calls", "calls", ENTERING_ROLES),
        (_("To be looked at"), "reviews:flags", "flags", DISPATCHING_ROLES),
        (_("To be seen to"), "reviews:follow_ups", "follow_ups", DISPATCHING_ROLES),
        (_("Suggestions"), "reviews:suggestions", "suggestions", DISPATCHING_ROLES),
        (pgettext_lazy("reviews", "Rules"), "reviews:rules", "", MANAGING_ROLES),
    ]
    return {
        "tabs": [
            {
                "label": label, "url": reverse(name), "active": request.path == reverse(name),
                "count": _capped(counts, counted),
            }
            for label, name, counted, roles in doors
            if actor.roles & roles
        ]
    }  # fmt: skip


def _capped(counts: Mapping[str, int], name: str) -> int | str | None:
    count = counts.get(name)
    return f"{queries.MOST_COUNTED}+" if count is not None and count > queries.MOST_COUNTED else count


def came_after(request: HttpRequest, order: Order) -> Found:
    """To the resident: what came of it that something was not well, and the answer to a suggestion."""
    if order.state not in {OrderState.CLOSED, OrderState.REOPENED} and order.turn < 2:
        return None
    reader = actor_of(request)
    follow_ups = [
        (each, queries.answer_words(answered=each, reader=reader))
        for each in queries.follow_ups_of(order=order)
    ]
    suggestions = [
        (
            each,
            queries.wish_words(suggestion=each, reader=reader),
            queries.answer_words(answered=each, reader=reader),
        )
        for each in queries.suggestions_of(order=order)
    ]
    return {"follow_ups": follow_ups, "suggestions": suggestions} if follow_ups or suggestions else None


def of_project(_request: HttpRequest, project: Project) -> Found:
    """What residents said of a service, in numbers only and for everybody."""
    with everything("counting what residents said of a service"):
        return _said(queries.satisfaction_of_project(project_id=project.pk, at=now()))


def of_team(_request: HttpRequest, team: Team) -> Found:
    """What residents said of a team."""
    with everything("counting what residents said of a team"):
        return _said(queries.satisfaction_of_team(team_id=team.pk, at=now()))


def _said(told: queries.Satisfaction) -> Found:
    """Nothing before the first order was closed: a page of a new service need not say that nobody spoke."""
    return {"satisfaction": told} if told.reviews or told.unanswered else None


def of_place(_request: HttpRequest, place: Place) -> Found:
    """How many suggestions a place was given, and what came of them; nothing before the first."""
    told = queries.suggestions_at(place=place)
    return {"told": told} if told.made else None
