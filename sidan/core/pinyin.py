"""Pinyin of Chinese names: to be found by, and to be sorted by (the bundled PostgreSQL has no Chinese collation)."""

from typing import Final

# Readings as family names, which differ from the everyday reading that a dictionary gives first.
_SURNAME_READINGS: Final = {
    "曾": "zeng", "单": "shan", "解": "xie", "仇": "qiu", "朴": "piao", "查": "zha", "区": "ou", "盖": "ge",
    "任": "ren", "华": "hua", "乐": "yue", "翟": "zhai", "缪": "miao", "冼": "xian", "员": "yun", "折": "she",
    "尉": "wei", "繁": "po", "覃": "qin", "召": "shao", "黑": "he", "种": "chong", "秘": "bi", "宓": "mi",
}  # fmt: skip
MAX_LENGTH: Final = 40


def _syllables(text: str) -> list[str]:
    # the dictionary takes most of a second to load, and few processes ever ask for a reading
    from pypinyin import lazy_pinyin

    return [syllable.lower() for syllable in lazy_pinyin(text[:MAX_LENGTH])]


def _readings(char: str) -> list[str]:
    # as above
    from pypinyin import Style, pinyin

    return list(pinyin(char, style=Style.NORMAL, heteronym=True)[0])


def pinyin_of(text: str) -> str:
    """Return the pinyin without tones, run together: 张建国 → zhangjianguo. Other letters stay as they are."""
    return "".join(_syllables(text))


def sort_key(name: str) -> str:
    """Return the key by which a name stands in a list: its syllables parted by spaces, family name read as such."""
    syllables = _syllables(name)
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
