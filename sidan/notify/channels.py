"""The ways out: a small protocol, the console of the demo, and e-mail. A text-message provider is one class more."""

import smtplib
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Final, Protocol
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings

from sidan.core.logs import logger
from sidan.core.phones import mask_phone
from sidan.notify.enums import Address

TIMEOUT_SECONDS: Final = 10
log = logger("sidan.notify")


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
    """The message was not taken; it will be tried again."""


class Channel(Protocol):
    """A way out. `send` returns when the message was taken and raises ChannelError when it was not."""

    name: str
    address_kind: Address

    def send(self, message: Message) -> None:
        """Hand a message over; blocks for ten seconds at most."""
        ...


class ConsoleChannel:
    """Writes messages to the log. In the demo the text is shown, so that one can sign in with a code; elsewhere only
    that there was one.
    """

    name = "console"
    address_kind = Address.PHONE

    def send(self, message: Message) -> None:
        """Write one line."""
        shown = message.body if settings.MODE == "demo" else ""
        log.info("message", channel=self.name, to=mask_phone(message.address), text=shown)


class EmailChannel:
    """Sends by SMTP: `smtp://user:password@host:587?tls=start`, `smtps://…:465`, `smtp://127.0.0.1:25`."""

    name = "email"
    address_kind = Address.EMAIL

    def __init__(self, url: str) -> None:
        self._parts = urlsplit(url)
        self._starts_tls = parse_qs(self._parts.query).get("tls") == ["start"]

    def send(self, message: Message) -> None:
        """Hand one message to the mail server.

        Raises:
            ChannelError: the server cannot be reached or refuses it.
        """
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = (
            settings.DEFAULT_FROM_EMAIL,
            message.address,
            message.subject,
        )
        # The same id at every try lets a mail server drop the second copy.
        mail["Message-ID"] = f"<{message.reference}@{settings.DEFAULT_FROM_EMAIL.rpartition('@')[2]}>"
        mail.set_content(message.body)
        try:
            with self._connect() as server:
                server.send_message(mail)
        except (OSError, smtplib.SMTPException) as exc:
            raise ChannelError(type(exc).__name__) from exc

    def _connect(self) -> smtplib.SMTP:
        host, user = self._parts.hostname or "", unquote(self._parts.username or "")
        kind = smtplib.SMTP_SSL if self._parts.scheme == "smtps" else smtplib.SMTP
        server = kind(host, self._parts.port or 0, timeout=TIMEOUT_SECONDS)
        if self._starts_tls:
            server.starttls()
        if user:
            server.login(user, unquote(self._parts.password or ""))
        return server


class NoSuchChannel(LookupError):
    """A message waits for a channel that this installation no longer has."""


_registered: dict[str, Channel] = {}


def register_channel(channel: Channel) -> Channel:
    """Make another way out known; the last one registered for a kind of address is used for it."""
    _registered[channel.name] = channel
    return channel


def active_channels() -> dict[str, Channel]:
    """Return the ways out of this installation by name."""
    own: dict[str, Channel] = {}
    if settings.MODE in {"demo", "test"}:
        own["console"] = ConsoleChannel()
    if settings.SMTP_URL:
        own["email"] = EmailChannel(settings.SMTP_URL)
    return {**own, **_registered}


def channel_named(name: str) -> Channel:
    """Return a channel.

    Raises:
        NoSuchChannel: this installation has none of that name.
    """
    try:
        return active_channels()[name]
    except KeyError:
        raise NoSuchChannel(name) from None


def channel_for(kind: Address) -> Channel | None:
    """Return the channel that sends to a kind of address, if any."""
    fitting = [channel for channel in active_channels().values() if channel.address_kind == kind]
    return fitting[-1] if fitting else None
