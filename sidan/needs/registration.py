"""What needs tell the apps below them when they start."""

from collections.abc import Collection, Mapping
from typing import Any

from django.http import HttpRequest

from sidan.audit.registry import register_names, register_verbs
from sidan.catalogue.models import Menu
from sidan.core.badges import register_looks
from sidan.core.requests import asker_of
from sidan.core.slots import register_piece
from sidan.needs import figures, notices, queries, words
from sidan.needs.models import Need, Survey
from sidan.needs.permissions import may_note
from sidan.orders.models import Order
from sidan.people.enums import ORDER_STAFF_ROLES


def _needs(ids: Collection[int]) -> Mapping[int, str]:
    return dict(Need.unscoped.filter(pk__in=ids).values_list("pk", "title"))


def _surveys(ids: Collection[int]) -> Mapping[int, str]:
    return dict(Survey.unscoped.filter(pk__in=ids).values_list("pk", "title"))


def _beside_menu(request: HttpRequest, menu: Menu) -> Mapping[str, Any] | None:
    """Beside a menu in the console: what the people of its place need (R-O2), to those who may see the list."""
    if not asker_of(request).roles & ORDER_STAFF_ROLES:
        return None
    return {"menu": menu, "kinds": queries.needed_beside(menu=menu)}


def _of_visit(request: HttpRequest, order: Order) -> Mapping[str, Any] | None:
    """Under the report of a visit: to write down what was said there, for who writes needs down at that place."""
    if order.is_private or not may_note(actor=asker_of(request), place_id=order.origin_place_id):
        return None
    return {"order": order}


def register() -> None:
    """Register everything once."""
    notices.register()
    register_looks(machine="need", looks=words.NEED_LOOKS)
    register_looks(machine="survey", looks=words.SURVEY_LOOKS)
    register_verbs(words.TRAIL)
    register_names("need", _needs)
    register_names("survey", _surveys)
    figures.register()
    register_piece(slot="catalogue.menu", template="needs/_beside_menu.html", context=_beside_menu)
    register_piece(slot="orders.told", template="needs/_of_visit.html", context=_of_visit)
