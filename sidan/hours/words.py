"""How hours read: a length of time, the look of each state, what happened, the audit trail."""

from collections.abc import Iterable, Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sidan.core.badges import StateLook, StepWords, ToldStep
from sidan.hours.enums import ClaimState
from sidan.hours.models import Entry

LOOKS: Final[Mapping[str, StateLook]] = {
    ClaimState.WAITING.value: StateLook(ClaimState.WAITING.label, icon="clock", tone="waiting"),
    ClaimState.NOTICED.value: StateLook(ClaimState.NOTICED.label, icon="megaphone", tone="moving"),
    ClaimState.DISPUTED.value: StateLook(ClaimState.DISPUTED.label, icon="circle-alert", tone="soon"),
    ClaimState.ENTERED.value: StateLook(ClaimState.ENTERED.label, icon="circle-check", tone="done"),
    ClaimState.REFUSED.value: StateLook(ClaimState.REFUSED.label, icon="circle-x", tone="waiting"),
}
RECORDS: Final[Mapping[str, StateLook]] = {
    "stands": StateLook(pgettext_lazy("hours", "Counts"), icon="circle-check", tone="done"),
    "late": StateLook(_("Counts, after a public notice"), icon="circle-check", tone="done"),
    "right": StateLook(_("Counts, after a correction"), icon="circle-check", tone="done"),
    "taken_back": StateLook(pgettext_lazy("hours", "Taken back"), icon="undo-2", tone="waiting"),
    "counter": StateLook(_("Counter-record"), icon="undo-2", tone="soon"),
}
"""By `Entry.standing_code`."""
STEPS: Final[Mapping[str, StepWords]] = {
    "tell": StepWords(_("The time was told"), icon="pencil"),
    "announce": StepWords(_("It was written down late, and goes on public notice"), icon="megaphone"),
    "agree": StepWords(_("A second person agreed"), icon="circle-check"),
    "publish": StepWords(_("A second person agreed; it goes on public notice"), icon="megaphone"),
    "object": StepWords(_("Somebody objected"), icon="circle-alert"),
    "dismiss": StepWords(_("The objection had no ground"), icon="undo-2"),
    "enter": StepWords(_("The notice is over; the hours count"), icon="circle-check"),
    "lapse": StepWords(
        _("There is a record for a part of that time already, so these hours do not count"), icon="circle-x"
    ),
    "refuse": StepWords(_("The hours do not count"), icon="circle-x"),
}
TRAIL: Final[dict[str, str | Promise]] = {
    "hours.record": _("recorded hours"),
    "hours.correct": _("corrected hours"),
    "hours.take_back": _("took hours back"),
    "hours.history": _("recorded the hours of what was over before"),
    "hours.exported": _("took a list of hours along as a table"),
    "hours.claim_tell": _("told a time that waits"),
    "hours.claim_announce": _("put a late time on public notice"),
    "hours.claim_agree": _("agreed to the hours of a long day"),
    "hours.claim_publish": _("agreed to a late time"),
    "hours.claim_object": _("objected to a late time"),
    "hours.claim_dismiss": _("found an objection without ground"),
    "hours.claim_enter": _("recorded a late time whose notice was over"),
    "hours.claim_lapse": _("let a late time lapse, because the time is recorded elsewhere"),
    "hours.claim_refuse": _("refused hours"),
}


def record_steps(entries: Iterable[Entry]) -> list[ToldStep]:
    """Tell the records of one person and occasion as a history, newest first, with the words beside a correction."""
    return [_record_step(entry) for entry in entries][::-1]


def _record_step(entry: Entry) -> ToldStep:
    who, note = entry.entered_by.person.name if entry.entered_by else "", getattr(entry, "note", None)
    facts = {"time": duration_words(entry.minutes), "reason": entry.get_reason_display()}
    if entry.counters_id is not None:
        sentence, icon = gettext("%(time)s: taken back. %(reason)s"), "undo-2"
    elif entry.follows_id is not None:
        sentence, icon = gettext("%(time)s: recorded anew, as it was"), "pencil"
    else:
        sentence, icon = gettext("%(time)s: recorded"), "circle-check"
    return ToldStep(sentence % facts, entry.entered_at, icon, str(note.words) if note else "", who)


def duration_words(minutes: int) -> str:
    """Say a length of time in hours and minutes, also one that is taken back."""
    hours, rest = divmod(abs(minutes), 60)
    sign = "−" if minutes < 0 else ""
    if not hours:
        return sign + ngettext("%(number)s minute", "%(number)s minutes", rest) % {"number": rest}
    if not rest:
        return sign + ngettext("%(number)s hour", "%(number)s hours", hours) % {"number": f"{hours:,}"}
    return sign + gettext("%(hours)s h %(minutes)s min") % {"hours": f"{hours:,}", "minutes": rest}
