"""How rotas read: the look of each state, what happened, the audit trail."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sidan.core.badges import StateLook, StepWords
from sidan.rotas.enums import DutyState, RotaState, SwapState, WatchState

ROTA_LOOKS: Final[Mapping[str, StateLook]] = {
    RotaState.RUNNING.value: StateLook(RotaState.RUNNING.label, icon="circle-check", tone="done"),
    RotaState.ENDED.value: StateLook(RotaState.ENDED.label, icon="ban", tone="waiting"),
}
WATCH_LOOKS: Final[Mapping[str, StateLook]] = {
    WatchState.AHEAD.value: StateLook(WatchState.AHEAD.label, icon="calendar-check", tone="moving"),
    WatchState.OVER.value: StateLook(WatchState.OVER.label, icon="circle-check", tone="done"),
    WatchState.OFF.value: StateLook(WatchState.OFF.label, icon="ban", tone="waiting"),
}
DUTY_LOOKS: Final[Mapping[str, StateLook]] = {
    DutyState.PLANNED.value: StateLook(DutyState.PLANNED.label, icon="calendar-check", tone="done"),
    DutyState.WITHDRAWN.value: StateLook(DutyState.WITHDRAWN.label, icon="circle-x", tone="waiting"),
    DutyState.HANDED.value: StateLook(DutyState.HANDED.label, icon="repeat", tone="waiting"),
    DutyState.TAKEN_OFF.value: StateLook(DutyState.TAKEN_OFF.label, icon="ban", tone="waiting"),
    DutyState.ABSENT.value: StateLook(DutyState.ABSENT.label, icon="triangle-alert", tone="overdue"),
}
SWAP_LOOKS: Final[Mapping[str, StateLook]] = {
    SwapState.ASKED.value: StateLook(SwapState.ASKED.label, icon="clock", tone="waiting"),
    SwapState.AGREED.value: StateLook(SwapState.AGREED.label, icon="clock", tone="moving"),
    SwapState.DONE.value: StateLook(SwapState.DONE.label, icon="circle-check", tone="done"),
    SwapState.REFUSED.value: StateLook(SwapState.REFUSED.label, icon="circle-x", tone="waiting"),
    SwapState.CANCELLED.value: StateLook(SwapState.CANCELLED.label, icon="ban", tone="waiting"),
    SwapState.LAPSED.value: StateLook(SwapState.LAPSED.label, icon="clock", tone="waiting"),
}
STEPS: Final[Mapping[str, StepWords]] = {
    "plan": StepWords(_("The turn was planned"), icon="calendar-check"),
    "fill": StepWords(_("The office put the person on"), icon="calendar-check"),
    "take": StepWords(_("The gap was filled by whoever could"), icon="circle-check"),
    "take_over": StepWords(_("Taken over from a colleague"), icon="repeat"),
    "withdraw": StepWords(_("Said before: cannot come"), icon="circle-x"),
    "hand_over": StepWords(_("Handed to a colleague"), icon="repeat"),
    "take_off": StepWords(_("Taken off the rota"), icon="ban"),
    "miss": StepWords(_("Written down: was not there"), icon="triangle-alert"),
    "answer": StepWords(_("The person answered"), icon="message-square"),
    "excuse": StepWords(_("That the person was not there was taken back"), icon="circle-check"),
}
SWAP_STEPS: Final[Mapping[str, StepWords]] = {
    "ask": StepWords(_("A swap was asked for"), icon="send"),
    "accept": StepWords(_("A colleague takes the turn"), icon="circle-check"),
    "agree": StepWords(_("A colleague agreed; the office decides"), icon="clock"),
    "approve": StepWords(_("The office agreed"), icon="circle-check"),
    "refuse": StepWords(pgettext_lazy("swap", "It is not possible"), icon="circle-x"),
    "cancel": StepWords(_("The request was taken back"), icon="ban"),
    "lapse": StepWords(_("The request is of no use any more"), icon="clock"),
}
TRAIL: Final[dict[str, str | Promise]] = {
    "rota.start": _("started the rota %(subject)s"),
    "rota.change": _("changed the rota %(subject)s from now on"),
    "rota.end": _("ended the rota %(subject)s"),
    "rota.resume": _("took the rota %(subject)s up again"),
    "rota.group": _("began a group in the rota %(subject)s"),
    "rota.join": _("let somebody take turns in the rota %(subject)s"),
    "rota.leave": _("took somebody out of the rota %(subject)s"),
    "rota.printed": _("printed a week of the rota %(subject)s with names"),
    "rota.month": _("took the attendance of a month of the rota %(subject)s along as a table"),
    "rotas.exported": _("took the list of rotas along as a table"),
    "gaps.exported": _("took the list of lacking people along as a table"),
    "watch.close": _("closed a shift of %(subject)s that is over"),
    "watch.call_off": _("called a shift of %(subject)s off"),
    "watch.check_in": _("checked in at %(subject)s"),
    "watch.check_out": _("checked out at %(subject)s"),
    "duty.plan": _("planned a turn at %(subject)s"),
    "duty.fill": _("put somebody on a shift of %(subject)s"),
    "duty.take": _("filled a gap of %(subject)s"),
    "duty.take_over": _("took over a turn at %(subject)s"),
    "duty.withdraw": _("said before that they cannot come to %(subject)s"),
    "duty.hand_over": _("handed over a turn at %(subject)s"),
    "duty.take_off": _("took somebody off a shift of %(subject)s"),
    "duty.miss": _("wrote down who was not at %(subject)s"),
    "duty.answer": _("answered why they were not at %(subject)s"),
    "duty.excuse": pgettext_lazy("rota", "took back that somebody was not at %(subject)s"),
    "swap.ask": _("asked to swap a turn at %(subject)s"),
    "swap.accept": _("took a colleague's turn at %(subject)s"),
    "swap.agree": _("agreed to swap a turn at %(subject)s"),
    "swap.approve": _("let two people swap a turn at %(subject)s"),
    "swap.refuse": _("refused to swap a turn at %(subject)s"),
    "swap.cancel": _("took back a request to swap at %(subject)s"),
    "swap.lapse": _("ended a swap at %(subject)s that nobody answered"),
}
