"""Codes that are made from names, for what staff enter without thinking of codes."""

import re
from collections.abc import Collection

from sidan.core.pinyin import pinyin_of


def code_stem(*, name: str, longest: int) -> str:
    """Return the pinyin of a name as a code, with room for a number behind it."""
    return re.sub(r"[^a-z0-9]+", "-", pinyin_of(name)).strip("-")[: longest - 4] or "kind"


def free_code(*, stem: str, taken: Collection[str]) -> str:
    """Return the stem, with a number behind it when it is taken."""
    candidates = (stem, *(f"{stem}-{number}" for number in range(2, 1000)))
    return next(code for code in candidates if code not in taken)
