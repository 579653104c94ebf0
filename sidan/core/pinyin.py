"""Pinyin of Chinese names: to be found by, and to be sorted by (the bundled PostgreSQL has no Chinese collation)."""

import re
from functools import lru_cache
from typing import Final

# Readings as family names, which differ from the everyday reading that a dictionary gives first.
_SURNAME_READINGS: Final = {
    "曾": "zeng", "单": "shan", "解": "xie", "仇": "qiu", "朴": "piao", "查": "zha", "区": "ou", "盖": "ge",
    "任": "ren", "华": "hua", "乐": "yue", "翟": "zhai", "缪": "miao", "冼": "xian", "员": "yun", "折": "she",
    "尉": "wei", "繁": "po", "覃": "qin", "召": "shao", "黑": "he", "种": "chong", "秘": "bi", "宓": "mi",
}  # fmt: skip
# Readings in names of places, which differ from what a dictionary of words gives. A whole name goes before a character.
_PLACE_READINGS: Final = {
    "长子": "zhang zi", "长": "chang", "泊头": "bo tou", "泊竹": "bo zhu", "六安": "lu an", "六合": "lu he",
    "铅山": "yan shan", "乐清": "yue qing", "乐亭": "lao ting", "台州": "tai zhou", "天台": "tian tai",
    "大埔": "da bu", "黄埔": "huang pu", "番禺": "pan yu", "洪洞": "hong tong", "尉犁": "yu li", "蔚县": "yu xian",
    "单县": "shan xian", "莘县": "shen xian", "莘庄": "xin zhuang", "涡阳": "guo yang", "牟平": "mu ping",
    "中牟": "zhong mu", "厦门": "xia men", "东阿": "dong e", "枞阳": "zong yang", "浚县": "xun xian",
    "陂": "bei", "黄陂": "huang pi", "筠连": "jun lian", "筠": "yun",
}  # fmt: skip
_PLACE_WORD: Final = re.compile("|".join(sorted(_PLACE_READINGS, key=len, reverse=True)))
MAX_LENGTH: Final = 40


@lru_cache(maxsize=16_384)
def _syllables(text: str) -> tuple[str, ...]:
    """Kept for the given names of many people; a reading takes the dictionary a tenth of a millisecond."""
    # the dictionary takes most of a second to load, and few processes ever ask for a reading
    from pypinyin import lazy_pinyin

    return tuple(syllable.lower() for syllable in lazy_pinyin(text[:MAX_LENGTH]))


@lru_cache(maxsize=1024)
def _readings(char: str) -> tuple[str, ...]:
    """Kept for the few hundred family names."""
    # as above
    from pypinyin import Style, pinyin

    return tuple(pinyin(char, style=Style.NORMAL, heteronym=True)[0])


def pinyin_of(text: str) -> str:
    """Return the pinyin without tones, run together: 张建国 → zhangjianguo. Other letters stay as they are."""
    return "".join(_syllables(text))


def _place_syllables(name: str) -> list[str]:
    name = name[:MAX_LENGTH]
    syllables: list[str] = []
    end = 0
    for known in _PLACE_WORD.finditer(name):
        syllables += [*_syllables(name[end : known.start()]), *_PLACE_READINGS[known[0]].split()]
        end = known.end()
    return [*syllables, *_syllables(name[end:])]


def place_pinyin_of(name: str) -> str:
    """Return the pinyin of a place's name, run together: 长宁镇 → changningzhen, though 长 alone is often zhang."""
    return "".join(_place_syllables(name))


def place_forms(name: str) -> list[str]:
    """Return what a place may be typed as: the whole pinyin and the initials, read as a place and as plain words."""
    syllables = _place_syllables("".join(char for char in name if ord(char) >= 0x3400))
    read = ["".join(syllables), "".join(syllable[0] for syllable in syllables)]
    return [form for form in dict.fromkeys([*read, *pinyin_forms(name)]) if form]


def sort_key(name: str) -> str:
    """Return the key by which a name stands in a list: its syllables parted by spaces, family name read as such."""
    syllables = [*_syllables(name)]
    if name and name[0] in _SURNAME_READINGS and syllables:
        syllables[0] = _SURNAME_READINGS[name[0]]
    return " ".join(syllables)


def pinyin_forms(name: str) -> list[str]:
    """Return what a name may be typed as: whole pinyin and initials, with both readings of its first character."""
    chinese = "".join(char for char in name[:MAX_LENGTH] if ord(char) >= 0x3400)
    if not chinese:
        return []
    rest = _syllables(chinese[1:])
    first = dict.fromkeys(_readings(chinese[0]))
    if chinese[0] in _SURNAME_READINGS:
        first[_SURNAME_READINGS[chinese[0]]] = None
    forms = dict[str, None]()
    for head in first:
        syllables = [head, *rest]
        forms["".join(syllables)] = None
        forms["".join(syllable[0] for syllable in syllables if syllable)] = None
    return list(forms)
