"""What is read of notices, of choices and of the outbox."""

from sidan.notify.queries.choices import Choices, chat_recipients, choices_of, last_sent_to, topics_and_ways
from sidan.notify.queries.inbox import UNREAD_SHOWN_TO, inbox_of, unread_count
from sidan.notify.queries.outbox import (
    ChannelLine,
    last_sent_by,
    left_out_lately,
    outbox_page,
    outbox_summary,
)

__all__ = [
    "UNREAD_SHOWN_TO",
    "ChannelLine",
    "Choices",
    "chat_recipients",
    "choices_of",
    "inbox_of",
    "last_sent_by",
    "last_sent_to",
    "left_out_lately",
    "outbox_page",
    "outbox_summary",
    "topics_and_ways",
    "unread_count",
]
