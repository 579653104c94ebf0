"""The state machines of the apps as tables: which verb leads from where to where, and who may. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

START: Final = ""
"""The source of a thing that is not there yet."""
KEEPS: Final = "(same)"
"""The target of a verb that leaves the state as it is: hands, wish or words change, not the standing."""


@dataclass(frozen=True, slots=True)
class Transition:
    """From any of `sources`, by `verb`, to `target`; `permission` names the predicate that must hold.

    Without one the operation asks by itself: who may differs with the thing, not with the verb.
    """

    verb: str
    sources: frozenset[str]
    target: str
    permission: str = ""

    def reached_from(self, source: str) -> str:
        """Return the state that follows: the target, or for a verb that changes no state the one it was."""
        return source if self.target == KEEPS else self.target


Table = Mapping[str, Transition]
"""The transitions of one kind of thing, by their verbs."""


def table(*rows: Transition) -> Table:
    """Return a table of transitions by their verbs.

    Raises:
        ValueError: a verb stands in it twice, so that one of the two would be lost.
    """
    by_verb = {row.verb: row for row in rows}
    if len(by_verb) != len(rows):
        raise ValueError(f"a verb stands twice among {[row.verb for row in rows]}")
    return by_verb
