"""What a line of the matrix says: a route and a method, what is sent, and who may."""

from dataclasses import dataclass, field
from typing import Any, Final

ADMINS: Final = frozenset({"system_admin", "security_admin", "audit_admin"})
HANDLERS: Final = frozenset({"director", "dispatcher", "manager"})
"""Admit, refuse, dispatch."""
ENTERERS: Final = HANDLERS | {"practitioner", "grid_keeper", "operator"}
OURS: Final = ENTERERS | {"supervisor"}
"""Whose office opens the orders of the station of Chengbei."""
MANAGERS: Final = frozenset({"manager", "director"})
TEAM: Final = frozenset({"leader", "volunteer"})
LEADER: Final = frozenset({"leader"})
RESIDENT: Final = frozenset({"resident"})
MANAGER: Final = frozenset({"manager"})
MALLORY: Final = frozenset({"mallory"})
"""Every working role of the next county: she has lists and forms of her own, and nothing of ours."""
OFFICES: Final = OURS | MALLORY
STAFF: Final = OFFICES | ADMINS
SIGNED: Final = STAFF | TEAM | RESIDENT
ALL: Final = SIGNED | {"visitor"}
KEEPERS: Final = frozenset({"manager", "system_admin", "security_admin"})
"""Who looks after the accounts of the county."""
ROLL: Final = MANAGERS | {"practitioner"}
NONE: Final[frozenset[str]] = frozenset()
ROLES: Final = tuple(sorted(ALL))
WRITING: Final = frozenset({"POST", "PUT", "PATCH", "DELETE"})


@dataclass(frozen=True)
class Line:
    """One route with one method. `told` are those who are answered by a sentence although nothing is done for them."""

    route: str
    method: str
    may: frozenset[str]
    send: dict[str, Any] | None = None
    told: frozenset[str] = NONE
    leaves: str = "rows"
    """"rows" where an allowed write must leave something in the database, "nothing" where it must not."""
    query: str = ""
    """What stands behind the question mark of a write: a name and the thing it means."""
    parts: dict[str, str] = field(default_factory=dict)
    """The parts of the address, each the name of a thing on the stage."""
    case: str = ""
    """Where the same route is asked a second time, about things of another kind: which ones."""

    @property
    def name(self) -> str:
        return f"{self.method} {self.route}" + (f", {self.case}" if self.case else "")

    @property
    def is_api(self) -> bool:
        return self.route.startswith("/")


def get(
    route: str,
    may: frozenset[str],
    told: frozenset[str] = NONE,
    ask: dict[str, Any] | None = None,
    leaves: str = "nothing",
    **parts: str,
) -> Line:
    """A page or a list that is read; `ask` stands behind the question mark."""
    return Line(route=route, method="GET", may=may, told=told, send=ask, leaves=leaves, parts=parts)


def post(
    route: str, may: frozenset[str], send: dict[str, Any] | None = None, *, told: frozenset[str] = NONE,
    leaves: str = "rows", query: str = "", **parts: str,
) -> Line:  # fmt: skip
    """A write."""
    return Line(
        route=route, method="POST", may=may, send=send, told=told, leaves=leaves, query=query, parts=parts
    )


def put(
    route: str, may: frozenset[str], send: dict[str, Any], told: frozenset[str] = NONE, **parts: str
) -> Line:
    """A write that replaces."""
    return Line(route=route, method="PUT", may=may, send=send, told=told, parts=parts)


def patch(route: str, may: frozenset[str], send: dict[str, Any]) -> Line:
    """A write that changes a part."""
    return Line(route=route, method="PATCH", may=may, send=send)


def delete(
    route: str, may: frozenset[str], told: frozenset[str] = NONE, *, leaves: str = "rows", **parts: str
) -> Line:
    """A write that ends something."""
    return Line(route=route, method="DELETE", may=may, told=told, leaves=leaves, parts=parts)
