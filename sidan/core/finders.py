"""Finding anything from one field: each app says how its things are found, and who may look for them.

An app registers its finders in `ready()`. A finder reads within the active scope, like every list; `opens_to` keeps it
from being asked in vain.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise

from sidan.core.actor import Actor

SHOWN: Final = 5
"""Hits of one kind before the reader is led to its list."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found: its name, a few words that tell it from its namesakes, and its page."""

    title: str
    detail: str
    url: str


@dataclass(frozen=True, slots=True)
class Finder:
    """How one kind of thing is found. `find` returns at most `limit` hits, the likeliest first."""

    code: str
    label: str | Promise
    icon: str
    position: int
    """Where its hits stand on the page: what is looked for most often comes first."""
    opens_to: Callable[[Actor], bool]
    find: Callable[[Actor, str, int], list[Hit]]
    list_url: Callable[[str], str]
    """The list of these things, searched by the same words."""


@dataclass(frozen=True, slots=True)
class Found:
    """The hits of one finder; `more_url` leads to its list where there are more of them."""

    label: str | Promise
    icon: str
    hits: list[Hit]
    more_url: str


_finders: Final[dict[str, Finder]] = {}


def register_finder(finder: Finder) -> None:
    """Add a kind of thing; called from the owning app's ready()."""
    _finders[finder.code] = finder


def found_by(*, actor: Actor, words: str) -> list[Found]:
    """Return what these words find, kind by kind; nothing for no words."""
    if not words.strip():
        return []
    found = []
    for finder in sorted(_finders.values(), key=lambda each: each.position):
        if not finder.opens_to(actor):
            continue
        hits = finder.find(actor, words, SHOWN + 1)
        if hits:
            more = finder.list_url(words) if len(hits) > SHOWN else ""
            found.append(Found(finder.label, finder.icon, hits[:SHOWN], more))
    return found
