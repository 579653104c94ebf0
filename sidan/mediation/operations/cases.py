"""Opening a case, handing it over, and how it ends."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sidan.core.actor import Actor
from sidan.core.clock import business_date
from sidan.core.errors import Invalid
from sidan.core.ids import order_number
from sidan.core.phones import normalise_phone
from sidan.mediation.enums import Side, SittingState
from sidan.mediation.models import Agreement, Case, CaseText, FollowUp, Party, Sitting
from sidan.mediation.notices import tell_mediator
from sidan.mediation.operations.door import append_step, pass_door
from sidan.mediation.permissions import require_handing_over, require_leading, require_opening
from sidan.mediation.queries import mediators_for
from sidan.people.models import Person
from sidan.places.models import Place

MOST_FOLLOW_UPS: Final = 12
FOLLOWED_WITHIN: Final = timedelta(days=730)
"""Farther ahead it is a wrong year."""
WRITTEN_WITHIN: Final = timedelta(days=365)
"""What was taken on longer ago is a wrong year."""


class NoSuchMediator(Invalid):
    code = "no_such_mediator"
    sentence = _("This person cannot lead the case. Please choose one of the list.")


class BadFollowUps(Invalid):
    code = "bad_follow_ups"
    sentence = _(
        "Follow-ups lie after the day of the agreement, from today on and within two years;"
        " there are at most %(limit)s."
    )


class AgreedAhead(Invalid):
    code = "agreed_ahead"
    sentence = _("The day of an agreement cannot lie ahead.")


class TakenOnAhead(Invalid):
    code = "taken_on_ahead"
    sentence = _("The day on which a case was taken on cannot lie ahead.")


class TakenOnTooFar(Invalid):
    code = "taken_on_too_far"
    sentence = _("A case is written down within a year after it was taken on.")


class AgreedBefore(Invalid):
    code = "agreed_before"
    sentence = _("The agreement cannot lie before the day on which the case was taken on.")


@dataclass(frozen=True, slots=True)
class NewParty:
    """One of the two parties, as they are written down."""

    name: str
    phone: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCase:
    """What is told when a case is opened."""

    place: Place
    dispute: str
    words: str
    first: NewParty
    second: NewParty
    taken_on: date | None = None
    """Where it is written down afterwards; else today."""


def open_case(*, actor: Actor, at: datetime, told: NewCase) -> Case:
    """Take a case on; who opens it is its mediator.

    Raises:
        MayNotMediate: the place is not the actor's.
        BadPhone: a telephone cannot be called.
        TakenOnAhead, TakenOnTooFar
    """
    today = business_date(at)
    taken_on = told.taken_on or today
    if taken_on > today:
        raise TakenOnAhead
    if taken_on < today - WRITTEN_WITHIN:
        raise TakenOnTooFar
    mediator_id = require_opening(actor=actor, place_id=told.place.pk)
    with transaction.atomic():
        case = Case.unscoped.create(
            number=order_number(), place=told.place, county_id=told.place.county_id,
            mediator_id=mediator_id, dispute=told.dispute,
            state_since=at, created_at=at, taken_on=taken_on,
        )  # fmt: skip
        CaseText.objects.create(case=case, dispute=told.words)
        for side, party in ((Side.FIRST, told.first), (Side.SECOND, told.second)):
            phone = normalise_phone(party.phone) if party.phone else ""
            Party.objects.create(case=case, side=side, name=party.name, phone=phone, address=party.address)
        append_step(case=case, actor=actor, at=at, verb="open", from_state="")
    return case


def hand_over_case(*, actor: Actor, at: datetime, case: Case, person_uuid: UUID) -> Case:
    """Give a case to another mediator, who is told; the one before sees it no more.

    Raises:
        NotYourCase, NoSuchMediator
        CaseMovedOn: somebody else acted on it since it was read.
    """
    require_handing_over(actor=actor, case=case)
    chosen = next((one for one in mediators_for(case=case) if one.uuid == person_uuid), None)
    if chosen is None:
        raise NoSuchMediator
    with transaction.atomic():
        # The history tells to whom; the words are the part of it that can be erased.
        pass_door(case=case, actor=actor, at=at, verb="hand_over", words=chosen.name)
        case.mediator = Person(pk=chosen.pk, name=chosen.name)
        case.save(update_fields=["mediator"])
        tell_mediator(case=case, kind="mediation_given", at=at)
    return case


def agree_case(
    *, actor: Actor, at: datetime, case: Case, terms: str, agreed_on: date, follow_ups: Sequence[date]
) -> Case:
    """Write down what the parties agreed on, and when one asks whether it is kept.

    Raises:
        NotYourCase, CaseMovedOn
        AgreedAhead: it was not agreed on yet.
        AgreedBefore: the case had not been taken on yet.
        BadFollowUps: one lies before the agreement, in the past or too far ahead, or there are too many.
    """
    require_leading(actor=actor, case=case)
    today, days = business_date(at), sorted(set(follow_ups))
    if agreed_on > today:
        raise AgreedAhead
    if agreed_on < case.taken_on:
        raise AgreedBefore
    if len(days) > MOST_FOLLOW_UPS or any(
        day <= agreed_on or not today <= day <= today + FOLLOWED_WITHIN for day in days
    ):
        raise BadFollowUps(limit=MOST_FOLLOW_UPS)
    with transaction.atomic():
        pass_door(case=case, actor=actor, at=at, verb="agree")
        Agreement.objects.create(case=case, turn=case.turn, terms=terms, agreed_on=agreed_on)
        # A case that was opened again may still have a follow-up to be held on the same day: that one is asked for.
        FollowUp.objects.bulk_create([FollowUp(case=case, due_on=day) for day in days], ignore_conflicts=True)
        _call_off_sittings(case, at=at)
    return case


def fail_case(*, actor: Actor, at: datetime, case: Case, words: str) -> Case:
    """End a case without an agreement; the words say where the parties were shown the way to.

    Raises:
        NotYourCase, CaseMovedOn
    """
    return _end(actor, at, case, "fail", words)


def withdraw_case(*, actor: Actor, at: datetime, case: Case, words: str) -> Case:
    """End a case because a party wants it no more: it is of free will. Raises NotYourCase, CaseMovedOn."""
    return _end(actor, at, case, "withdraw", words)


def close_case(*, actor: Actor, at: datetime, case: Case, words: str = "") -> Case:
    """Close an agreed case after its follow-ups. Raises NotYourCase, CaseMovedOn."""
    return _end(actor, at, case, "close", words)


def reopen_case(*, actor: Actor, at: datetime, case: Case, words: str = "") -> Case:
    """Take a case up again, because the quarrel came back. Raises NotYourCase, CaseMovedOn."""
    require_leading(actor=actor, case=case)
    with transaction.atomic():
        pass_door(case=case, actor=actor, at=at, verb="reopen", words=words)
    return case


def _end(actor: Actor, at: datetime, case: Case, verb: str, words: str) -> Case:
    require_leading(actor=actor, case=case)
    with transaction.atomic():
        pass_door(case=case, actor=actor, at=at, verb=verb, words=words)
        _call_off_sittings(case, at=at)
        # Nobody is reminded of what is over; that it was planned stays to be read.
        FollowUp.objects.filter(case=case, done_at=None, dropped_at=None).update(dropped_at=at)
    return case


def _call_off_sittings(case: Case, *, at: datetime) -> None:
    """Call off what lies ahead. A sitting that has begun was held, or not: its mediator says so, afterwards too."""
    Sitting.objects.filter(case=case, state=SittingState.PLANNED, planned_at__gt=at).update(
        state=SittingState.CALLED_OFF
    )
