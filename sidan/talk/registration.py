"""What talk tells the apps below it when it starts."""

from sidan.audit.registry import register_verbs
from sidan.core.slots import register_piece
from sidan.talk import notices, words
from sidan.talk.views import place_of_talk


def register() -> None:
    """Register everything once."""
    notices.register()
    register_verbs(words.TRAIL)
    register_piece(slot="orders.talk", template="talk/_place.html", context=place_of_talk)
