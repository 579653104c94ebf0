"""Not coming: said before, taken off, or not there; with a reason, and the person's answer."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sidan.core.actor import Actor
from sidan.core.errors import Conflict, require_words
from sidan.rotas.models import Duty
from sidan.rotas.notices import tell_office, tell_whose
from sidan.rotas.operations.door import end_swaps, lock_watches, pass_duty
from sidan.rotas.permissions import require_own, require_running
from sidan.rotas.queries import has_answered, has_come


class DutyBegun(Conflict):
    code = "duty_begun"
    sentence = _("This turn has begun or is over. Please call the office.")


class NotOverYet(Conflict):
    code = "watch_not_over_yet"
    sentence = pgettext_lazy("rota", "Who was not there is known when it is over.")


class WasThere(Conflict):
    code = "was_there"
    sentence = _("%(name)s was checked in. If that is wrong, it is said of the time itself.")


class AnsweredAlready(Conflict):
    code = "answered_already"
    sentence = pgettext_lazy("rota", "You have answered already; the place reads it.")


@transaction.atomic
def withdraw(*, actor: Actor, at: datetime, duty: Duty, words: str) -> Duty:
    """Say before it begins that one cannot come, and why; the office is told that somebody is lacking.

    Raises:
        NotYourDuty, SayWhy, DutyBegun, DutyMovedOn
    """
    require_own(actor=actor, duty=duty)
    require_words(words)
    _hold_ahead(duty, at)
    pass_duty(duty=duty, actor=actor, at=at, verb="withdraw", words=words)
    end_swaps(duty=duty, actor=actor, at=at)
    tell_office(kind="duty_withdrawn", watch=duty.watch, at=at, but=actor.account_id)
    return duty


@transaction.atomic
def take_off(*, actor: Actor, at: datetime, duty: Duty, words: str) -> Duty:
    """Take somebody off a watch that has not begun, and say why: they are told.

    Raises:
        NotYourRotas, SayWhy, DutyBegun, DutyMovedOn
    """
    require_running(actor=actor, thing=duty)
    require_words(words)
    _hold_ahead(duty, at)
    pass_duty(duty=duty, actor=actor, at=at, verb="take_off", words=words)
    end_swaps(duty=duty, actor=actor, at=at)
    tell_whose(kind="duty_taken_off", duty=duty, at=at, but=actor.account_id)
    return duty


@transaction.atomic
def miss(*, actor: Actor, at: datetime, duty: Duty, words: str) -> Duty:
    """Write down that somebody was not there, and how one knows; they are told and answer.

    Raises:
        NotYourRotas, SayWhy, NotOverYet, WasThere, DutyMovedOn
    """
    require_running(actor=actor, thing=duty)
    require_words(words)
    duty.watch = lock_watches([duty.watch_id])[duty.watch_id]
    if duty.span.ends > at:
        raise NotOverYet
    if has_come(duty=duty):
        raise WasThere(name=duty.person.name)
    pass_duty(duty=duty, actor=actor, at=at, verb="miss", words=words)
    tell_whose(kind="duty_missed", duty=duty, at=at, but=actor.account_id)
    return duty


@transaction.atomic
def answer_absence(*, actor: Actor, at: datetime, duty: Duty, words: str) -> Duty:
    """Say, once each time it is written down, why one was not there, or that one was.

    Raises:
        NotYourDuty, SayWhy, AnsweredAlready, DutyMovedOn
    """
    require_own(actor=actor, duty=duty)
    require_words(words)
    lock_watches([duty.watch_id])
    if has_answered(duty=duty):
        raise AnsweredAlready
    pass_duty(duty=duty, actor=actor, at=at, verb="answer", words=words)
    tell_office(kind="duty_answered", watch=duty.watch, at=at, but=actor.account_id)
    return duty


@transaction.atomic
def excuse(*, actor: Actor, at: datetime, duty: Duty, words: str = "") -> Duty:
    """Take back that somebody was not there. Raises NotYourRotas, DutyMovedOn."""
    require_running(actor=actor, thing=duty)
    pass_duty(duty=duty, actor=actor, at=at, verb="excuse", words=words)
    tell_whose(kind="duty_excused", duty=duty, at=at, but=actor.account_id)
    return duty


def _hold_ahead(duty: Duty, at: datetime) -> None:
    """Hold the watch of a turn that has not begun. Raises DutyBegun."""
    duty.watch = lock_watches([duty.watch_id])[duty.watch_id]
    if duty.span.begins <= at:
        raise DutyBegun
