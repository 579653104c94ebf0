"""Tells the audit trail what it cannot know from below: names of ids, words of acts, and what lies under a place."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Q

from sidan.audit.registry import register_facts, register_names, register_reach, register_verbs
from sidan.catalogue.models import Menu, Project
from sidan.core.actor import Grant
from sidan.core.scope import Scope
from sidan.orders.models import Order
from sidan.people.models import Account, Person, Team, Volunteer
from sidan.places.models import Place, PopUp
from sidan.places.queries import scope_condition
from sidan.web.trail_facts import FACTS
from sidan.web.trail_words import EVERYTHING


def within(grants: tuple[Grant, ...]) -> Q:
    """Return the condition "this entry belongs to a subtree of these grants".

    Signing in and the like have no place: they belong to where the account's person lives. Who audits a root of the
    installation also reads what belongs nowhere.
    """
    centers = tuple(grant.place_id for grant in grants if grant.kind == "center")
    others = tuple(grant.place_id for grant in grants if grant.kind != "center")
    scope = Scope(root_ids=others, whole_county_ids=centers)
    found = scope_condition(scope, place="place_id", county="county_id")
    homeless = Q(place_id=None, county_id=None)
    found |= homeless & scope_condition(
        scope, place="actor__person__home_place", county="actor__person__county"
    )
    if Place.objects.filter(pk__in=others + centers, parent=None).exists():
        found |= homeless
    return found


def _by(rows: Any, name: str) -> Any:
    """Make a function from ids to names of one query over some rows."""

    def names(ids: Collection[int]) -> Mapping[int, str]:
        return dict(rows.filter(pk__in=ids).values_list("pk", name))

    return names


def _menus(ids: Collection[int]) -> Mapping[int, str]:
    menus = Menu.objects.filter(pk__in=ids).select_related("place")
    return {menu.pk: f"{menu.place.short_name} {menu.month:%Y-%m}" for menu in menus}


def register() -> None:
    """Register everything once. Names are those of an entry that the reader may see, so they are read unscoped."""
    register_reach(within)
    register_verbs(EVERYTHING)
    register_facts(FACTS)
    register_names("account", _by(Account.objects, "person__name"))
    register_names("person", _by(Person.unscoped, "name"))
    register_names("volunteer", _by(Volunteer.unscoped, "person__name"))
    register_names("team", _by(Team.objects, "name"))
    register_names("place", _by(Place.objects, "short_name"))
    register_names("pop_up", _by(PopUp.objects, "name"))
    register_names("project", _by(Project.unscoped, "title"))
    register_names("order", _by(Order.unscoped, "number"))
    register_names("menu", _menus)
