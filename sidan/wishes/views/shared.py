"""What the pages of wishes have in common."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sidan.core.actor import Actor
from sidan.core.badges import ToldStep, told_turn
from sidan.files.models import StoredFile
from sidan.files.operations import store_picture
from sidan.wishes.models import WishStep
from sidan.wishes.permissions import WISH_PHOTO
from sidan.wishes.words import STEPS


def told_steps(steps: Iterable[WishStep]) -> list[ToldStep]:
    """Tell what happened, newest first."""
    return [told_turn(step, words=STEPS) for step in steps][::-1]


def photo_of(actor: Actor, upload: Any, *, at: datetime) -> StoredFile | None:
    """Store the picture of a wish that came true, if one was sent."""
    return store_picture(actor=actor, at=at, upload=upload.file, purpose=WISH_PHOTO) if upload else None
