"""What the trail's page cannot know by itself: how verbs read, what ids are called, and what lies below a place.

This app lies under places and people, so they (or whoever stands above them) tell it at start.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Final

from django.db.models import Q
from django.utils.functional import Promise

from sidan.core.actor import Grant


@dataclass(frozen=True, slots=True)
class FactWords:
    """How a fact of an entry reads: what it is called; its codes in words, or the kind of thing whose id it is."""

    label: str | Promise
    codes: Mapping[str, str | Promise] | None = None
    kind: str = ""


Names = Callable[[Collection[int]], Mapping[int, str]]
Reach = Callable[[tuple[Grant, ...]], Q]

_verbs: Final[dict[str, str | Promise]] = {}
_facts: Final[dict[str, "FactWords"]] = {}
_names: Final[dict[str, Names]] = {}
_looks: Final[dict[str, dict[str, str | Promise]]] = {}
_reach: list[Reach] = []


def register_verbs(sentences: Mapping[str, str | Promise]) -> None:
    """Say how verbs read after the name of who did it; `%(subject)s` is what it was done to."""
    _verbs.update(sentences)


def register_looking(kind: str, verbs: Mapping[str, str | Promise]) -> None:
    """Say which verbs on a kind of subject are looks at what is somebody's own, and what each shows.

    Whose it is reads who looked (R-Z10): whoever shows it by a verb of its own registers that too.
    """
    _looks.setdefault(kind, {}).update(verbs)


def looking_verbs(kind: str) -> Mapping[str, str | Promise]:
    """Return the verbs by which somebody looks at a kind of subject, with what each shows."""
    return dict(_looks.get(kind, {}))


def register_names(kind: str, names: Names) -> None:
    """Say what the ids of a kind of subject are called; the actor is of the kind "account"."""
    _names[kind] = names


def register_facts(words: Mapping[str, FactWords]) -> None:
    """Say how facts read, by their keys; a fact that nobody registered is shown as it is stored."""
    _facts.update(words)


def fact_words(key: str) -> FactWords | None:
    """Return how a fact reads, if somebody said so."""
    return _facts.get(key)


def register_reach(reach: Reach) -> None:
    """Say which entries belong to the subtrees of some grants."""
    _reach[:] = [reach]


def verb_words() -> dict[str, str | Promise]:
    """Return every verb that has a sentence."""
    return dict(_verbs)


def sentence_of(verb: str, subject: str) -> str:
    """Return an act in words; a verb that nobody registered is shown as its code, so that nothing is hidden."""
    sentence = _verbs.get(verb)
    return str(sentence) % {"subject": subject} if sentence is not None else f"{verb} {subject}".strip()


def names_of(kind: str, ids: Collection[int]) -> Mapping[int, str]:
    """Return what some ids of a kind are called; nothing for a kind that nobody registered."""
    names = _names.get(kind)
    return names(ids) if names is not None and ids else {}


def within(grants: tuple[Grant, ...]) -> Q:
    """Return the condition "this entry belongs to a subtree of these grants"; without a registration, none does."""
    return _reach[0](grants) if _reach and grants else Q(pk__in=[])
