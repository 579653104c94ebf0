"""How what is kept of reviews reads: looks of states, the audit trail."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sidan.core.badges import StateLook
from sidan.reviews.enums import CallState, FollowUpState, Standing, SuggestionState

CALLS: Final[Mapping[str, StateLook]] = {
    CallState.WAITING.value: StateLook(CallState.WAITING.label, icon="clock", tone="waiting"),
    CallState.ANSWERED.value: StateLook(CallState.ANSWERED.label, icon="circle-check", tone="done"),
    CallState.DECLINED.value: StateLook(CallState.DECLINED.label, icon="ban", tone="waiting"),
    CallState.UNREACHED.value: StateLook(CallState.UNREACHED.label, icon="circle-x", tone="waiting"),
}
STANDINGS: Final[Mapping[str, StateLook]] = {
    Standing.COUNTED.value: StateLook(Standing.COUNTED.label, icon="circle-check", tone="done"),
    Standing.PENDING.value: StateLook(Standing.PENDING.label, icon="eye", tone="soon"),
    Standing.SET_ASIDE.value: StateLook(Standing.SET_ASIDE.label, icon="ban", tone="waiting"),
}
FOLLOW_UPS: Final[Mapping[str, StateLook]] = {
    FollowUpState.OPEN.value: StateLook(FollowUpState.OPEN.label, icon="clock", tone="soon"),
    FollowUpState.DONE.value: StateLook(FollowUpState.DONE.label, icon="circle-check", tone="done"),
}
SUGGESTIONS: Final[Mapping[str, StateLook]] = {
    SuggestionState.OPEN.value: StateLook(SuggestionState.OPEN.label, icon="clock", tone="waiting"),
    SuggestionState.ADOPTED.value: StateLook(SuggestionState.ADOPTED.label, icon="circle-check", tone="done"),
    SuggestionState.ANSWERED.value: StateLook(SuggestionState.ANSWERED.label, icon="info", tone="moving"),
}
LOOKING: Final[Mapping[str, str | Promise]] = {
    "reviews.look_contact": _("address and telephone, to ask how it went"),
}
"""What each look on record showed, as the resident reads it."""
TRAIL: Final[dict[str, str | Promise]] = {
    "reviews.rule_set": _("decided how the reviews of %(subject)s are looked after"),
    "reviews.look_contact": _("looked at the telephone of the order %(subject)s to call back"),
    "reviews.call_answered": _("called back about the order %(subject)s"),
    "reviews.call_not_reached": _("called back about the order %(subject)s and reached nobody"),
    "reviews.call_declined": _("called back about the order %(subject)s; the resident would rather not say"),
    "reviews.counted": _("let the review of the order %(subject)s count"),
    "reviews.set_aside": _("set the review of the order %(subject)s aside"),
    "reviews.followed_up": _("saw to what was not well with the order %(subject)s"),
    "reviews.calls_exported": _("took the list of call-backs along as a table"),
    "reviews.flags_exported": _("took the list of reviews to be looked at along as a table"),
    "reviews.follow_ups_exported": _("took the list of follow-ups along as a table"),
    "reviews.suggestions_exported": _("took the list of suggestions along as a table"),
    "reviews.suggestion_adopted": _("adopted a suggestion about the order %(subject)s"),
    "reviews.suggestion_answered": _("answered a suggestion about the order %(subject)s"),
}
