"""What the desk tells the apps below it when it starts."""

from sidan.audit.registry import register_verbs
from sidan.catalogue.queries import register_naming
from sidan.desk import words
from sidan.desk.queries import services_named


def register() -> None:
    """Register everything once."""
    register_verbs(words.TRAIL)
    register_naming(services_named)
