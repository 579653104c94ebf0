"""What the pages of the loop have in common."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from sidan.core.errors import DomainError
from sidan.core.htmx import go_to
from sidan.core.idempotency import refusing
from sidan.core.requests import actor_of, at_work
from sidan.orders import queries
from sidan.orders.hearing import READ
from sidan.orders.models import Assignment
from sidan.orders.telling import call_at_once, call_now

View = Callable[..., HttpResponse]
BOARD: Final = "board"
"""In the address of a page that is opened from the board: `?from=board`."""


def words_posted(request: HttpRequest) -> str:
    """Return what was sent in any field; of a page that is only read, nothing."""
    return "\n".join(str(sent) for sent in request.POST.values())[:READ]


def calls_posted(request: HttpRequest) -> str:
    """Say whom to call by what was sent; of calm words nothing."""
    words = words_posted(request)
    return call_at_once(words) if at_work(request) else call_now(words)


def tell_whom_to_call(request: HttpRequest) -> None:
    """Say it on the next page, which does not show what was sent here."""
    if calls := calls_posted(request):
        messages.error(request, calls)


def tell_and_go(request: HttpRequest, *, url: str, error: DomainError) -> HttpResponse:
    """Say politely why it was not done, on the page that shows how things stand now.

    Whom to call stands first, where what was sent speaks of danger to life: that page shows nothing of it.
    """
    tell_whom_to_call(request)
    messages.error(request, str(error))
    return refusing(go_to(request, url))


def way_back(request: HttpRequest, assignment: Assignment) -> dict[str, Any]:
    """Return where a page of a visit leads back to, and its frame: a leader who comes from the board stays there."""
    leads = assignment.team_id in actor_of(request).led_team_ids
    if request.GET.get("from") == BOARD and leads:
        here, after = reverse("orders:card", args=[assignment.uuid]), reverse("orders:board")
        return {"here": here, "after": after, "in_console": True, "base": "web/console.html"}
    here, after = reverse("orders:task", args=[assignment.uuid]), reverse("orders:tasks")
    return {"here": here, "after": after, "in_console": False, "base": "web/portal.html"}


def back_when_over(list_name: str) -> Callable[[View], View]:
    """Lead whoever opens or answers what their team has no more back to the list, with the reason in a sentence."""

    def wrap(view: View) -> View:
        @wraps(view)
        def led(request: HttpRequest, uuid: UUID) -> HttpResponse:
            try:
                return view(request, uuid)
            except (queries.NoOpenOffer, queries.NotYoursNow) as error:
                url = reverse("orders:board" if request.GET.get("from") == BOARD else list_name)
                # Who was refused a moment ago and sent here has read why already.
                is_told = len(messages.get_messages(request)) > 0
                return go_to(request, url) if is_told else tell_and_go(request, url=url, error=error)

        return led

    return wrap
