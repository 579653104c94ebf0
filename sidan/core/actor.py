"""Who acts: a small frozen value that operations and permissions read, built once a request from one query."""

from dataclasses import dataclass, field
from typing import Final


@dataclass(frozen=True, slots=True)
class Grant:
    """A role held at a place and, by that, over its subtree. `covers_county` tells a grant at a center or above it."""

    role: str
    place_id: int
    county_id: int | None
    kind: str
    is_narrowed: bool = False
    """A grant further up, seen as if it were here: it opens the subtree, not what is private to the place."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A person at work. `team_ids` are the teams one belongs to, `led_team_ids` those one speaks for."""

    account_id: int | None
    person_id: int | None = None
    name: str = ""
    grants: tuple[Grant, ...] = ()
    team_ids: tuple[int, ...] = ()
    led_team_ids: tuple[int, ...] = ()
    home_place_id: int | None = None
    account_uuid: str = ""
    language: str = "zh-hans"
    large_print: bool = False
    theme: str = "paper"
    device: str = field(default="", repr=False, compare=False)
    """The random mark of the browser, where there is one; only its keyed hash is ever kept."""
    roles: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "roles", frozenset(grant.role for grant in self.grants))

    @property
    def is_signed_in(self) -> bool:
        return self.account_id is not None

    def places_where(self, roles: frozenset[str]) -> tuple[int, ...]:
        """Return the places at which one of the roles was granted (their subtrees are meant)."""
        return tuple(grant.place_id for grant in self.grants if grant.role in roles)

    def places_kept(self, roles: frozenset[str]) -> tuple[int, ...]:
        """Return the places at which one of the roles was granted itself: the places alone are meant."""
        held = (grant.place_id for grant in self.grants if grant.role in roles and not grant.is_narrowed)
        return tuple(dict.fromkeys(held))


NOBODY: Final = Actor(account_id=None)
"""A visitor without an account."""

SYSTEM: Final = Actor(account_id=None, name="system")
"""A job or a command; scope is entered by name with a reason."""
