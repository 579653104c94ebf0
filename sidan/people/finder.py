"""How volunteers, teams and accounts are found from the console's one search field. Phones stay masked."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sidan.core.actor import Actor
from sidan.core.finders import Finder, Hit, register_finder
from sidan.people import queries
from sidan.people.enums import ACCOUNT_ROLES, ORDER_STAFF_ROLES, PEOPLE_ROLES


def _volunteers(_actor: Actor, words: str, limit: int) -> list[Hit]:
    rows = queries.volunteers(wanted=queries.VolunteerFilter(query=words)).order_by("person__pinyin", "id")
    return [
        Hit(
            row.person.name,
            _details(row.place.shown_short, queries.masked_phone(row)),
            reverse("people:volunteer", args=[row.uuid]),
        )
        for row in rows[:limit]
    ]


def _teams(_actor: Actor, words: str, limit: int) -> list[Hit]:
    rows = queries.teams_in_scope(wanted=queries.TeamFilter(query=words)).order_by("pinyin", "id")
    return [
        Hit(
            row.shown_name,
            _details(row.place.shown_short, row.category.shown_name),
            reverse("people:team", args=[row.uuid]),
        )
        for row in rows[:limit]
    ]


def _accounts(actor: Actor, words: str, limit: int) -> list[Hit]:
    rows = queries.accounts(actor=actor, wanted=queries.AccountFilter(query=words)).order_by("id")
    return [
        Hit(row.person.name, queries.masked_sign_in_phone(row), reverse("people:account", args=[row.uuid]))
        for row in rows[:limit]
    ]


def _details(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _list(name: str, words: str) -> str:
    return f"{reverse(name)}?{urlencode({'q': words})}"


def register() -> None:
    """Tell how they are found; called from ready()."""
    register_finder(
        Finder(
            code="volunteers", label=_("Volunteers"), icon="users-round", position=20, find=_volunteers,
            opens_to=lambda actor: bool(actor.roles & PEOPLE_ROLES),
            list_url=lambda words: _list("people:volunteers", words),
        )
    )  # fmt: skip
    register_finder(
        Finder(
            code="teams", label=_("Teams"), icon="flag", position=30, find=_teams,
            opens_to=lambda actor: bool(actor.roles & ORDER_STAFF_ROLES or actor.team_ids),
            list_url=lambda words: _list("people:teams", words),
        )
    )  # fmt: skip
    register_finder(
        Finder(
            code="accounts", label=_("Accounts"), icon="key-round", position=60, find=_accounts,
            opens_to=lambda actor: bool(actor.roles & ACCOUNT_ROLES),
            list_url=lambda words: _list("people:accounts", words),
        )
    )  # fmt: skip
