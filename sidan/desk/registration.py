"""What the desk tells the apps below it when it starts."""

from sidan.audit.registry import register_verbs
from sidan.desk import words


def register() -> None:
    """Register everything once."""
    register_verbs(words.TRAIL)
