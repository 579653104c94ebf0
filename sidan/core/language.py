"""Words that staff enter: Chinese, with an optional English text beside it."""

from django.utils.translation import get_language


def shown(chinese: str, english: str) -> str:
    """Return the English text to who reads English, if there is one, and the Chinese text otherwise."""
    return english if english and (get_language() or "").startswith("en") else chinese
