"""A terminal of the scene's station, and a browser that is it."""

from datetime import datetime

import pytest
from django.test import Client

from sidan.core.actor import SYSTEM
from sidan.kiosk import operations
from sidan.kiosk.models import KioskTerminal
from sidan.notify.models import Delivery
from tests.orders.scene import AT, Scene

MODULES = (
    "kiosk.views.act", "kiosk.views.start", "kiosk.views.ordering", "kiosk.views.following", "kiosk.views.staff",
    "orders.telling",
)  # fmt: skip
PHONE = "12088880007"
MORNING = "20261121T0900/1200"


def it_is(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    """Let the pages of the terminal read this moment from the clock."""
    for module in MODULES:
        monkeypatch.setattr(f"sidan.{module}.now", lambda: at)


def enrolled(scene: Scene, *, name: str = "大厅") -> tuple[KioskTerminal, str]:
    """Return a terminal that is set up, and its token."""
    invited = operations.invite_terminal(actor=SYSTEM, at=AT, place=scene.station, name=name)
    return operations.enrol_terminal(at=AT, code=invited.code, address="10.0.0.1")


def kiosk(token: str = "") -> Client:
    """Return the browser of a terminal; without a token of a device that is none yet."""
    client = Client()
    client.cookies["django_language"] = "en"
    if token:
        client.cookies["sidan_kiosk"] = token
    return client


def code_sent() -> str:
    """Return the digits that were sent last, as the owner of the telephone reads them."""
    delivery = Delivery.objects.order_by("-id")[0]
    return "".join(sign for sign in delivery.body if sign.isdigit())[:6]


def proven(client: Client, *, what: str, phone: str = PHONE, **more: str) -> str:
    """Begin an act and prove a telephone; returns where it leads."""
    client.post("/kiosk/begin/", {"what": what, **more})
    assert client.post("/kiosk/phone/", {"phone": phone}).headers["Location"] == "/kiosk/code/"
    return str(client.post("/kiosk/code/", {"code": code_sent()}).headers["Location"])
