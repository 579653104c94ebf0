"""What terminals tell the apps below them when they start."""

from datetime import timedelta

from sidan.audit.registry import register_looking, register_names, register_verbs
from sidan.kiosk import words
from sidan.kiosk.policies import LOOK_AT_DIGITS
from sidan.kiosk.queries import names_of_terminals
from sidan.orders.looks import register_showing


def register() -> None:
    """Register everything once."""
    register_verbs(words.TRAIL)
    register_looking("order", words.LOOKING)
    # Digits of a moment: each showing is written down by itself.
    register_showing({LOOK_AT_DIGITS: timedelta()})
    register_names("kiosk", names_of_terminals)
