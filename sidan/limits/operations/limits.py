"""Writing down the limits of a place, and taking them back; every word stays."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from sidan.audit.operations import record
from sidan.catalogue.models import Category
from sidan.core.actor import Actor
from sidan.core.errors import Conflict, Invalid
from sidan.limits.enums import AtEnd, AtHalf, Step, Unit
from sidan.limits.models import Limit
from sidan.limits.permissions import require_setting, staff_ids
from sidan.limits.policies import ENDS_OF_STEP, WISHED_FOR, Which
from sidan.limits.queries import forget_rules, last_word, levels_below, limit_holding
from sidan.limits.words import said_words
from sidan.orders.enums import Urgency
from sidan.places.models import Place

MOST: Final = {
    Unit.WORKING_DAYS: 250, Unit.WORKING_HOURS: 2000, Unit.HOURS: 8784, Unit.MINUTES: 1440, Unit.WISHED: 8784,
}  # fmt: skip
"""About a year, in minutes a day: whoever wants more wants no limit."""
LONGEST: Final = max(MOST.values())


class AmountOutside(Invalid):
    code = "limit_amount_outside"
    sentence = _("Choose a number from 1 to %(most)s.")


class NotALimit(Invalid):
    code = "limit_unknown"
    sentence = _("There is no such step, unit, urgency, category or reminder.")


class LevelDoesNotFit(Invalid):
    code = "limit_level_does_not_fit"
    sentence = _("There are no such places below %(place)s.")


class LimitMovedOn(Conflict):
    code = "limit_moved_on"
    sentence = _(
        "Somebody changed this time limit after you looked at it. Now it says: %(now)s. Please decide again."
    )


class EndDoesNotFit(Invalid):
    code = "limit_end_does_not_fit"
    sentence = _("This cannot happen at the end of this step.")


class UnitDoesNotFit(Invalid):
    code = "limit_unit_does_not_fit"
    sentence = _("Only a visit can be due by the wished time.")


class PersonMissing(Invalid):
    code = "limit_person_missing"
    sentence = _("Choose who is told: somebody who decides about it at this place or above it.")


class ReasonNeeded(Invalid):
    code = "limit_reason_needed"
    sentence = _("Please say why the limit is changed: colleagues will read it.")


class NothingOfItsOwn(Conflict):
    code = "limit_nothing_of_its_own"
    sentence = _("This place says nothing itself here; there is nothing to take back.")


@dataclass(frozen=True, slots=True)
class Terms:
    """How long, counted how, and what happens at half and at the end."""

    amount: int
    unit: str
    at_half: str
    at_end: str
    person_id: int | None = None


@transaction.atomic
def set_limit(
    *,
    actor: Actor,
    at: datetime,
    place: Place,
    step: str,
    terms: Terms,
    reason: str,
    category: str | None = None,
    level: str = "",
    urgency: str = Urgency.NORMAL,
    seen: UUID | None = None,
) -> Limit:
    """Write down a limit of a place, for it and all below that say nothing themselves; clocks that run stay.

    With a `level` it is meant for the places of that kind below it, and for no others. `seen` is the place's own word
    that whoever writes has read and replaces; none where they read that it says nothing itself.

    Raises:
        MayNotSetLimits: the actor does not manage the place.
        NotALimit, LevelDoesNotFit, UnitDoesNotFit, AmountOutside, EndDoesNotFit, PersonMissing, ReasonNeeded: what was
            given is not right.
        LimitMovedOn: the place says something else by now than what was read.
    """
    require_setting(actor=actor, place=place)
    which = Which(step, category, level, urgency)
    _check(place, which, terms)
    require_seen(own=limit_holding(place_id=place.pk, which=which), seen=seen)
    if not reason.strip():
        raise ReasonNeeded
    return _write(actor, at, place, which, terms, reason.strip(), in_force=True)


@transaction.atomic
def take_back_limit(
    *, actor: Actor, at: datetime, place: Place, step: str, category: str | None, urgency: str, reason: str,
    level: str = "", seen: UUID | None = None,
) -> Limit:  # fmt: skip
    """Let what stands above hold again; `seen` is the place's own word that is taken back.

    Raises:
        MayNotSetLimits, NothingOfItsOwn, ReasonNeeded, LimitMovedOn.
    """
    require_setting(actor=actor, place=place)
    if not reason.strip():
        raise ReasonNeeded
    which = Which(step, category, level, urgency)
    own = limit_holding(place_id=place.pk, which=which)
    require_seen(own=own, seen=seen)
    if own is None:
        raise NothingOfItsOwn
    terms = Terms(own.amount, own.unit, own.at_half, own.at_end, own.person_id)
    return _write(actor, at, place, which, terms, reason.strip(), in_force=False)


def require_seen(*, own: Limit | None, seen: UUID | None) -> None:
    """Refuse to write over what nobody read: of two who look at the same word the second is told what stands by now.

    Raises:
        LimitMovedOn
    """
    if seen != (own.uuid if own else None):
        raise LimitMovedOn(now=said_words(own))


def _check(place: Place, which: Which, terms: Terms) -> None:
    known = which.step in Step.values and terms.unit in Unit.values and terms.at_half in AtHalf.values
    if not known or which.urgency not in Urgency.values:
        raise NotALimit
    if which.category is not None and not Category.objects.filter(pk=which.category).exists():
        raise NotALimit
    if which.level and which.level not in levels_below(place=place):
        raise LevelDoesNotFit(place=place.shown_short)
    if terms.unit == Unit.WISHED and which.step not in WISHED_FOR:
        raise UnitDoesNotFit
    most = MOST[Unit(terms.unit)]
    if not 1 <= terms.amount <= most:
        raise AmountOutside(most=most)
    if terms.at_end not in ENDS_OF_STEP[which.step]:
        raise EndDoesNotFit
    if (terms.at_end == AtEnd.TO_PERSON) != (terms.person_id is not None):
        raise PersonMissing
    if terms.person_id is not None and terms.person_id not in staff_ids(place=place, step=which.step):
        raise PersonMissing


def _write(
    actor: Actor, at: datetime, place: Place, which: Which, terms: Terms, reason: str, *, in_force: bool
) -> Limit:
    last = last_word(place_id=place.pk, which=which)
    try:
        with transaction.atomic():
            limit = Limit.objects.create(
                place=place, step=which.step, category_id=which.category, level=which.level, urgency=which.urgency,
                word=last.word + 1 if last else 1, in_force=in_force, amount=terms.amount, unit=terms.unit,
                at_half=terms.at_half, at_end=terms.at_end, person_id=terms.person_id, reason=reason,
                actor_id=actor.account_id, at=at,
            )  # fmt: skip
    except IntegrityError as both:
        raise LimitMovedOn(now=said_words(limit_holding(place_id=place.pk, which=which))) from both
    record(
        actor=actor, at=at, verb="limits.set" if in_force else "limits.taken_back", subject=("place", place.pk),
        place_id=place.pk, county_id=place.county_id, step=which.step, limit=limit.pk,
    )  # fmt: skip
    transaction.on_commit(forget_rules)
    return limit
