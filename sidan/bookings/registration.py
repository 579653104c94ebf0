"""What bookings tell the apps below them when they start."""

from sidan.audit.registry import register_verbs
from sidan.bookings import notices, words
from sidan.core.badges import register_looks


def register() -> None:
    """Register everything once."""
    notices.register()
    register_looks(machine="booking", looks=words.LOOKS)
    register_looks(machine="room", looks=words.ROOM_LOOKS)
    register_verbs(words.TRAIL)
