"""Every write of wishes."""

from sidan.wishes.operations.adopting import (
    AdoptedAlready,
    NotYourTeamToAdopt,
    adopt_wish,
    release_adoption,
)
from sidan.wishes.operations.asking import ask_for_project
from sidan.wishes.operations.clock import CLOCKWORK
from sidan.wishes.operations.door import WishMovedOn
from sidan.wishes.operations.fulfilling import (
    fulfil_wish,
    require_fulfilling,
    tell_of_order_over,
)
from sidan.wishes.operations.handling import (
    SentenceNotRead,
    answer_wish,
    contact_of,
    draft_project,
    look_at_words,
    order_for_wish,
    pass_up_wish,
    publish_wish,
    take_down_wish,
)
from sidan.wishes.operations.thanking import (
    PictureNotAgreed,
    hide_picture,
    hide_thanks,
    show_thanks,
    show_thanks_with_picture,
)
from sidan.wishes.operations.wishing import (
    HomeUnknown,
    NewWish,
    make_wish,
    make_wish_for,
    withdraw_wish,
)

__all__ = [
    "CLOCKWORK",
    "AdoptedAlready",
    "HomeUnknown",
    "NewWish",
    "NotYourTeamToAdopt",
    "PictureNotAgreed",
    "SentenceNotRead",
    "WishMovedOn",
    "adopt_wish",
    "answer_wish",
    "ask_for_project",
    "contact_of",
    "draft_project",
    "fulfil_wish",
    "hide_picture",
    "hide_thanks",
    "look_at_words",
    "make_wish",
    "make_wish_for",
    "order_for_wish",
    "pass_up_wish",
    "publish_wish",
    "release_adoption",
    "require_fulfilling",
    "show_thanks",
    "show_thanks_with_picture",
    "take_down_wish",
    "tell_of_order_over",
    "withdraw_wish",
]
