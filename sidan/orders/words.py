"""How the loop reads to residents and volunteers: the look of each state, where an order stands, what happened.

The words of the states are those of `enums`, whose Chinese is the residents' table in docs/glossary.md. Badges, pages
and the API take them from here, so that one state never has two names.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sidan.attendance.policies import standing_out
from sidan.core.badges import StateLook
from sidan.core.danger import AMBULANCE, FIRE, POLICE, numbers_to_call
from sidan.core.moments import when_words
from sidan.orders.enums import PART_STATES, AssignmentState, OrderState, Outcome, VisitState
from sidan.people.enums import OrganisationKind

ORDER_LOOKS: Final[Mapping[str, StateLook]] = {
    OrderState.SUBMITTED.value: StateLook(OrderState.SUBMITTED.label, icon="clock", tone="waiting"),
    OrderState.REFUSED.value: StateLook(OrderState.REFUSED.label, icon="circle-x", tone="overdue"),
    OrderState.ADMITTED.value: StateLook(OrderState.ADMITTED.label, icon="search-check", tone="moving"),
    OrderState.DISPATCHED.value: StateLook(OrderState.DISPATCHED.label, icon="send", tone="moving"),
    OrderState.ACCEPTED.value: StateLook(OrderState.ACCEPTED.label, icon="handshake", tone="moving"),
    OrderState.SCHEDULED.value: StateLook(OrderState.SCHEDULED.label, icon="calendar-check", tone="moving"),
    OrderState.UNDER_WAY.value: StateLook(OrderState.UNDER_WAY.label, icon="footprints", tone="moving"),
    OrderState.DONE.value: StateLook(OrderState.DONE.label, icon="star", tone="soon"),
    OrderState.FAILED.value: StateLook(OrderState.FAILED.label, icon="circle-alert", tone="overdue"),
    OrderState.CLOSED.value: StateLook(OrderState.CLOSED.label, icon="circle-check", tone="done"),
    OrderState.REOPENED.value: StateLook(OrderState.REOPENED.label, icon="rotate-ccw", tone="soon"),
    OrderState.CANCELLED.value: StateLook(OrderState.CANCELLED.label, icon="ban", tone="waiting"),
}
ASKERS: Final[Mapping[str, str | Promise]] = {
    "resident": pgettext_lazy("who asked", "Residents themselves"),
    "on_behalf": pgettext_lazy("who asked", "Staff, for a resident"),
    "organisation": pgettext_lazy("who asked", "Organisations of any kind"),
    **{kind.value: kind.label for kind in OrganisationKind},
}
"""Who asked, as figures and the filter of the queue call them."""
STAFF_LOOKS: Final[Mapping[str, StateLook]] = {
    **ORDER_LOOKS,
    OrderState.DONE.value: replace(
        ORDER_LOOKS[OrderState.DONE.value], word=pgettext_lazy("to staff", "Done, review awaited")
    ),
}
"""The same looks where staff read them: one speaks to the resident and would sound wrong to others."""

ASSIGNMENT_LOOKS: Final[Mapping[str, StateLook]] = {
    AssignmentState.OFFERED.value: StateLook(AssignmentState.OFFERED.label, icon="clock", tone="soon"),
    AssignmentState.ACCEPTED.value: StateLook(
        AssignmentState.ACCEPTED.label, icon="handshake", tone="moving"
    ),
    AssignmentState.DECLINED.value: StateLook(AssignmentState.DECLINED.label, icon="undo-2", tone="waiting"),
    AssignmentState.WITHDRAWN.value: StateLook(AssignmentState.WITHDRAWN.label, icon="ban", tone="waiting"),
    AssignmentState.RELEASED.value: StateLook(AssignmentState.RELEASED.label, icon="undo-2", tone="waiting"),
    AssignmentState.PASSED_ON.value: StateLook(
        AssignmentState.PASSED_ON.label, icon="arrow-right", tone="waiting"
    ),
    AssignmentState.FINISHED.value: StateLook(
        AssignmentState.FINISHED.label, icon="circle-check", tone="done"
    ),
    AssignmentState.FAILED.value: StateLook(
        AssignmentState.FAILED.label, icon="circle-alert", tone="overdue"
    ),
}
VISIT_LOOKS: Final[Mapping[str, StateLook]] = {
    VisitState.PLANNED.value: StateLook(VisitState.PLANNED.label, icon="calendar-check", tone="moving"),
    VisitState.UNDER_WAY.value: StateLook(VisitState.UNDER_WAY.label, icon="footprints", tone="moving"),
    VisitState.DONE.value: StateLook(VisitState.DONE.label, icon="circle-check", tone="done"),
    VisitState.FAILED.value: StateLook(VisitState.FAILED.label, icon="circle-alert", tone="overdue"),
    VisitState.CALLED_OFF.value: StateLook(VisitState.CALLED_OFF.label, icon="ban", tone="waiting"),
}

STANDS: Final[Mapping[str, str | Promise]] = {
    OrderState.SUBMITTED.value: _("We have your order. Somebody will look at it soon."),
    OrderState.REFUSED.value: _("We are sorry: this order could not be admitted."),
    OrderState.ADMITTED.value: _("Your order was admitted. We are finding a team for you."),
    OrderState.DISPATCHED.value: _("We have asked %(team)s; they will answer soon."),
    OrderState.ACCEPTED.value: _("%(team)s is coming. They will call you to agree on a time."),
    OrderState.SCHEDULED.value: _("%(team)s comes %(when)s."),
    OrderState.UNDER_WAY.value: _("%(team)s is with you now."),
    OrderState.DONE.value: _("%(team)s has finished. Please say how it was."),
    OrderState.FAILED.value: _(
        "We are sorry: it could not be done this time. We are looking for another way."
    ),
    OrderState.CLOSED.value: _("This order is closed. Thank you for your trust."),
    OrderState.REOPENED.value: _("Your order was opened again. We are finding a team for you."),
    OrderState.CANCELLED.value: _("You cancelled this order. You can order again at any time."),
}
"""Where an order stands, in one sentence to the resident."""

NEXT: Final[Mapping[str, str | Promise]] = {
    OrderState.SUBMITTED.value: _(
        "Next: the office admits your order and finds a team. You will get a message."
    ),
    OrderState.ADMITTED.value: _("Next: a team takes your order. You will get a message."),
    OrderState.DISPATCHED.value: _("Next: the team answers. If it has no time, we ask another one."),
    OrderState.ACCEPTED.value: _("Next: a volunteer calls you. Please keep your telephone near you."),
    OrderState.SCHEDULED.value: _("When the volunteers are at your door, show them the code on this page."),
    OrderState.UNDER_WAY.value: _("Before they leave, the volunteers need the code on this page once more."),
    OrderState.FAILED.value: _("Next: the office asks another team, or calls you."),
    OrderState.REOPENED.value: _("Next: a team takes your order. You will get a message."),
}
"""What comes next."""


LOOKING: Final[Mapping[str, str | Promise]] = {
    "order.look_contact": _("address and telephone"),
    "order.look_code": _("the code of the door"),
    "order.look_paper": _("the signed paper"),
    "order.look_by_code": _("the order with the code of the door, by the code on paper"),
    "order.code_issued": _("gave out a code on paper, which opens the order"),
}
"""What each look on record showed, as the resident reads it."""

MERGED: Final = StateLook(_("Put together with another order"), icon="merge", tone="waiting")
"""The look of an order that ended because another one of the same person asks for the same."""
MERGED_STANDS: Final = _("This order was put together with another one of yours, which asks for the same.")
CANCELLED_FOR_STANDS: Final = _(
    "The office cancelled this order for you, as you asked. If that is not so, please call us or order again."
)
"""Where an order stands that another one than its resident cancelled: they are never told that they did it."""

CALLED: Final = StateLook(_("Teams asked openly"), icon="megaphone", tone="moving")
"""The look of an order that is offered to all teams of an area: it stands in `dispatched`, offered to many."""
CALLED_STANDS: Final = _(
    "We have asked all teams of the area. As soon as one takes your order you get a message."
)

PART_LOOKS: Final[Mapping[str, StateLook]] = {
    **{state: look for state, look in ORDER_LOOKS.items() if state in PART_STATES},
    OrderState.ADMITTED.value: StateLook(_("Finding a team"), icon="search-check", tone="waiting"),
    OrderState.DONE.value: StateLook(pgettext_lazy("part", "Done"), icon="circle-check", tone="done"),
    OrderState.CANCELLED.value: StateLook(pgettext_lazy("part", "Left out"), icon="ban", tone="waiting"),
}
"""The look of one part of an order that was split, to everybody who reads of it."""
SPLIT_STANDS: Final[Mapping[str, str | Promise]] = {
    OrderState.ADMITTED.value: _(
        "Several teams share your order. For a part of it we are still finding one."
    ),
    OrderState.DISPATCHED.value: _(
        "Several teams share your order. We have asked them; they will answer soon."
    ),
    OrderState.ACCEPTED.value: _(
        "Every part of your order has a team. They will call you to agree on the times."
    ),
    OrderState.SCHEDULED.value: _("The times are agreed. You read below who comes when."),
    OrderState.UNDER_WAY.value: _("A team is with you now."),
    OrderState.DONE.value: _("The teams have finished. Please say how it was."),
    OrderState.FAILED.value: _(
        "We are sorry: a part of it could not be done. We are looking for another way."
    ),
}
"""Where an order stands that several teams share, in one sentence to the resident."""


@dataclass(frozen=True, slots=True)
class StepWords:
    """A verb in the history: the sentence, the same where no team is known, and its icon."""

    sentence: str | Promise
    icon: str
    without_team: str | Promise = ""
    for_resident: str | Promise = ""
    """The sentence where the resident asked and somebody else did it."""

    def told(self, *, team: str, place: str = "") -> str:
        """Return the sentence; a team that is not known is not named."""
        sentence = self.sentence if team or not self.without_team else self.without_team
        return str(sentence) % {"team": team, "place": place}

    @property
    def said_for_resident(self) -> "StepWords":
        """The same step as somebody else took it for the resident."""
        return replace(self, sentence=self.for_resident or self.sentence)


STEPS: Final[Mapping[str, StepWords]] = {
    "submit": StepWords(_("The order was placed"), icon="send"),
    "admit": StepWords(_("The order was admitted"), icon="search-check"),
    "refuse": StepWords(_("The order could not be admitted"), icon="circle-x"),
    "dispatch": StepWords(_("Offered to %(team)s"), icon="users-round", without_team=_("Offered to a team")),
    "call": StepWords(_("All teams of the area were asked"), icon="megaphone"),
    "end_call": StepWords(_("No longer asking all teams"), icon="undo-2"),
    "pick": StepWords(
        _("%(team)s was chosen and has the order"), icon="handshake",
        without_team=_("A team was chosen and has the order"),
    ),
    "withdraw_offer": StepWords(
        _("The offer to %(team)s was taken back"), icon="undo-2", without_team=_("The offer was taken back")
    ),
    "decline": StepWords(
        _("%(team)s has no time; we ask another team"), icon="undo-2",
        without_team=_("The team has no time; we ask another one"),
    ),
    "accept": StepWords(_("%(team)s took the order"), icon="handshake", without_team=_("A team took the order")),
    "schedule": StepWords(_("The time was agreed"), icon="calendar-check"),
    "begin": StepWords(
        _("%(team)s came and began"), icon="footprints", without_team=_("The team came and began")
    ),
    "go_on": StepWords(_("One visit is done, one more is needed"), icon="calendar-check"),
    "finish": StepWords(_("The service was done"), icon="circle-check"),
    "release": StepWords(
        _("%(team)s gave the order back; we ask another team"), icon="undo-2",
        without_team=_("The team gave the order back; we ask another one"),
    ),
    "ask_take_over": StepWords(
        _("%(team)s asked for somebody to take the order over"), icon="life-buoy",
        without_team=_("The team asked for somebody to take the order over"),
    ),
    "end_take_over": StepWords(
        _("%(team)s keeps the order"), icon="handshake", without_team=_("The team keeps the order")
    ),
    "take_over": StepWords(
        _("%(team)s took the order over"), icon="handshake", without_team=_("Another team took the order over")
    ),
    "split": StepWords(_("The order was split among several teams"), icon="users-round"),
    "leave_out": StepWords(_("A part of it is left out"), icon="ban"),
    "join": StepWords(_("The order was put together again"), icon="undo-2"),
    "take_back": StepWords(
        _("The office took the order back from %(team)s and asks another team"), icon="undo-2",
        without_team=_("The office took the order back and asks another team"),
    ),
    "cannot": StepWords(_("No team was found that can do it"), icon="circle-alert"),
    "fail": StepWords(_("It could not be done this time"), icon="circle-alert"),
    "review": StepWords(_("The resident said how it was"), icon="star"),
    "close": StepWords(_("The order was closed"), icon="circle-check"),
    "reopen": StepWords(_("The order was opened again"), icon="rotate-ccw"),
    "change": StepWords(_("The wish was changed"), icon="pencil"),
    "cancel": StepWords(
        _("The resident cancelled the order"), icon="ban",
        for_resident=_("The office cancelled the order, as the resident asked"),
    ),
    "merge": StepWords(_("Put together with another order for the same"), icon="merge"),
    "pass_up": StepWords(_("Passed on to %(place)s, which can do more"), icon="arrow-up"),
    "ask_help": StepWords(_("%(place)s was asked to help"), icon="life-buoy"),
    "send_down": StepWords(_("Handed to %(place)s, which is nearer"), icon="arrow-down"),
    "danger": StepWords(_("Danger to life was spoken of; the order comes first from now on"), icon="siren"),
    "urgent": StepWords(_("Another order for the same was urgent; this one is, too, from now on"), icon="alarm-clock"),
}  # fmt: skip

FACES: Final[Mapping[str, str]] = {
    Outcome.DONE.value: "smile",
    Outcome.HALF.value: "meh",
    Outcome.NOT_DONE.value: "frown",
    Outcome.STILL_NEEDED.value: "smile-plus",
}
"""The face beside each outcome of a review; drawn by icon="smile", icon="meh", icon="frown", icon="smile-plus"."""

CHIPS: Final[Mapping[str, str | Promise]] = {
    "this_morning": _("This morning"),
    "this_afternoon": _("This afternoon"),
    "tomorrow_morning": _("Tomorrow morning"),
    "tomorrow_afternoon": _("Tomorrow afternoon"),
    "day_after_morning": _("The morning after tomorrow"),
    "saturday_morning": _("Saturday morning"),
    "sunday_morning": _("Sunday morning"),
}
"""What the proposed times of `policies.time_chips` are called."""

WRONG_WISHES: Final[Mapping[str, str | Promise]] = {
    "past": _("This time has passed already. Please choose a later one."),
    "backwards": _("The end must come after the beginning."),
    "too_far": _("Please choose a day within the next 90 days."),
    "too_long": _("This is too long a time. Please choose one within a month."),
}
"""Why a wished time cannot be, by the codes of `policies.BadWish`."""

DUE: Final[Mapping[str, str | Promise]] = {
    OrderState.SUBMITTED.value: _("to be admitted by %(when)s"),
    OrderState.ADMITTED.value: _("to be offered to a team by %(when)s"),
    OrderState.FAILED.value: _("to be offered to another team by %(when)s"),
    OrderState.REOPENED.value: _("to be offered to a team by %(when)s"),
    OrderState.DISPATCHED.value: _("the team is to answer by %(when)s"),
    OrderState.ACCEPTED.value: _("a time is to be agreed by %(when)s"),
    OrderState.SCHEDULED.value: _("the visit is to begin by %(when)s"),
    OrderState.UNDER_WAY.value: _("the visit is to be reported by %(when)s"),
    OrderState.DONE.value: _("can be reviewed by %(when)s"),
}
"""What must be done while an order is in a state, and until when."""


def words_of_due(*, state: str, due_at: datetime | None, now: datetime) -> str:
    """Return what is due when, in words; nothing where nothing limits the state."""
    if due_at is None or state not in DUE:
        return ""
    return str(DUE[state]) % {"when": when_words(due_at, now=now)}


def stands_words(*, state: str, team: str, when: str) -> str:
    """Return where an order stands, in one sentence; a team that is not known is called just that."""
    facts = {"team": team or pgettext("who serves", "The team"), "when": when}
    return str(STANDS[state]) % facts


def step_words(*, verb: str, team: str, place: str = "") -> tuple[str, str]:
    """Return the sentence and the icon of a verb in the history.

    Raises:
        KeyError: a verb without words, which a test finds first.
    """
    return STEPS[verb].told(team=team, place=place), STEPS[verb].icon


def step_words_for(*, verb: str, team: str, place: str = "") -> tuple[str, str]:
    """Return the same of a step that somebody took because the resident asked for it. Raises KeyError."""
    return STEPS[verb].said_for_resident.told(team=team, place=place), STEPS[verb].icon


@dataclass(frozen=True, slots=True)
class EmergencyCall:
    """A number to call at once, with who answers it."""

    number: str
    who: str


EMERGENCY_WORDS: Final[Mapping[str, Promise]] = {
    AMBULANCE: _("Ambulance"),
    FIRE: _("Fire brigade"),
    POLICE: _("Police"),
}


def calls_for(text: str) -> list[EmergencyCall]:
    """Return whom the words of an order call for, the most urgent first."""
    return calls_of(numbers_to_call(text))


def calls_of(numbers: Iterable[str]) -> list[EmergencyCall]:
    """Return emergency numbers with whom one reaches there; what is none of them is left out."""
    return [
        EmergencyCall(number, str(EMERGENCY_WORDS[number])) for number in numbers if number in EMERGENCY_WORDS
    ]


ODD_TIMES: Final[Mapping[str, str | Promise]] = {
    standing_out.TWO_PLACES: _("Two places at once"),
    standing_out.LONG_DAY: _("A long day"),
    standing_out.LATE: _("Written down late"),
    standing_out.NIGHT: _("At night"),
    standing_out.ALIKE: _("All alike"),
    standing_out.ONLY_TOLD: _("Only written by hand"),
}
_WHO_AGREES: Final[Mapping[str, str | Promise]] = {
    standing_out.PARENT: _("%(amount)s; the place above agrees to it"),
    standing_out.COUNTY: _("%(amount)s; the county's center agrees to it"),
}


def odd_amount(*, kind: str, amount: timedelta, tier: str) -> str:
    """Say how long a long day is and who agrees to it, how late a time was written, how long each visit is."""
    if kind == standing_out.LATE:
        days = max(amount.days, 1)
        return ngettext("%(number)s day later", "%(number)s days later", days) % {"number": days}
    hours, minutes = divmod(int(amount.total_seconds()) // 60, 60)
    told = gettext("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": minutes}
    if kind == standing_out.LONG_DAY:
        return str(_WHO_AGREES[tier]) % {"amount": told}
    return gettext("%(amount)s each time") % {"amount": told} if kind == standing_out.ALIKE else ""
