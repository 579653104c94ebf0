"""What talk tells the apps below it when it starts."""

from sidan.audit.registry import register_verbs
from sidan.talk import notices, words


def register() -> None:
    """Register everything once."""
    notices.register()
    register_verbs(words.TRAIL)
