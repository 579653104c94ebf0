"""What wishes tell the apps below them when they start."""

from sidan.audit.registry import register_looking, register_verbs
from sidan.core.badges import register_looks
from sidan.files.permissions import register_access, register_look, register_use
from sidan.wishes import figures, notices, words
from sidan.wishes.operations.handling import write_paper_down
from sidan.wishes.permissions import WISH_PAPER, WISH_PHOTO, may_see_wish_paper, may_see_wish_photo
from sidan.wishes.queries import papers_in_use, photos_in_use


def register() -> None:
    """Register everything once."""
    notices.register()
    figures.register()
    register_looks(machine="wish", looks=words.LOOKS)
    register_verbs(words.TRAIL)
    register_looking("wish", words.LOOKING)
    register_access(WISH_PHOTO, may_see_wish_photo)
    register_access(WISH_PAPER, may_see_wish_paper)
    register_look(WISH_PAPER, write_paper_down)
    register_use(photos_in_use)
    register_use(papers_in_use)
