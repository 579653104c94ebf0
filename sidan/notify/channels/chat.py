"""Group chats: the robots of DingTalk, Feishu and WeCom, and whatever else apprise knows.

The three robots are told by ourselves, because they say no with status 200 and a number in the answer, which apprise
(2.2) takes for a yes: a message would be lost without a word. Both read the same addresses.
"""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlsplit

from sidan.notify.channels.base import ChannelDown, ChannelError, Message
from sidan.notify.channels.web import NotNow, ask
from sidan.notify.enums import Address
from sidan.notify.gateways import Request, refusal_in


@dataclass(frozen=True, slots=True)
class Robot:
    """How a robot is told: its address with {token}, the shape of a text, and what a yes looks like."""

    url: str
    kind_field: str
    text_path: tuple[str, str]
    agrees: str


ROBOTS: Final[Mapping[str, Robot]] = {
    "dingtalk": Robot(
        "https://oapi.dingtalk.com/robot/send?access_token={token}", "msgtype", ("text", "content"), "errcode=0"
    ),
    "feishu": Robot(
        "https://open.feishu.cn/open-apis/bot/v2/hook/{token}", "msg_type", ("content", "text"), "code=0"
    ),
    "wecombot": Robot(
        "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={token}", "msgtype", ("text", "content"), "errcode=0"
    ),
}  # fmt: skip


def chat_address_works(address: str, *, schemes: frozenset[str]) -> bool:
    """Tell whether a robot's address can be used here: of an allowed service, and complete."""
    parts = urlsplit(address)
    if parts.scheme not in schemes or not parts.hostname:
        return False
    return parts.scheme in ROBOTS or _by_apprise(address) is not None


class ChatChannel:
    """Writes into a group chat: `dingtalk://token`, `dingtalk://secret@token`, `feishu://token`, `wecombot://key`."""

    name = "chat"
    address_kind = Address.CHAT

    def send(self, message: Message) -> None:
        """Write one message into the group.

        Raises:
            ChannelDown: the service does not answer (its place: all addresses of the service), or not for this
                address now (its place: this address alone; apprise does not tell the two apart).
            ChannelError: it refuses the message, or the address is none of its.
        """
        scheme = urlsplit(message.address).scheme
        if scheme in ROBOTS:
            _tell_robot(ROBOTS[scheme], message)
            return
        service = _by_apprise(message.address)
        if service is None:
            raise ChannelError("bad_address")
        if not service.notify(body=message.body):  # type: ignore[attr-defined] # apprise is not typed for us
            raise ChannelDown("apprise", place=message.address)


def _tell_robot(robot: Robot, message: Message) -> None:
    # Not urlsplit's hostname: that is in small letters, and a token is not.
    secret, _at, token = urlsplit(message.address).netloc.rpartition("@")
    url = robot.url.replace("{token}", quote(token, safe=""))
    outer, inner = robot.text_path
    body = {robot.kind_field: "text", outer: {inner: message.body}}
    headers = {"Content-Type": "application/json; charset=utf-8"}
    try:
        answer = ask(Request(url + _signature(secret), "POST", headers, json.dumps(body).encode()))
    except NotNow as exc:
        raise ChannelDown(str(exc), place=message.address) from None
    except ChannelDown as exc:
        raise ChannelDown(str(exc), place=f"{urlsplit(message.address).scheme}:") from None
    if refusal := refusal_in(answer, agrees=robot.agrees):
        raise ChannelError(refusal)


def _signature(secret: str) -> str:
    """Return what DingTalk wants beside the token of a robot that was made with a secret."""
    if not secret:
        return ""
    # The other side compares this with its own clock: the moment of the request, not of the act.
    stamp = str(round(time.time() * 1000))
    signed = hmac.new(secret.encode(), f"{stamp}\n{secret}".encode(), hashlib.sha256).digest()
    return f"&timestamp={stamp}&sign={quote(base64.b64encode(signed), safe='')}"


def _by_apprise(address: str) -> object | None:
    # Here, because it loads some 130 services: only an installation that allows one of them pays for it.
    from apprise import Apprise

    service: object | None = Apprise.instantiate(address)
    return service
