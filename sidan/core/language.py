"""Words that staff enter: Chinese, with an optional English text beside it."""

from collections.abc import Sequence

from django.utils.translation import get_language, pgettext


def reads_english() -> bool:
    """Tell whether the page is for who reads English."""
    return (get_language() or "").startswith("en")


def shown(chinese: str, english: str) -> str:
    """Return the English text to who reads English, if there is one, and the Chinese text otherwise."""
    return english if english and reads_english() else chinese


def listed(words: Sequence[str]) -> str:
    """Return words as one says them one after the other: 「春节、元宵、端午」, "Spring, Lantern and Dragon Boat"."""
    *first, last = words
    if not first:
        return last
    return pgettext("between the last two of a list", " and ").join(
        [pgettext("between the words of a list", ", ").join(first), last]
    )
