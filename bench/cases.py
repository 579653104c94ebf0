"""The six things that are measured: for each, the requests of a run and the items of its floor."""

import json
import random
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg

from bench.http_load import CLIENTS, SLOT, Unit, repeated, request
from bench.stock import NEED, AtDoor, Ready, make_crowd, make_orders

API = "/api/v1"
ENDLESS = 20_000
PRETIX = 24.0
"""Redeemed tickets a second of pretix on two cores with two workers: the scale for a door, not a promise."""


@dataclass(frozen=True)
class Case:
    """One line of the table. `stock` is the state in which its orders must stand, if it needs any."""

    name: str
    words: str
    units: Callable[[dict[str, Any], list[Any]], list[Unit]]
    stock: str = ""
    requests: int = 1
    """How many requests make one unit."""
    aim_cpu_ms: float = 5.0
    clients: int = CLIENTS
    aim_rate: float = 0.0
    """Units a second that are promised, on two cores."""
    pace: float = 0.0
    """Units a second at which it really comes, measured besides: who waits longer then has stood in a queue."""


def _place(county: dict[str, Any], _ready: list[Ready]) -> list[Unit]:
    wished = datetime.now(UTC) + timedelta(days=2)
    units = []
    for _nth in range(6_000):
        body = {
            "project": random.choice(county["projects"])["uuid"],
            "wished_from": wished.isoformat(),
            "wished_to": (wished + timedelta(hours=2)).isoformat(),
            "need": NEED,
        }
        who = random.choice(county["residents"])
        units.append((_post("/orders", who, body, key=secrets.token_hex(16)),))
    return units


def _dispatch_and_take(county: dict[str, Any], ready: list[Ready]) -> list[Unit]:
    dispatchers = county["dispatchers"]
    return [
        (
            _post(f"/orders/{one.number}/dispatch", random.choice(dispatchers), {"team": one.team["uuid"]}),
            _post(f"/team-work/assignments/{SLOT.decode()}/accept", one.team["leader"]),
        )
        for one in ready
    ]


def _come_and_go(_county: dict[str, Any], ready: list[Ready]) -> list[Unit]:
    by_hand = {"way": "hand", "reason": "other"}
    return [
        (
            _post(f"/team-work/visits/{one.visit_uuid}/check-in", one.team["members"][0], by_hand),
            _post(f"/team-work/visits/{one.visit_uuid}/check-out", one.team["members"][0], by_hand),
        )
        for one in ready
    ]


FORM = "application/x-www-form-urlencoded"
TOKEN = "b" * 32
"""Against forged requests: the same in the cookie and in the head, as a browser has them."""


def _fair(_county: dict[str, Any], ready: list[AtDoor]) -> list[Unit]:
    """As the page of the door sends it: each reads another person, and the answer is the piece below the field."""
    return [
        (
            request(
                method="POST", path=f"/console/activities/{one.activity_uuid}/checking/scan/",
                cookie=f"sessionid={one.door['session']}; csrftoken={TOKEN}", kind=FORM,
                more=(f"X-CSRFToken: {TOKEN}", "HX-Request: true"), body=f"direction=in&text={one.text}".encode(),
            ),
        )
        for one in ready
    ]  # fmt: skip


def _queue(county: dict[str, Any], _ready: list[Ready]) -> list[Unit]:
    page = request(method="GET", path="/console/queue/", cookie=f"sessionid={county['session']}")
    return repeated((page,))


def _menu(_county: dict[str, Any], _ready: list[Ready]) -> list[Unit]:
    return repeated((request(method="GET", path="/services/"),))


def _post(path: str, who: dict[str, Any], body: dict[str, Any] | None = None, *, key: str = "") -> bytes:
    content = json.dumps(body, ensure_ascii=False).encode() if body is not None else b""
    return request(method="POST", path=API + path, token=who["token"], key=key, body=content)


CASES = (
    Case("place", "place an order", _place),
    Case("dispatch_take", "dispatch + take", _dispatch_and_take, stock="admitted", requests=2),
    Case("check_in_out", "check-in + check-out", _come_and_go, stock="scheduled", requests=2),
    Case(
        "fair",
        "fair, 4 phones reading",
        _fair,
        stock="crowd",
        clients=4,
        aim_rate=PRETIX * 10,
        pace=2_000 / 600,
    ),
    Case("queue", "queue page of 50", _queue, aim_cpu_ms=12.0),
    Case("menu", "menu page, visitor", _menu, aim_cpu_ms=12.0),
)


def stock_for(
    case: Case, connection: psycopg.Connection[Any], county: dict[str, Any], count: int
) -> list[Any]:
    """Return fresh orders in the state that the case needs, or the crowd; for the others, as many empty items."""
    if case.stock == "crowd":
        return make_crowd(connection, county, count=count)
    return make_orders(connection, county, count=count, state=case.stock) if case.stock else [None] * ENDLESS
