"""The resident's own access to an order that somebody entered for them: a code, said or printed.

Only a keyed hash is kept. Tries are counted in one statement that commits before the answer; besides, wrong tries
count for the lockout of the network address and of the order's number, as those of signing in do. The number stands
on paper that others read: wrong tries lock it for the address they come from, and a new code forgives them all.
"""

import hmac
from datetime import datetime, timedelta

from django.db import connection
from django.utils.translation import gettext_lazy as _

from sidan.audit.operations import record
from sidan.core.actor import Actor
from sidan.core.crypto import lookup_candidates, lookup_hash
from sidan.core.errors import FieldProblem, Invalid
from sidan.core.ids import BadNumber, drawn_digits, parse_number
from sidan.core.transactions import act
from sidan.desk.models import AccessCode
from sidan.desk.permissions import require_issuing_code
from sidan.desk.policies import CODE_DAYS, CODE_DIGITS, CODE_TRIES
from sidan.orders.looks import CODE_ISSUED, LOOK_BY_CODE, OWN_CODE_ISSUED
from sidan.orders.models import Order
from sidan.orders.operations.door import lock_order
from sidan.orders.permissions import require_own
from sidan.people.operations import begin_attempt, forgive_attempts
from sidan.people.permissions import require_signed_in

PURPOSE = "desk.accesscode"


class WrongOrderCode(Invalid):
    """Number and code are told together: which of the two is wrong would help a guesser only."""

    code = "wrong_order_code"
    sentence = _(
        "Number and code do not fit together, or the code is no longer good. The office gives out a new one."
    )


def issue_code(*, actor: Actor, at: datetime, order: Order) -> str:
    """Give out a new code for an order; the one before ends. Returns the digits, which are kept nowhere.

    Raises:
        NotYourResident.
        ServesHere: the actor serves the order, or did.
    """
    require_issuing_code(actor=actor, order=order)
    return _issue(actor, at, order, verb=CODE_ISSUED)


def issue_own_code(*, actor: Actor, at: datetime, order: Order) -> str:
    """Give out a code for one's own order, to be printed at a terminal; the one before ends.

    Raises:
        NotYourOrder.
    """
    require_own(actor=actor, order=order)
    return _issue(actor, at, order, verb=OWN_CODE_ISSUED)


def _issue(actor: Actor, at: datetime, order: Order, *, verb: str) -> str:
    account_id, _person_id = require_signed_in(actor=actor)
    digits = drawn_digits(CODE_DIGITS)
    with act():
        lock_order(order_id=order.pk)
        AccessCode.objects.filter(order=order, ended_at=None).update(ended_at=at)
        AccessCode.objects.create(
            order=order, code_hash=lookup_hash(value=f"{order.number} {digits}", purpose=PURPOSE),
            issued_by_id=account_id, issued_at=at, expires_at=at + timedelta(days=CODE_DAYS),
        )  # fmt: skip
        # Whoever was locked out goes to the station for a new code: it must open at once.
        forgive_attempts(phone=_counted_as(order.number))
        record(
            actor=actor, at=at, verb=verb, subject=("order", order.pk),
            place_id=order.origin_place_id, county_id=order.county_id,
        )  # fmt: skip
    return digits


def open_by_code(*, actor: Actor, at: datetime, number: str, digits: str, address: str) -> AccessCode:
    """Return the code's row if number and code belong together.

    Whoever is signed in and is not the resident has looked at what is theirs: the resident reads that (R-Z10).

    Raises:
        WrongOrderCode, LockedOut.
    """
    try:
        plain = parse_number(number)
    except BadNumber:
        plain = ""
    # A number that is none counts for the address alone: else one guesser would lock all who mistype.
    begin_attempt(phone=_counted_as(plain or address), address=address, at=at, is_on_paper=True)
    row = AccessCode.objects.select_related("order").filter(order__number=plain, ended_at=None).first()
    if row is None or not _count_try(code_id=row.pk, at=at) or not _fits(row, plain, digits):
        raise WrongOrderCode(errors=[FieldProblem("/code", WrongOrderCode.sentence)])
    with act():
        AccessCode.objects.filter(pk=row.pk).update(tries=0)
        forgive_attempts(phone=_counted_as(plain))
        _note_opening(actor, at, row.order)
    return row


def _note_opening(actor: Actor, at: datetime, order: Order) -> None:
    is_own = not actor.is_signed_in or actor.person_id == order.requester_id
    record(
        actor=actor, at=at, verb="order.opened_by_code" if is_own else LOOK_BY_CODE, subject=("order", order.pk),
        place_id=order.origin_place_id, county_id=order.county_id,
    )  # fmt: skip


def _counted_as(number: str) -> str:
    return f"order {number}"


def _fits(row: AccessCode, number: str, digits: str) -> bool:
    stored = bytes(row.code_hash)
    known = lookup_candidates(value=f"{number} {digits}", purpose=PURPOSE)
    return any(hmac.compare_digest(stored, candidate) for candidate in known)


def _count_try(*, code_id: int, at: datetime) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE desk_accesscode SET tries = tries + 1"
            " WHERE id = %s AND ended_at IS NULL AND expires_at > %s AND tries < %s",
            [code_id, at, CODE_TRIES],
        )
        return bool(cursor.rowcount == 1)
