"""Numbers that point at somebody, in whatever writing: telephones, identity papers, accounts, addresses of mail.

One rule for who keeps them out of readable texts, who hides them from readers and who hangs a sentence where everybody
reads it (R-Z10).
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

_CHINESE_DIGIT: Final = "〇○零一二两三四五六七八九幺壹贰叁肆伍陆柒捌玖"
_DIGIT: Final = f"[0-9{_CHINESE_DIGIT}]"
_GAP: Final = r"[\s\-_.·,，、/()]{0,3}"
_DATE: Final = r"20\d\d[-./]\d{1,2}[-./]\d{1,2}(?!\d)"
_AMOUNT: Final = r"\d{1,5}-\d{1,5}\s*[元块斤]"
LONG_NUMBER: Final = rf"(?!{_DATE}|{_AMOUNT})(?<!\d)\+?{_DIGIT}(?:{_GAP}{_DIGIT}){{6,}}[Xx]?(?![0-9A-Za-z])"
"""Seven digits and more in any writing: telephones, identity papers, accounts; a date or a sum of money is none."""
ACCOUNT: Final = (
    r"(?:微信|威信|薇信|抖音|快手|微博|支付宝|扣扣|邮箱)\s*(?:账号|帐号|号码|号|ID|id)?\s*[是为叫:：]?\s*[A-Za-z\d][\w.@-]{4,}(?<=[\dA-Za-z])"
    r"|(?i:\b(?:qq|wechat|weixin|wx|vx|douyin|weibo))(?:\s*(?:账号|帐号|号码|号|(?i:id|number|no\.?|account)\b))?"
    r"(?:\s*[是为:：]|\s+is\b)?[\s_-]*(?=[A-Za-z_-]{0,19}\d)[A-Za-z\d][A-Za-z\d_-]{3,}"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
)
"""An account or an address of mail; read with `re.ASCII`, or a Chinese word before it would belong to it."""
_HANDLE: Final = r"(?:微信|[Vv][Xx]|[Ww][Ee][Ii][Xx][Ii][Nn]|[Qq]{2})号?[是为:\s]*[A-Za-z0-9_-]{5,}"
"""Also one of letters only: hidden from readers, where too much does no harm."""
NUMBERS: Final = re.compile(rf"{ACCOUNT}|{_HANDLE}|{LONG_NUMBER}", re.ASCII)


def replaced(text: str, pattern: re.Pattern[str], stand_in: Callable[[str], str]) -> str:
    """Replace where the pattern fits the text as it is meant; the stand-in is told what is written there."""
    shown, after = [], 0
    for match in pattern.finditer(as_meant(text)):
        begin, end = match.span()
        shown += [text[after:begin], stand_in(text[begin:end])]
        after = end
    return "".join([*shown, text[after:]])


def as_meant(text: str) -> str:
    """Return the text in plain letters, each where it stood: full-width letters and digits are the same."""
    return "".join(_plain(letter) for letter in text)


def _plain(letter: str) -> str:
    normal = unicodedata.normalize("NFKC", letter)
    if len(normal) != 1 or letter in "［］":
        return letter
    return "-" if normal in "–—−－~" else normal


@dataclass(frozen=True, slots=True)
class SeparatedText:
    """A text without its numbers, and the numbers in their order."""

    text: str
    numbers: tuple[str, ...]


def separate_numbers(text: str) -> SeparatedText:
    """Take numbers that point at somebody out of a free text, leaving ［号码1］ in their places (R-Z10).

    However they are written. The text stays searchable; the numbers are kept encrypted beside it.
    """
    numbers: list[str] = []

    def stand_in(number: str) -> str:
        numbers.append(number)
        return f"［号码{len(numbers)}］"

    return SeparatedText(text=replaced(text, NUMBERS, stand_in), numbers=tuple(numbers))


def rejoin_numbers(separated: SeparatedText) -> str:
    """Put the numbers back, for those who may read them."""
    text = separated.text
    for index, number in enumerate(separated.numbers, start=1):
        text = text.replace(f"［号码{index}］", number, 1)
    return text
