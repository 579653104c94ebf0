"""Telling people: into the inbox by one insert, and outward by an outbox that loses nothing."""

from sidan.notify.operations.choosing import MOST_MINUTES, BadChatAddress, BadWindow, Chosen, choose_messages
from sidan.notify.operations.delivering import (
    KEPT_FOR,
    LEASE,
    MAX_ATTEMPTS,
    Tried,
    deliver_next,
    forget_done_deliveries,
)
from sidan.notify.operations.filling import BATCH, NOTICE_USEFUL_FOR, fill_outbox
from sidan.notify.operations.letters import (
    CodeRanOut,
    NotGivenUp,
    measure_outbox,
    send_again,
    send_all_again,
)
from sidan.notify.operations.telling import (
    NoChannel,
    mark_all_read,
    mark_read,
    notify,
    send_code,
    send_email_code,
)

__all__ = [
    "BATCH",
    "KEPT_FOR",
    "LEASE",
    "MAX_ATTEMPTS",
    "MOST_MINUTES",
    "NOTICE_USEFUL_FOR",
    "BadChatAddress",
    "BadWindow",
    "Chosen",
    "CodeRanOut",
    "NoChannel",
    "NotGivenUp",
    "Tried",
    "choose_messages",
    "deliver_next",
    "fill_outbox",
    "forget_done_deliveries",
    "mark_all_read",
    "mark_read",
    "measure_outbox",
    "notify",
    "send_again",
    "send_all_again",
    "send_code",
    "send_email_code",
]
