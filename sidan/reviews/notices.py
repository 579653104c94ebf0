"""What residents and staff are told about reviews. Never that a review was flagged."""

from datetime import datetime
from typing import Final

from django.utils.translation import gettext_lazy as _

from sidan.notify.enums import Topic
from sidan.notify.kinds import NoticeKind, register_kind
from sidan.orders.models import Order
from sidan.orders.notices import spoken, tell_dispatchers, tell_resident

TO_RESIDENT: Final = {
    "review_followed_up": _(
        "We have seen to what was not well with your order %(number)s. Please read our answer."
    ),
    "suggestion_adopted": _("Your suggestion about order %(number)s was adopted. Thank you!"),
    "suggestion_answered": _("There is an answer to your suggestion about order %(number)s."),
}
TO_STAFF: Final = {
    "review_to_follow_up": _(
        "Order %(number)s: the resident says that it is not well yet. Please see to it."
    ),
    "review_few_stars": _("Order %(number)s was done, but the resident gave few stars. Please see to it."),
    "suggestion_made": _("A suggestion came with the review of order %(number)s. Please answer it."),
}


def register() -> None:
    """Make the sentences known to the inbox."""
    for kind, sentence in (TO_RESIDENT | TO_STAFF).items():
        topic = Topic.MINE if kind in TO_RESIDENT else Topic.OFFICE
        told = NoticeKind(
            code=kind, sentence=sentence, icon="star", goes_out=True, topic=topic, words=spoken
        )  # fmt: skip
        register_kind(told)


def tell(*, kind: str, order: Order, at: datetime) -> None:
    """Tell the resident, or those who decide where the order is held, as the kind says."""
    told = tell_resident if kind in TO_RESIDENT else tell_dispatchers
    told(kind=kind, order=order, at=at)
