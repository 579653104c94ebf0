"""What terminals tell the apps below them when they start."""

from sidan.audit.registry import register_names, register_verbs
from sidan.kiosk import words
from sidan.kiosk.queries import names_of_terminals


def register() -> None:
    """Register everything once."""
    register_verbs(words.TRAIL)
    register_names("kiosk", names_of_terminals)
