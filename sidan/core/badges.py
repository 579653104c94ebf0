"""How a state looks: word, icon and tone together, because colour alone says nothing to many.

The app that owns a state machine registers the looks of its states when it starts; templates ask by machine and code.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from django.utils.functional import Promise

from sidan.core.turns import Turn

Tone = Literal["waiting", "moving", "soon", "overdue", "done", "honour"]


@dataclass(frozen=True, slots=True)
class StateLook:
    """What a reader sees of one state. `icon` is a name of the icon package."""

    word: str | Promise
    icon: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class StepWords:
    """What a reader sees of one verb in a history: the sentence, and a name of the icon package."""

    sentence: str | Promise
    icon: str


@dataclass(frozen=True, slots=True)
class ToldStep:
    """A line of a history, as `web/_timeline.html` shows it."""

    sentence: str
    at: datetime
    icon: str
    note: str
    who: str = ""


_looks: Final[dict[tuple[str, str], StateLook]] = {}


def register_looks(*, machine: str, looks: Mapping[str, StateLook]) -> None:
    """Tell how the states of a machine look; called from the owning app's ready()."""
    for state, look in looks.items():
        _looks[machine, state] = look


def look_of(*, machine: str, state: str) -> StateLook:
    """Return the look of a state.

    Raises:
        KeyError: nobody registered it, which a test of the owning app should find first.
    """
    return _looks[machine, state]


def told_turn(step: Turn, *, words: Mapping[str, StepWords], who: str = "") -> ToldStep:
    """Return a turn of a small state machine in words, with the note that may hang on it."""
    look, note = words[step.verb], getattr(step, "note", None)
    return ToldStep(str(look.sentence), step.at, look.icon, str(note.words) if note else "", who)
