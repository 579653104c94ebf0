"""Who may open, see and lead a case. Nobody sees one by standing above: a center's manager gets counts (R-O11)."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from sidan.core.actor import Actor
from sidan.core.errors import Forbidden, NotFound
from sidan.mediation.models import Case
from sidan.people.enums import FIGURE_ROLES, Role
from sidan.places.queries import stands_within

MEDIATING_ROLES: Final = frozenset({Role.PRACTITIONER, Role.GRID_KEEPER, Role.DIRECTOR})
ABOVE_INSTITUTES: Final = frozenset({"center", "city", "province"})


class MayNotMediate(Forbidden):
    code = "may_not_mediate"
    sentence = _("Cases are opened by the practitioners, grid keepers and directors of a place.")


class NoSuchCase(NotFound):
    """There is none, or it is not the actor's to know of: the same answer for both."""

    code = "no_such_case"


class NotYourCase(Forbidden):
    code = "not_your_case"
    sentence = _("Only the mediator leads a case. The director may hand it to another mediator.")


class MayNotCountCases(Forbidden):
    code = "may_not_count_cases"
    sentence = _("How many cases there are is told to those who read the figures of a whole county.")


def may_come_in(*, actor: Actor) -> bool:
    """Tell whether the pages are open at all; which cases are on them, `queries.cases_of` says.

    Whoever may not open a case may still be a mediator by name: a case is found by its address.
    """
    return bool(MEDIATING_ROLES & actor.roles)


def require_mediating(*, actor: Actor) -> None:
    if not may_come_in(actor=actor):
        raise MayNotMediate


def require_opening(*, actor: Actor, place_id: int) -> int:
    """Return the person who opens a case: where they hold such a role, or below. Raises MayNotMediate."""
    if actor.person_id is None or not stands_within(
        place_id=place_id, root_ids=actor.places_where(MEDIATING_ROLES)
    ):
        raise MayNotMediate
    return actor.person_id


def directs(*, actor: Actor, case: Case) -> bool:
    """Tell whether the actor is the director who sees it."""
    return case.director_place_id in actor.places_where(frozenset({Role.DIRECTOR}))


def leads(*, actor: Actor, case: Case) -> bool:
    """Tell whether the actor is the mediator."""
    return actor.person_id is not None and case.mediator_id == actor.person_id


def require_leading(*, actor: Actor, case: Case) -> None:
    if not leads(actor=actor, case=case):
        raise NotYourCase


def require_handing_over(*, actor: Actor, case: Case) -> None:
    if not (leads(actor=actor, case=case) or directs(actor=actor, case=case)):
        raise NotYourCase


def counting_roots(*, actor: Actor) -> tuple[int, ...]:
    """Return the centers, cities and provinces whose cases the actor may count: below them a count tells who it is.

    Raises:
        MayNotCountCases: there is none.
    """
    roots = tuple(
        grant.place_id
        for grant in actor.grants
        if grant.role in FIGURE_ROLES and grant.kind in ABOVE_INSTITUTES
    )
    if not roots:
        raise MayNotCountCases
    return roots
