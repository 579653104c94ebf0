"""What hours tell the apps below them when they start."""

from sidan.audit.registry import register_verbs
from sidan.core.badges import register_looks
from sidan.core.slots import register_piece
from sidan.hours import figures, notices, soundness, words
from sidan.hours.views import slots


def register() -> None:
    """Register everything once."""
    notices.register()
    figures.register()
    soundness.register()
    register_piece(slot="people.me", template="hours/_door.html", context=slots.of_me)
    register_piece(slot="people.team", template="hours/_team_panel.html", context=slots.of_team)
    register_looks(machine="hours_claim", looks=words.LOOKS)
    register_looks(machine="hours_record", looks=words.RECORDS)
    register_verbs(words.TRAIL)
