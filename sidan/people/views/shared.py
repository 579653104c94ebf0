"""What the pages of people have in common."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise

from sidan.core.actor import Actor
from sidan.core.inputs import UncleanText, clean_text
from sidan.core.pages import act
from sidan.places.models import Place
from sidan.places.queries import open_places

MAX_CHOICES = 3000
"""More places than this are not offered in one list; a province's staff chooses a county first."""


def query_of(request: HttpRequest, name: str = "q") -> str:
    """Return a word of the address, cleaned; what cannot be read asks for nothing."""
    try:
        return clean_text(text=request.GET.get(name, ""), max_length=60)
    except UncleanText:
        return ""


def uuid_of(request: HttpRequest, name: str) -> UUID | None:
    """Return an id of the address; none when it is none."""
    try:
        return UUID(request.GET.get(name, ""))
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked before a step, on the page itself and as a page of its own where there is no script."""

    question: str | Promise
    what: str | Promise
    yes: str | Promise
    danger: bool = False


def ask_or_act(
    request: HttpRequest,
    *,
    question: Question,
    back_url: str,
    done: str | Promise,
    write: Callable[[], object],
) -> HttpResponse:
    """Ask on GET, act on POST, and go on to a page that says how it went."""
    if request.method != "POST":
        context = {
            "question": question.question, "what": question.what, "yes": question.yes, "danger": question.danger,
            "url": request.path, "back_url": back_url,
        }  # fmt: skip
        return render(request, "web/confirm.html", context)
    return act(request, url=back_url, done=done, write=write)


def filter_chips(
    request: HttpRequest, *, name: str, choices: list[tuple[str, Any]], everything: str | Promise
) -> list[dict[str, Any]]:
    """Return the chips of one filter; a chip keeps the other filters and begins at the top of the list."""
    now = request.GET.get(name, "")
    chips = []
    for value, label in [("", everything), *choices]:
        query = request.GET.copy()
        query.pop("cursor", None)
        query.pop("all", None)
        query[name] = value
        if not value:
            query.pop(name, None)
        # Nothing asked would be the default view of the list.
        url = f"{request.path}?{query.urlencode() or 'all=1'}"
        chips.append({"label": label, "url": url, "active": now == value, "count": None})
    return chips


def places_below(actor: Actor, roles: frozenset[str]) -> QuerySet[Place]:
    """Return the open places in the subtrees where one of the roles was granted, in official order."""
    roots = actor.places_where(roles)
    below = Place.objects.filter(links_up__ancestor__in=roots, links_up__during__upper_inf=True)
    return open_places().filter(pk__in=below.values("pk")).order_by("sort_code", "id")


def homes_near(request: HttpRequest, *, near: Place | None = None) -> QuerySet[Place]:
    """Return the open places one may belong to: of the county one looks at, else all there are."""
    chosen = near or _chosen_place(request)
    rows = open_places().exclude(kind__in=["province", "city"])
    if chosen is not None and chosen.county_id:
        rows = rows.filter(county=chosen.county_id)
    return rows.order_by("county__sort_code", "sort_code", "id")


def _chosen_place(request: HttpRequest) -> Place | None:
    # The portal keeps the chosen place in this cookie; the page that sets it stands above this app.
    try:
        wanted = UUID(request.COOKIES.get("sidan_place", ""))
    except ValueError:
        return None
    return Place.objects.filter(uuid=wanted).first()
