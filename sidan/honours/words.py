"""How certificates read: both languages at once, the look of each state, the audit trail."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from sidan.core.badges import StateLook, StepWords
from sidan.core.moments import full_date_words
from sidan.honours.enums import HonourKind, ProposalState, Standing
from sidan.honours.policies import Pair
from sidan.hours.words import duration_words

LOOKS: Final[Mapping[str, StateLook]] = {
    Standing.VALID.value: StateLook(Standing.VALID.label, icon="circle-check", tone="done"),
    Standing.SUPERSEDED.value: StateLook(Standing.SUPERSEDED.label, icon="history", tone="waiting"),
    Standing.INVALID.value: StateLook(Standing.INVALID.label, icon="ban", tone="overdue"),
}
PROPOSAL_LOOKS: Final[Mapping[str, StateLook]] = {
    ProposalState.DRAFT.value: StateLook(ProposalState.DRAFT.label, icon="pencil", tone="waiting"),
    ProposalState.NOTICED.value: StateLook(ProposalState.NOTICED.label, icon="megaphone", tone="moving"),
    ProposalState.AWARDED.value: StateLook(ProposalState.AWARDED.label, icon="star", tone="honour"),
    ProposalState.DROPPED.value: StateLook(ProposalState.DROPPED.label, icon="ban", tone="waiting"),
}
AWARD_LOOKS: Final[Mapping[str, StateLook]] = {
    "stands": StateLook(pgettext_lazy("honour", "Stands"), icon="star", tone="honour"),
    "taken_back": StateLook(pgettext_lazy("honour", "Taken back"), icon="ban", tone="overdue"),
}
STEPS: Final[Mapping[str, StepWords]] = {
    "draft": StepWords(_("The list was begun"), icon="pencil"),
    "edit": StepWords(_("A name was added or struck off"), icon="pencil"),
    "publish": StepWords(_("The list went on public notice"), icon="megaphone"),
    "object": StepWords(_("Somebody objected to a name"), icon="message-circle"),
    "keep": StepWords(_("An objection was answered: the name stays"), icon="circle-check"),
    "take_out": StepWords(_("An objection was answered: the name was taken out"), icon="ban"),
    "award": StepWords(_("It was given"), icon="star"),
    "drop": StepWords(_("The list was dropped"), icon="ban"),
    "withdraw": StepWords(_("The list was taken off notice"), icon="ban"),
}
TRAIL: Final[dict[str, str | Promise]] = {
    "certificate.issue": _("issued the certificate %(subject)s"),
    "certificates.exported": _("took the list of certificates along as a table"),
    "honours.draft": _("began the list of honours %(subject)s"),
    "honours.edit": _("changed the list of honours %(subject)s"),
    "honours.publish": _("put the list of honours %(subject)s on public notice"),
    "honours.object": _("objected to a name in the list of honours %(subject)s"),
    "honours.keep": _("answered an objection to the list of honours %(subject)s: the name stays"),
    "honours.take_out": _("answered an objection to the list of honours %(subject)s: the name was taken out"),
    "honours.award": _("gave the honours of %(subject)s"),
    "honours.drop": _("dropped the list of honours %(subject)s"),
    "honours.withdraw": _("took the list of honours %(subject)s off public notice"),
    "honours.take_back": _("took back the honour %(subject)s"),
    "honours.show_name": _("lets the whole name be read on lists of honours"),
    "honours.hide_name": _("lets a part of the name be hidden on lists of honours"),
    "honours.exported": _("took the list of honours along as a table"),
    "ladder.begin": _("set how many hours make a star in %(subject)s"),
    "ladder.end": _("ended the own hours of stars in %(subject)s"),
    "title.begin": _("began the title %(subject)s"),
    "title.end": _("ended the title %(subject)s"),
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


def honour_words(*, kind: str, stars: int | None, year: int, title: str) -> str:
    """Return what is given in a few words: `3 stars`, `Volunteer of the year, 2026`."""
    if kind == HonourKind.TITLE:
        return pgettext("honour", "%(title)s, %(year)s") % {"title": title, "year": year}
    if not stars:
        return _now("Star levels by hours")
    return ngettext("Star volunteer, %(stars)s star", "Star volunteer, %(stars)s stars", stars) % {
        "stars": stars
    }
