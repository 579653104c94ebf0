"""How hours read: a length of time, the look of each state, what happened, the audit trail."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from sidan.core.badges import StateLook, StepWords
from sidan.hours.enums import ClaimState

LOOKS: Final[Mapping[str, StateLook]] = {
    ClaimState.WAITING.value: StateLook(ClaimState.WAITING.label, icon="clock", tone="waiting"),
    ClaimState.NOTICED.value: StateLook(ClaimState.NOTICED.label, icon="megaphone", tone="moving"),
    ClaimState.DISPUTED.value: StateLook(ClaimState.DISPUTED.label, icon="circle-alert", tone="soon"),
    ClaimState.ENTERED.value: StateLook(ClaimState.ENTERED.label, icon="circle-check", tone="done"),
    ClaimState.REFUSED.value: StateLook(ClaimState.REFUSED.label, icon="circle-x", tone="waiting"),
}
STEPS: Final[Mapping[str, StepWords]] = {
    "tell": StepWords(_("The time was told"), icon="pencil"),
    "announce": StepWords(_("It was written down late, and goes on public notice"), icon="megaphone"),
    "agree": StepWords(_("A second person agreed"), icon="circle-check"),
    "publish": StepWords(_("A second person agreed; it goes on public notice"), icon="megaphone"),
    "object": StepWords(_("Somebody objected"), icon="circle-alert"),
    "dismiss": StepWords(_("The objection had no ground"), icon="undo-2"),
    "enter": StepWords(_("The notice is over; the hours count"), icon="circle-check"),
    "refuse": StepWords(_("The hours do not count"), icon="circle-x"),
}
TRAIL: Final[dict[str, str | Promise]] = {
    "hours.record": _("recorded hours"),
    "hours.correct": _("corrected hours"),
    "hours.take_back": _("took hours back"),
    "hours.claim_tell": _("told a time that waits"),
    "hours.claim_announce": _("put a late time on public notice"),
    "hours.claim_agree": _("agreed to the hours of a long day"),
    "hours.claim_publish": _("agreed to a late time"),
    "hours.claim_object": _("objected to a late time"),
    "hours.claim_dismiss": _("found an objection without ground"),
    "hours.claim_enter": _("recorded a late time whose notice was over"),
    "hours.claim_refuse": _("refused hours"),
}


def duration_words(minutes: int) -> str:
    """Say a length of time in hours and minutes, also one that is taken back."""
    hours, rest = divmod(abs(minutes), 60)
    sign = "−" if minutes < 0 else ""
    if not hours:
        return sign + ngettext("%(number)s minute", "%(number)s minutes", rest) % {"number": rest}
    if not rest:
        return sign + ngettext("%(number)s hour", "%(number)s hours", hours) % {"number": hours}
    return sign + gettext("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": rest}
