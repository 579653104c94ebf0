"""How certificates read: both languages at once, the look of each state, the audit trail."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sidan.core.badges import StateLook
from sidan.core.moments import full_date_words
from sidan.honours.enums import Standing
from sidan.honours.policies import Pair
from sidan.hours.words import duration_words

LOOKS: Final[Mapping[str, StateLook]] = {
    Standing.VALID.value: StateLook(Standing.VALID.label, icon="circle-check", tone="done"),
    Standing.SUPERSEDED.value: StateLook(Standing.SUPERSEDED.label, icon="history", tone="waiting"),
    Standing.INVALID.value: StateLook(Standing.INVALID.label, icon="ban", tone="overdue"),
}
TRAIL: Final[dict[str, str | Promise]] = {
    "certificate.issue": _("issued the certificate %(subject)s"),
    "certificates.exported": _("took the list of certificates along as a table"),
}


def in_both(say: Callable[[], str]) -> Pair:
    """Say something in both languages: a certificate is read by who knows either."""
    with translation.override("zh-hans"):
        chinese = say()
    with translation.override("en"):
        return Pair(zh=chinese, en=say())


def label_in_both(label: str | Promise) -> Pair:
    """Return a word of the catalogues in both languages."""
    return in_both(lambda: str(label))


def day_in_both(day: date) -> Pair:
    """Return a date as each language writes it."""
    return in_both(lambda: full_date_words(day))


def time_in_both(minutes: int) -> Pair:
    """Return a length of time in hours and minutes."""
    return in_both(lambda: duration_words(minutes))
