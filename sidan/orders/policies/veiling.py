"""What must not be read in free words by whom the address is not for: numbers, house and door, a known name (R-Z10).

Better a little too much than too little: who takes the order reads it whole a moment later. Found by how such things
are written, so a name that nobody knows of, as a neighbour's, stays.
"""

import re
from collections.abc import Collection
from typing import Final

from sidan.core.numbers import NUMBERS, as_meant, replaced

NUMBER, DOOR, NAME, ADDRESS = "［号码］", "［门牌］", "［姓名］", "［地址］"

_COUNT: Final = r"(?:[0-9]{1,5}[A-Za-z]?|[A-Za-z][0-9]{0,4}|[〇零一二两三四五六七八九十百千]{1,6}|[甲乙丙丁])"
_STRONG: Final = r"(?:号楼|号院|号房|号铺|号门|栋|幢|单元|室|弄|#)"
_NUMBERED: Final = r"号(?!码|线|电池)"
_FROM_HERE: Final = r"(?<![0-9〇零一二两三四五六七八九十百千月])"
"""A count is taken from its beginning; a day of a month (11月22号) is no house."""
_GROUP: Final = r"(?:村民小组|小组|组|生产队|队|屋场)"
_PART: Final = rf"{_COUNT}\s*(?:{_STRONG}|{_NUMBERED}|楼|层|房|户|门)"
_BLOCK: Final = r"(?:(?<![0-9A-Za-z])(?:[A-Za-z][0-9]?|[0-9]{1,3})|[甲乙丙丁])\s*座(?![位椅车的])"
"""A block of a high-rise (B座); with a numeral it is a count (三座桥), with a seat or a car another thing."""
_MORE: Final = rf"(?:[\s,，、-]*(?:{_PART}|[0-9]{{3,4}}(?![0-9元块斤个人米])))*"
_CHINESE_DOOR: Final = (
    rf"(?:{_BLOCK}|第\s*{_COUNT}\s*间(?![隔歇])|{_FROM_HERE}{_COUNT}\s*(?:{_STRONG}|{_NUMBERED})|(?<![0-9])[0-9]{{3,4}}\s*房"
    rf"|门牌号?[是为:\s]*{_COUNT}号?|第?{_FROM_HERE}{_COUNT}{_GROUP}(?![织长]))"
)
_AFTER_ROAD: Final = r"(?<=[路街巷道])\s*[0-9]{1,5}(?:[-之][0-9]{1,4})?(?![0-9]|\s*[点时:年月日路])"
_DASHED: Final = r"(?<![0-9-])[0-9]{1,3}(?:[-#][0-9]{1,3}){0,2}[-#][0-9]{3,4}(?![0-9-]|\s*[元块斤个人米])"
_ENGLISH_DOOR: Final = (
    r"\b(?:[Nn]o\.?|[Rr]oom|[Rr]m\.?|[Ff]lat|[Aa]pt\.?|[Aa]partment|[Uu]nit|[Bb]uilding|[Bb]lock|[Hh]ouse)\s*#?[0-9]+"
    r"[A-Za-z]?(?:-[0-9]+)*"
)
_DOORS: Final = re.compile(rf"(?:{_CHINESE_DOOR}|{_AFTER_ROAD}|{_DASHED}){_MORE}|{_ENGLISH_DOOR}", re.ASCII)
_STANDS: Final = re.compile(r"［号码[0-9]+］")
_SHORTEST_KNOWN: Final = 2


def veiled(text: str, *, known: Collection[str] = (), addresses: Collection[str] = ()) -> str:
    """Return a text without numbers, house numbers and what is known: the resident's names, and their addresses.

    Of a Chinese name of three characters and more the given name alone is hidden, too: neighbours are called by it.
    """
    plain = _STANDS.sub(NUMBER, text)
    for one in sorted(filter(None, map(_bare, addresses)), key=len, reverse=True):
        plain = replaced(plain, _spaced(one), lambda _written: ADDRESS)
    for one in sorted({part for each in known for part in _written(each)}, key=len, reverse=True):
        plain = replaced(plain, _spaced(one), lambda _written: NAME)
    return replaced(replaced(plain, NUMBERS, lambda _written: NUMBER), _DOORS, lambda _written: DOOR)


def _written(known: str) -> list[str]:
    """Return how a name may stand in a text: whole, and of a Chinese one the given name."""
    whole = _bare(known)
    if not whole:
        return []
    is_chinese_name = not whole.isascii() and len(whole) in (3, 4)
    return [whole, whole[-2:]] if is_chinese_name else [whole]


def _bare(known: str) -> str:
    """Return what is known without its gaps; nothing of what is too short to be told from other words."""
    whole = "".join(as_meant(known).split())
    return whole if len(whole) >= _SHORTEST_KNOWN else ""


def _spaced(known: str) -> re.Pattern[str]:
    """Return the pattern of a name with whatever space stands between its letters."""
    return re.compile(r"\s*".join(re.escape(letter) for letter in known), re.IGNORECASE)
