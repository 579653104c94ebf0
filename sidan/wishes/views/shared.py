"""What the pages of wishes have in common."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sidan.core.actor import Actor
from sidan.files.models import StoredFile
from sidan.files.operations import store_picture
from sidan.wishes.models import WishStep
from sidan.wishes.permissions import WISH_PHOTO
from sidan.wishes.words import STEPS


@dataclass(frozen=True, slots=True)
class ToldStep:
    """A line of `web/_timeline.html`."""

    sentence: str
    at: datetime
    icon: str
    note: str
    who: str = ""


def told_steps(steps: Iterable[WishStep]) -> list[ToldStep]:
    """Tell what happened, newest first."""
    told = []
    for step in steps:
        words, note = STEPS[step.verb], getattr(step, "note", None)
        told.append(ToldStep(str(words.sentence), step.at, words.icon, str(note.words) if note else ""))
    return told[::-1]


def photo_of(actor: Actor, upload: Any, *, at: datetime) -> StoredFile | None:
    """Store the picture of a wish that came true, if one was sent."""
    return store_picture(actor=actor, at=at, upload=upload.file, purpose=WISH_PHOTO) if upload else None
