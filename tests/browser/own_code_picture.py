"""Reading the picture of one's own code as a camera would: from its dark squares, without knowing any key.

As much of ISO/IEC 18004 as the picture of 39 capitals and digits needs: 29 squares a side (version 3), alphanumeric,
and nothing to correct, for it is read from the page and not from paper.
"""

import re
from itertools import chain
from typing import Final

from playwright.sync_api import Page

SIDE: Final = 29
LETTERS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
FORMAT_MASK: Final = 0x5412
DATA: Final = {1: (55,), 0: (44,), 3: (17, 17), 2: (13, 13)}
"""Bytes of each block, by the two bits that say how much may be corrected."""
MASKS: Final = (
    lambda row, column: (row + column) % 2 == 0,
    lambda row, _column: row % 2 == 0,
    lambda _row, column: column % 3 == 0,
    lambda row, column: (row + column) % 3 == 0,
    lambda row, column: (row // 2 + column // 3) % 2 == 0,
    lambda row, column: row * column % 2 + row * column % 3 == 0,
    lambda row, column: (row * column % 2 + row * column % 3) % 2 == 0,
    lambda row, column: ((row + column) % 2 + row * column % 3) % 2 == 0,
)


def own_code_on(page: Page) -> str:
    """Return what stands in the picture of the page with one's own code."""
    drawn = page.locator("#own-code svg path").last.get_attribute("d") or ""
    return text_in(_dark(drawn))


def _dark(drawn: str) -> set[tuple[int, int]]:
    """Return the dark squares of a path of horizontal strokes, four squares of margin taken off."""
    x, y, found = 0.0, 0.0, set()
    for verb, words in re.findall(r"([Mmh])([^Mmh]*)", drawn):
        numbers = [float(one) for one in re.findall(r"-?\d*\.?\d+", words)]
        if verb == "M":
            x, y = numbers
        elif verb == "m":
            x, y = x + numbers[0], y + numbers[1]
        else:
            found |= {(int(y) - 4, int(x) - 4 + step) for step in range(int(numbers[0]))}
            x += numbers[0]
    return found


def text_in(dark: set[tuple[int, int]]) -> str:
    """Read the squares."""
    places = [(8, column) for column in (0, 1, 2, 3, 4, 5, 7, 8)] + [
        (row, 8) for row in (7, 5, 4, 3, 2, 1, 0)
    ]
    told = int("".join(str(int(place in dark)) for place in places), 2) ^ FORMAT_MASK
    mask, blocks = MASKS[(told >> 10) & 7], DATA[told >> 13]
    bits = "".join(str(int(((row, column) in dark) != mask(row, column))) for row, column in _way())
    words = [bits[nth : nth + 8] for nth in range(0, sum(blocks) * 8, 8)]
    parted = [words[nth :: len(blocks)] for nth in range(len(blocks))]
    return _letters("".join(chain.from_iterable(parted)))


def _way() -> list[tuple[int, int]]:
    """Return the squares that hold data, in the order in which they are read: two columns at a time, up and down."""
    columns = [column for column in range(SIDE - 1, 0, -2) if column > 6] + [5, 3, 1]
    found = []
    for nth, column in enumerate(columns):
        rows = range(SIDE - 1, -1, -1) if nth % 2 == 0 else range(SIDE)
        found += [(row, side) for row in rows for side in (column, column - 1) if not _is_frame(row, side)]
    return found


def _is_frame(row: int, column: int) -> bool:
    corner = (row < 9 and (column < 9 or column >= SIDE - 8)) or (row >= SIDE - 8 and column < 9)
    return corner or 6 in {row, column} or (20 <= row <= 24 and 20 <= column <= 24)


def _letters(bits: str) -> str:
    assert bits[:4] == "0010", "capitals and digits"
    count, at = int(bits[4:13], 2), 13
    text = ""
    for _pair in range(count // 2):
        first, second = divmod(int(bits[at : at + 11], 2), len(LETTERS))
        text, at = text + LETTERS[first] + LETTERS[second], at + 11
    return text + LETTERS[int(bits[at : at + 6], 2)] if count % 2 else text
