"""Whose rows one may see. Fails closed: a query on a scoped model without an active scope raises.

A scope is the subtree of some places, or a person's own things, or a team's, or what is public. Jobs and commands
that must see everything say so by name and with a reason, which makes every such place easy to find.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TypeVar

from django.db import models
from django.db.models import Q

from sidan.core.actor import Actor


class NoScope(RuntimeError):
    """A scoped model was queried although nobody said whose rows may be seen."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What the present code may see. All parts are alternatives: a row is visible when any of them says so."""

    root_ids: tuple[int, ...] = ()
    """Places whose subtree is visible to staff."""
    whole_county_ids: tuple[int, ...] = ()
    """Centers among the roots: their rows are found by `county_id`, without the closure table."""
    person_id: int | None = None
    team_ids: tuple[int, ...] = ()
    keeping_ids: tuple[int, ...] = ()
    """Places at which one handles what is private there: these places alone, never their subtree."""
    holding_ids: tuple[int, ...] = ()
    """Places at which one handles what the place itself holds, and no more than that."""
    deciding_ids: tuple[int, ...] = ()
    """Places at which one decides about what they and all places below hold."""
    public: bool = True
    unlimited: bool = False
    reason: str = ""


_active: ContextVar[Scope | None] = ContextVar("sidan_scope", default=None)


def scope_of(
    actor: Actor, *, staff_roles: frozenset[str], keeping_roles: frozenset[str] = frozenset(),
    holding_roles: frozenset[str] = frozenset(), deciding_roles: frozenset[str] = frozenset(),
) -> Scope:  # fmt: skip
    """Build the scope of an actor: the subtrees where a staff role was granted, own things, own teams.

    `keeping_roles` handle what is private at the place of their grant, `holding_roles` only what that place holds
    itself; without either nothing private is seen. `deciding_roles` open nothing: they say what of it waits for one.
    """
    staff = [grant for grant in actor.grants if grant.role in staff_roles]
    return Scope(
        root_ids=tuple(grant.place_id for grant in staff if grant.kind != "center"),
        whole_county_ids=tuple(grant.place_id for grant in staff if grant.kind == "center"),
        person_id=actor.person_id,
        team_ids=actor.team_ids,
        keeping_ids=actor.places_kept(keeping_roles),
        holding_ids=actor.places_kept(holding_roles),
        deciding_ids=tuple(dict.fromkeys(actor.places_where(deciding_roles))),
    )


def current_scope() -> Scope:
    """Return the active scope.

    Raises:
        NoScope: nobody entered one.
    """
    scope = _active.get()
    if scope is None:
        raise NoScope("no scope is active: enter scoped(...) or everything(reason)")
    return scope


@contextmanager
def scoped(scope: Scope) -> Iterator[Scope]:
    """Run a block within a scope."""
    token = _active.set(scope)
    try:
        yield scope
    finally:
        _active.reset(token)


@contextmanager
def no_scope() -> Iterator[None]:
    """Run a block in which every query on a scoped model raises, whatever scope is active around it."""
    token = _active.set(None)
    try:
        yield
    finally:
        _active.reset(token)


@contextmanager
def everything(reason: str) -> Iterator[Scope]:
    """Run a block that may see every row: jobs, commands, and reads that check the right themselves."""
    if not reason:
        raise NoScope("everything() needs a reason")
    with scoped(Scope(unlimited=True, reason=reason)) as scope:
        yield scope


_Row = TypeVar("_Row", bound=models.Model)


class ScopedManager(models.Manager[_Row]):
    """The manager of a tenant's model: every query starts from the active scope.

    The model says in `scope_q(scope)` which rows a scope may see. Django's own machinery (related managers, forms)
    goes through the base manager, which is unscoped on purpose: one reaches it only from a row already seen.
    """

    def get_queryset(self) -> models.QuerySet[_Row]:
        scope = current_scope()
        rows = super().get_queryset()
        if scope.unlimited:
            return rows
        visible: Q = self.model.scope_q(scope)  # type: ignore[attr-defined] # the model's half of the contract
        return rows.filter(visible)


def nothing() -> Q:
    """Return a condition no row fulfils: what a scope without rights sees."""
    return Q(pk__in=[])


def own_q(scope: Scope, field: str = "person") -> Q:
    """Return the condition that a row is the reader's own; on an office's page, which is nobody's, no row.

    Left in the statement, "person 0 or county so-and-so" would keep it from the county's index.
    """
    return Q(**{field: scope.person_id}) if scope.person_id else nothing()
