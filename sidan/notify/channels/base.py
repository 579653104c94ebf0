"""What a way out is."""

from dataclasses import dataclass
from typing import Final, Protocol

from sidan.notify.enums import Address

TIMEOUT_SECONDS: Final = 10


@dataclass(frozen=True, slots=True)
class Message:
    """What a channel is handed. `reference` is the same at every try of one message."""

    reference: str
    address: str
    subject: str
    body: str

    def __repr__(self) -> str:
        return f"<Message {self.reference}>"


class ChannelError(Exception):
    """The message was not taken: refused, as far as one can know. After some tries it is given up."""


class ChannelDown(ChannelError):
    """The other side does not answer, or not for now: says nothing of the message, which waits until it does.

    `place` names the part of the channel that is meant, where it has several: an address, or the service of some
    addresses as its scheme with a colon. Without it nothing goes through the channel at all.
    """

    def __init__(self, reason: str = "", *, place: str = "") -> None:
        super().__init__(reason)
        self.place = place


class Channel(Protocol):
    """A way out. `send` returns when the message was taken and raises ChannelError when it was not."""

    name: str
    address_kind: Address

    def send(self, message: Message) -> None:
        """Hand a message over; blocks for ten seconds at most."""
        ...
