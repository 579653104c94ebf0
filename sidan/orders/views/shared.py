"""What the pages of the loop have in common."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from sidan.core.actor import Actor
from sidan.core.clock import now
from sidan.core.errors import DomainError
from sidan.core.htmx import go_to
from sidan.core.moments import when_words
from sidan.orders import queries
from sidan.orders.enums import Reason
from sidan.orders.models import Order, OrderChange
from sidan.orders.queries import TimelineEntry, timeline
from sidan.orders.words import step_words

View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class ToldStep:
    """A line of the history as `web/_timeline.html` shows it."""

    sentence: str
    at: datetime
    icon: str
    note: str
    who: str = ""


def reason_words(code: str) -> str:
    """Return a reason in words; of a step that needed none, nothing."""
    return str(Reason(code).label) if code in Reason.values else ""


def change_words(change: OrderChange | None) -> list[str]:
    """Return what was changed about a wish, in words; of a step that changed none, nothing."""
    if change is None:
        return []
    told = []
    if change.wished_from_before:
        before = when_words(change.wished_from_before, now=now())
        told.append(_("another time (before: %(before)s)") % {"before": before})
    if change.people_before:
        told.append(_("another number of people (before: %(before)s)") % {"before": change.people_before})
    if change.need_changed:
        told.append(_("what to know"))
    if change.contact_changed:
        told.append(_("whom to call and where"))
    return told


def told_steps(entries: Iterable[TimelineEntry]) -> list[ToldStep]:
    """Return the history in plain words, newest first."""
    told = []
    for entry in entries:
        sentence, icon = step_words(verb=entry.verb, team=entry.team_name, place=entry.place_name)
        parts = [reason_words(entry.reason_code), *change_words(entry.change), entry.words]
        parts = [part for part in parts if part]
        told.append(ToldStep(sentence=sentence, at=entry.at, icon=icon, note=" · ".join(parts)))
    return told[::-1]


def steps_of(order: Order, *, reader: Actor) -> list[ToldStep]:
    """Read and tell the history of an order, as a reader may see it."""
    return told_steps(timeline(order=order, reader=reader))


def tell_and_go(request: HttpRequest, *, url: str, error: DomainError) -> HttpResponse:
    """Say politely why it was not done, on the page that shows how things stand now."""
    messages.error(request, str(error))
    return go_to(request, url)


def back_when_over(list_name: str) -> Callable[[View], View]:
    """Lead whoever opens or answers what their team has no more back to the list, with the reason in a sentence."""

    def wrap(view: View) -> View:
        @wraps(view)
        def led(request: HttpRequest, uuid: UUID) -> HttpResponse:
            try:
                return view(request, uuid)
            except (queries.NoOpenOffer, queries.NotYoursNow) as error:
                url = reverse(list_name)
                # Who was refused a moment ago and sent here has read why already.
                is_told = len(messages.get_messages(request)) > 0
                return go_to(request, url) if is_told else tell_and_go(request, url=url, error=error)

        return led

    return wrap
