"""The times that a form proposes (`policies.time_chips`), for the forms of this app and of those above."""

import re
from datetime import datetime
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sidan.core.clock import BUSINESS_ZONE
from sidan.orders.policies import TimeChip, time_chips
from sidan.orders.words import CHIPS

OWN_TIME: Final = "own"
_WINDOW: Final = re.compile(r"\d{8}T\d{4}/\d{4}")


def chip_code(chip: TimeChip) -> str:
    """Name a proposed time by itself, so that a page left open over midnight still means the same day."""
    return f"{chip.begins:%Y%m%dT%H%M}/{chip.ends:%H%M}"


def window_of(code: str) -> tuple[datetime, datetime]:
    """Return the window that a chip's code names.

    Raises:
        ValueError: it is no such code.
    """
    if not _WINDOW.fullmatch(code):
        raise ValueError(code)
    begins = datetime.strptime(code[:13], "%Y%m%dT%H%M").replace(tzinfo=BUSINESS_ZONE)
    return begins, begins.replace(hour=int(code[14:16]), minute=int(code[16:]))


def chip_choices(*, at: datetime) -> list[tuple[str, str | Promise]]:
    """Return the proposed times, and a time of one's own as the last."""
    proposed = [(chip_code(chip), CHIPS[chip.code]) for chip in time_chips(at=at, zone=BUSINESS_ZONE)]
    return [*proposed, (OWN_TIME, _("Another time"))]
