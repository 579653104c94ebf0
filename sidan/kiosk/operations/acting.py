"""What residents do at a terminal. Codes and tries are counted by the terminal: it stands for the network address."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from sidan.audit.operations import record
from sidan.core.actor import NOBODY, Actor
from sidan.core.errors import NotSignedIn, TooMany
from sidan.core.locks import wait_for
from sidan.core.transactions import act as one_act
from sidan.desk.models import AccessCode
from sidan.desk.operations import open_by_code
from sidan.kiosk.models import KioskOrder, KioskTerminal
from sidan.kiosk.policies import LOOK_AT_DIGITS, ORDERS_A_DAY, ORDERS_AN_HOUR
from sidan.kiosk.queries import order_of_act, ordered_since
from sidan.orders.enums import Channel
from sidan.orders.models import Order
from sidan.orders.operations import Wish, place_order
from sidan.people.models import Account, Person
from sidan.people.operations import account_by_phone, account_of_sharer, request_code
from sidan.people.queries import actor_for_account


class TooManyOrdersHere(TooMany):
    code = "too_many_orders_here"
    sentence = _("Very much was ordered here within the hour. Please ask the people at this station.")


class EnoughForToday(TooMany):
    code = "enough_orders_today"
    sentence = _("You have ordered five times today. Please ask the people at this station for more.")


def address_at(terminal: KioskTerminal) -> str:
    """Return what stands for the network address in counting tries: an office shares one with its terminals."""
    return f"kiosk {terminal.uuid}"


def send_code(*, at: datetime, terminal: KioskTerminal, phone: str, language: str) -> None:
    """Send six digits to a telephone.

    Raises:
        BadPhone, TooManyCodes, TooManyCodesFromHere.
    """
    request_code(actor=_visitor(language), at=at, phone=phone, address=address_at(terminal))


def prove_phone(
    *, at: datetime, terminal: KioskTerminal, phone: str, code: str, language: str
) -> Account | None:
    """Return whose telephone it is; who is new is written down at the terminal's place.

    Nobody where several share the number: one of them is chosen next.

    Raises:
        WrongCode, MoreThanACode.
    """
    return account_by_phone(
        actor=_visitor(language), at=at, phone=phone, code=code, place=terminal.place
    )  # fmt: skip


def choose_person(*, at: datetime, phone: str, person: UUID, language: str) -> tuple[Account, Person]:
    """Return who of those that share a proven number acts, and by which account.

    Raises:
        NotOfThisNumber, MoreThanACode.
    """
    return account_of_sharer(actor=_visitor(language), at=at, phone=phone, person=person)


def open_paper(*, at: datetime, terminal: KioskTerminal, number: str, digits: str) -> AccessCode:
    """Return the row of a code on paper. Raises WrongOrderCode, LockedOut."""
    return open_by_code(actor=NOBODY, at=at, number=number, digits=digits, address=address_at(terminal))


def resident_at(*, terminal: KioskTerminal, account_id: int, language: str, person_id: int = 0) -> Actor:
    """Return who acts at a terminal: a resident with no right of any office, who lives here if nothing else is known.

    Args:
        person_id: who of those that share the account's number was chosen; 0 for the account's own.

    Raises:
        NotSignedIn: the account was closed meanwhile.
    """
    actor = actor_for_account(account_id)
    if actor is None:
        raise NotSignedIn
    if person_id and person_id != actor.person_id:
        chosen = Person.unscoped.get(pk=person_id)
        actor = replace(actor, person_id=chosen.pk, name=chosen.name, home_place_id=chosen.home_place_id)
    home = actor.home_place_id or terminal.place_id
    return replace(
        actor, grants=(), team_ids=(), led_team_ids=(), home_place_id=home, language=language
    )  # fmt: skip


def order_at_terminal(*, actor: Actor, at: datetime, terminal: KioskTerminal, act: UUID, wish: Wish) -> Order:
    """Place an order at a terminal; the same act sent twice is one order, and the second is told of the first.

    Raises:
        TooManyOrdersHere, EnoughForToday; and all that `place_order` raises.
    """
    try:
        with one_act():
            wait_for(value=address_at(terminal), purpose="kiosk.orders")
            _check_measure(actor, at, terminal)
            order = place_order(actor=actor, at=at, wish=wish, channel=Channel.KIOSK)
            KioskOrder.objects.create(terminal=terminal, order=order, act=act, at=at)
            record(
                actor=actor, at=at, verb="kiosk.ordered", subject=("kiosk", terminal.pk),
                place_id=terminal.place_id, county_id=terminal.county_id,
            )  # fmt: skip
    except (IntegrityError, EnoughForToday, TooManyOrdersHere):
        placed = order_of_act(act=act)
        if placed is None:
            raise
        return placed
    return order


def note_digits_shown(*, actor: Actor, at: datetime, order: Order) -> None:
    """Write down that whoever signs in with a telephone had the digits for the door of somebody else's order shown.

    Several share it: who of them stood at the terminal nobody knows, so its owner proves nothing by these digits at the
    door, and whose order it is reads that they were shown. Of one's own order nothing is written.
    """
    if Account.objects.filter(pk=actor.account_id or 0, person=order.requester_id).exists():
        return
    record(
        actor=actor, at=at, verb=LOOK_AT_DIGITS, subject=("order", order.pk),
        place_id=order.origin_place_id, county_id=order.county_id,
    )  # fmt: skip


def _check_measure(actor: Actor, at: datetime, terminal: KioskTerminal) -> None:
    if ordered_since(since=at - timedelta(hours=1), terminal=terminal) >= ORDERS_AN_HOUR:
        raise TooManyOrdersHere(seconds=3600)
    if ordered_since(since=at - timedelta(days=1), person_id=actor.person_id or 0) >= ORDERS_A_DAY:
        raise EnoughForToday


def _visitor(language: str) -> Actor:
    return replace(NOBODY, language=language)
