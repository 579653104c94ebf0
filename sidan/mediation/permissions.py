"""Who may open, see and lead a case. Nobody sees one by standing above: a center's manager gets counts (R-O11)."""

from typing import Final

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from sidan.core.actor import Actor
from sidan.core.errors import Forbidden, NotFound
from sidan.mediation.models import Case
from sidan.people.enums import FIGURE_ROLES, Role
from sidan.people.models import RoleGrant
from sidan.places.models import PlaceLink
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


def directors_above(*, place_id: int | OuterRef) -> QuerySet[PlaceLink]:
    """Return the ties of a place to those, from itself up, that have a director with an open account today."""
    held = RoleGrant.objects.filter(role=Role.DIRECTOR, ended_at=None, account__is_active=True)
    return PlaceLink.objects.filter(
        descendant=place_id, during__upper_inf=True, ancestor__in=held.values("place")
    )


def places_directed(*, actor: Actor) -> QuerySet[PlaceLink]:
    """Return the places whose director the actor is now: no nearer one has a director of its own.

    Asked whenever a case is read: who is appointed sees the cases of the place, and whoever stood in for them no more.
    """
    nearer = directors_above(place_id=OuterRef("descendant")).filter(depth__lt=OuterRef("depth"))
    mine = PlaceLink.objects.filter(
        ancestor__in=actor.places_where(frozenset({Role.DIRECTOR})), during__upper_inf=True
    )
    return mine.filter(~Exists(nearer))


def directs(*, actor: Actor, case: Case) -> bool:
    """Tell whether the actor is the director who sees it."""
    return places_directed(actor=actor).filter(descendant=case.place_id).exists()


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
