"""What reviews tell the apps below them when they start."""

from sidan.audit.registry import register_looking, register_verbs
from sidan.core.badges import register_looks
from sidan.core.slots import register_piece
from sidan.orders.queries import register_written
from sidan.reviews import figures, notices, queries, words
from sidan.reviews.views import slots


def register() -> None:
    """Register everything once."""
    notices.register()
    figures.register()
    register_looks(machine="call_back", looks=words.CALLS)
    register_looks(machine="review_standing", looks=words.STANDINGS)
    register_looks(machine="follow_up", looks=words.FOLLOW_UPS)
    register_looks(machine="suggestion", looks=words.SUGGESTIONS)
    register_verbs(words.TRAIL)
    register_looking("order", words.LOOKING)
    register_written("reviews", queries.answers_of)
    register_piece(slot="orders.reviews", template="reviews/_tabs.html", context=slots.tabs)
    register_piece(slot="orders.order", template="reviews/_came_after.html", context=slots.came_after)
    register_piece(
        slot="catalogue.service", template="reviews/_satisfaction_panel.html", context=slots.of_project
    )
    register_piece(slot="people.team", template="reviews/_satisfaction_panel.html", context=slots.of_team)
    register_piece(slot="places.place", template="reviews/_suggestions_told.html", context=slots.of_place)
