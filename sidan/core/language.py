"""Words that staff enter: Chinese, with an optional English text beside it."""

from django.utils.translation import get_language


def reads_english() -> bool:
    """Tell whether the page is for who reads English."""
    return (get_language() or "").startswith("en")


def shown(chinese: str, english: str) -> str:
    """Return the English text to who reads English, if there is one, and the Chinese text otherwise."""
    return english if english and reads_english() else chinese
