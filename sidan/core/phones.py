"""Telephone numbers of mainland China in one written form, and how personal facts are hidden on a screen."""

import re
import unicodedata
from typing import Final

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from sidan.core.errors import Invalid

_MOBILE: Final = re.compile(r"1[3-9]\d{9}")
# No operator has 12x: invented people have it, and no real message can go there.
_INVENTED: Final = re.compile(r"12\d{9}")
_LANDLINE: Final = re.compile(r"0(?:10|2\d|[3-9]\d{2})[1-9]\d{6,7}")
_SERVICE: Final = re.compile(r"[48]00\d{7}")
_COUNTRY: Final = re.compile(r"(?:\+|00)86")
_SIGNS: Final = re.compile(r"[\s\-–—()./·]")
_ADDRESS_KNOWN: Final = re.compile(r".*(?:省|市|区|县|旗|镇|乡|街道|村|社区)")
_INVENTED_MODES: Final = frozenset({"demo", "test"})


class BadPhone(Invalid):
    """Not a telephone number that can be called in mainland China."""

    code = "bad_phone"
    sentence = _(
        "This is not a phone number we can call: a mobile has 11 digits, a landline needs its area code."
    )


def _digits(text: str) -> str:
    plain = _SIGNS.sub("", unicodedata.normalize("NFKC", text))
    plain = _COUNTRY.sub("", plain, count=1) if plain.startswith(("+86", "0086")) else plain
    return plain[2:] if len(plain) == 13 and plain.startswith("861") else plain


def is_mobile(digits: str) -> bool:
    """Tell whether normalised digits are a mobile number that this installation accepts."""
    if _MOBILE.fullmatch(digits):
        return True
    return settings.MODE in _INVENTED_MODES and _INVENTED.fullmatch(digits) is not None


def normalise_mobile(text: str) -> str:
    """Return the eleven digits of a mobile number, which is what one signs in with.

    Raises:
        BadPhone: it is none, or an invented one outside demo and test.
    """
    digits = _digits(text)
    if not (digits.isascii() and is_mobile(digits)):
        raise BadPhone()
    return digits


def normalise_phone(text: str) -> str:
    """Return the digits of any number that can be called: mobile, landline with area code, 400 and 800.

    Raises:
        BadPhone: it is none of these.
    """
    digits = _digits(text)
    is_fixed = _LANDLINE.fullmatch(digits) or _SERVICE.fullmatch(digits)
    if not (digits.isascii() and (is_mobile(digits) or is_fixed)):
        raise BadPhone()
    return digits


def format_phone(digits: str) -> str:
    """Group a number as it is read: 120 1234 5678, 0797-2831234."""
    if len(digits) == 11 and digits.startswith("1"):
        return f"{digits[:3]} {digits[3:7]} {digits[7:]}"
    if digits.startswith("0"):
        area = 3 if digits[1] in "12" else 4
        return f"{digits[:area]}-{digits[area:]}"
    return digits


def mask_phone(digits: str) -> str:
    """Hide the middle: 120****5678, 0797***1234. What is too short to hide in parts is hidden whole."""
    if len(digits) < 8:
        return "*" * len(digits)
    head = 3 if digits.startswith("1") else 4
    return digits[:head] + "*" * (len(digits) - head - 4) + digits[-4:]


def mask_name(name: str) -> str:
    """Hide the middle of a name: 张*明, 张*; of a name in Latin letters all but the first letter of each word."""
    name = name.strip()
    if name.isascii() and len(name) > 1:
        return " ".join(word[0] + "*" * (len(word) - 1) for word in name.split())
    if len(name) < 3:
        return name[:1] + "*" if len(name) == 2 else "*" * len(name)
    return name[0] + "*" * (len(name) - 2) + name[-1]


def mask_address(address: str) -> str:
    """Keep what names the place down to the village, hide house and door."""
    known = _ADDRESS_KNOWN.match(address)
    kept = known.end() if known else len(address) // 3
    return address[:kept] + "***" if address else ""


def mask_id_number(number: str) -> str:
    """Keep the first three and the last two of an identity number."""
    return number[:3] + "*" * (len(number) - 5) + number[-2:] if len(number) > 8 else "*" * len(number)
