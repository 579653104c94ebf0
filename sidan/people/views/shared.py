"""What the pages of people have in common."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise

from sidan.core.actor import Actor
from sidan.core.ids import read_uuid
from sidan.core.pages import act
from sidan.places.models import Place
from sidan.places.queries import open_places, places_to_choose


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


def places_below(actor: Actor, roles: frozenset[str]) -> QuerySet[Place]:
    """Return the open places in the subtrees where one of the roles was granted, in official order."""
    return places_to_choose(root_ids=actor.places_where(roles))


def homes_near(request: HttpRequest, *, near: Place | None = None) -> QuerySet[Place]:
    """Return the open places one may belong to: of the county one looks at, else all there are."""
    chosen = near or _chosen_place(request)
    rows = open_places().exclude(kind__in=["province", "city"])
    if chosen is not None and chosen.county_id:
        rows = rows.filter(county=chosen.county_id)
    return rows.order_by("county__sort_code", "sort_code", "id")


def _chosen_place(request: HttpRequest) -> Place | None:
    # The portal keeps the chosen place in this cookie; the page that sets it stands above this app.
    wanted = read_uuid(request.COOKIES.get("sidan_place"))
    if wanted is None:
        return None
    return Place.objects.filter(uuid=wanted).first()
