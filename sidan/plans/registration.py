"""What plans tell the apps below them when they start."""

from collections.abc import Collection, Mapping
from typing import Any

from django.http import HttpRequest

from sidan.audit.registry import register_names, register_verbs
from sidan.core.badges import register_looks
from sidan.core.slots import register_piece
from sidan.places.models import Place
from sidan.plans import finder, notices, queries, words
from sidan.plans.models import Plan


def _themes(ids: Collection[int]) -> Mapping[int, str]:
    return dict(Plan.unscoped.filter(pk__in=ids).values_list("pk", "theme"))


def _of_place(_request: HttpRequest, place: Place) -> Mapping[str, Any] | None:
    """On the page of a place: what it has published."""
    plans = queries.published_of(place=place)
    return {"plans": plans} if plans else None


def register() -> None:
    """Register everything once."""
    notices.register()
    finder.register()
    register_looks(machine="plan", looks=words.LOOKS)
    register_verbs(words.TRAIL)
    register_names("plan", _themes)
    register_piece(slot="places.place", template="plans/_of_place.html", context=_of_place)
