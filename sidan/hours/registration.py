"""What hours tell the apps below them when they start."""

from sidan.audit.registry import register_verbs
from sidan.core.badges import register_looks
from sidan.hours import figures, notices, soundness, words


def register() -> None:
    """Register everything once."""
    notices.register()
    figures.register()
    soundness.register()
    register_looks(machine="hours_claim", looks=words.LOOKS)
    register_verbs(words.TRAIL)
