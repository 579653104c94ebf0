"""Money is kept in fen, whole numbers, and told in yuan. Nothing here rounds."""

from decimal import Decimal
from typing import Final

from django.utils.translation import gettext

FEN: Final = 100
"""In a yuan."""
MOST_FEN: Final = 10**12
"""Ten thousand million yuan: more than that is a slip of the pen."""


def fen_of(yuan: Decimal) -> int:
    """Return yuan as fen.

    Raises:
        ValueError: there is less than a fen in it.
    """
    fen = yuan * FEN
    if fen != fen.to_integral_value():
        raise ValueError("less than a fen")
    return int(fen)


def yuan_cell(fen: int) -> str:
    """Return an amount as a table has it: 1234.50."""
    return f"{'-' if fen < 0 else ''}{abs(fen) // FEN}.{abs(fen) % FEN:02d}"


def yuan_words(fen: int) -> str:
    """Return an amount as people read it: 1,234.50 yuan, and whole yuan without what stands behind the point."""
    whole, rest = divmod(abs(fen), FEN)
    amount = f"{'-' if fen < 0 else ''}{whole:,}" + (f".{rest:02d}" if rest else "")
    return gettext("%(amount)s yuan") % {"amount": amount}
