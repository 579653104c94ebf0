"""Which ways out this installation has."""

from typing import Final

from django.conf import settings

from sidan.notify.channels.base import Channel
from sidan.notify.channels.chat import ChatChannel
from sidan.notify.channels.console import ConsoleChannel
from sidan.notify.channels.gateway import GatewayChannel
from sidan.notify.channels.mail import EmailChannel
from sidan.notify.enums import Address


class NoSuchChannel(LookupError):
    """A message waits for a channel that this installation no longer has."""

    code = "no_such_channel"


TERMINAL: Final = frozenset({"console", "console_mail"})
_registered: dict[str, Channel] = {}


def register_channel(channel: Channel) -> Channel:
    """Make another way out known; the last one registered for a kind of address is used for it."""
    _registered[channel.name] = channel
    return channel


def active_channels() -> dict[str, Channel]:
    """Return the ways out of this installation by name."""
    own: dict[str, Channel] = {}
    if settings.MESSAGES_TO_LOG:
        own["demo_sms"] = ConsoleChannel("demo_sms")
        own["demo_mail"] = ConsoleChannel("demo_mail", Address.EMAIL)
    if settings.MODE in {"demo", "test"}:
        own["console"] = ConsoleChannel()
        own["console_mail"] = ConsoleChannel("console_mail", Address.EMAIL)
    if settings.SMS_GATEWAY is not None:
        own["sms"] = GatewayChannel(settings.SMS_GATEWAY)
    if settings.SMTP_URL:
        own["email"] = EmailChannel(settings.SMTP_URL)
    if settings.CHAT_SCHEMES:
        own["chat"] = ChatChannel()
    return {**own, **_registered}


def outward_channels() -> list[Channel]:
    """Return those by which notices leave: one for each kind of address, the last that was set up.

    Never those that show codes on the demo's terminal: among notices nobody would find them.
    """
    fitting = [channel for channel in active_channels().values() if channel.name not in TERMINAL]
    return list({channel.address_kind: channel for channel in fitting}.values())


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


def sends_to(kind: Address) -> bool:
    """Tell whether anything can be sent to a kind of address here."""
    return channel_for(kind) is not None
