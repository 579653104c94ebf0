"""The ways out: a small protocol, and one module for each way."""

from sidan.notify.channels.base import Channel, ChannelDown, ChannelError, Message
from sidan.notify.channels.chat import ChatChannel, chat_address_works
from sidan.notify.channels.console import ConsoleChannel
from sidan.notify.channels.gateway import GatewayChannel
from sidan.notify.channels.mail import EmailChannel
from sidan.notify.channels.registry import (
    NoSuchChannel,
    active_channels,
    channel_for,
    channel_named,
    outward_channels,
    register_channel,
    sends_to,
)

__all__ = [
    "Channel",
    "ChannelDown",
    "ChannelError",
    "ChatChannel",
    "ConsoleChannel",
    "EmailChannel",
    "GatewayChannel",
    "Message",
    "NoSuchChannel",
    "active_channels",
    "channel_for",
    "channel_named",
    "chat_address_works",
    "outward_channels",
    "register_channel",
    "sends_to",
]
