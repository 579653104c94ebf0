"""The acts by which somebody sees the code of the door away from it, and for how long: apps above tell of theirs."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

LOOK_AT_CODE: Final = "order.look_code"
"""Somebody of the office had the digits shown, to read them out."""
LOOK_BY_CODE: Final = "order.look_by_code"
"""Somebody else than the resident, signed in, opened an order by number and code from paper."""
CODE_ISSUED: Final = "order.code_issued"
"""Somebody of the office gave out a code by which an order is opened."""
OWN_CODE_ISSUED: Final = "order.own_code_issued"
"""The same at a terminal, by whose order it is."""
CODE_GIVEN: Final = (CODE_ISSUED, OWN_CODE_ISSUED)

_showing: Final[dict[str, timedelta]] = {LOOK_AT_CODE: timedelta()}


def register_showing(verbs: Mapping[str, timedelta]) -> None:
    """Say by which acts on an order the digits for its door can be read, and for how long after each."""
    _showing.update(verbs)


def showing_code() -> Mapping[str, timedelta]:
    """Return these acts, each with how long it goes on."""
    return dict(_showing)
