"""Words that staff enter: Chinese, with an optional English text beside it."""

from collections.abc import Sequence
from typing import Protocol

from django.conf import settings
from django.utils.translation import get_language, pgettext


def supported(language: str) -> str:
    """Return a language that was asked for, or the installation's own where it is none of ours."""
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def reads_english() -> bool:
    """Tell whether the page is for who reads English."""
    return (get_language() or "").startswith("en")


def shown(chinese: str, english: str) -> str:
    """Return the English text to who reads English, if there is one, and the Chinese text otherwise."""
    return english if english and reads_english() else chinese


class TwoNames(Protocol):
    """What has a Chinese name, and an English one where one was given."""

    @property
    def name(self) -> str: ...

    @property
    def name_en(self) -> str: ...


class ShownName:
    """A thing with two names is shown by the one in the reader's language."""

    __slots__ = ()

    @property
    def shown_name(self: TwoNames) -> str:
        """The English name for who reads English, where one was given."""
        return shown(self.name, self.name_en)


def listed(words: Sequence[str]) -> str:
    """Return words as one says them one after the other: 「春节、元宵、端午」, "Spring, Lantern and Dragon Boat"."""
    *first, last = words
    if not first:
        return last
    return pgettext("between the last two of a list", " and ").join(
        [pgettext("between the words of a list", ", ").join(first), last]
    )
