"""What a station holds itself: who decides elsewhere decides here too, and its practitioner with them (ADR 0035)."""

from dataclasses import replace
from typing import Any, Final

from tests.matrix.lines import HANDLERS, Line
from tests.matrix.table import api_of_orders, loop

OF_ORDERS: Final = frozenset({"@offered_for", "@admitted_number", "@divided_part"})
"""What is sent along that is another order, or a part of one."""
BELOW_NOTHING: Final = frozenset({"orders:send_down", "/api/v1/orders/{number}/send-down"})
"""Nothing stands below a station to send down to."""


def _held(told: Any) -> Any:
    if isinstance(told, dict):
        return {name: _held(value) for name, value in told.items()}
    return f"@held_{told[1:]}" if isinstance(told, str) and told in OF_ORDERS else told


def _at_the_station(line: Line) -> Line:
    parts = {name: f"held_{thing}" for name, thing in line.parts.items()}
    may = line.may | {"practitioner"}
    return replace(line, may=may, send=_held(line.send), parts=parts, case="held by a station")


LINES: Final[tuple[Line, ...]] = tuple(
    _at_the_station(line)
    for line in (*loop.LINES, *api_of_orders.LINES)
    if line.may == HANDLERS and line.parts and line.route not in BELOW_NOTHING
)
