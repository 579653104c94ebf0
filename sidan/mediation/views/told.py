"""The history of a case in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sidan.mediation.models import CaseStep
from sidan.mediation.words import STEPS


@dataclass(frozen=True, slots=True)
class ToldStep:
    """A line of `web/_timeline.html`."""

    sentence: str
    at: datetime
    icon: str
    note: str
    who: str


def told_steps(steps: Iterable[CaseStep]) -> list[ToldStep]:
    """Tell what happened, newest first."""
    told = []
    for step in steps:
        words = STEPS[step.verb]
        note = getattr(step, "note", None)
        told.append(
            ToldStep(
                sentence=str(words.sentence), at=step.at, icon=words.icon, note=str(note.words) if note else "",
                who=step.actor.person.name if step.actor else "",
            )
        )  # fmt: skip
    return told[::-1]
