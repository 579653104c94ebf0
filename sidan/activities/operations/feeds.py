"""The secret address of one's own calendar: made, made anew, taken away, and opened by whoever has it."""

import secrets
from datetime import datetime
from typing import Final

from django.utils.translation import gettext_lazy as _

from sidan.activities.models import CalendarAddress
from sidan.activities.queries import account_of_address
from sidan.audit.operations import record
from sidan.core.actor import Actor
from sidan.core.errors import Conflict, NotFound
from sidan.core.transactions import act
from sidan.people.operations import begin_attempt
from sidan.people.permissions import require_signed_in
from sidan.people.queries import actor_for_account, token_hash

TOKEN_BYTES: Final = 32


class NoCalendarAddress(Conflict):
    code = "no_calendar_address"
    sentence = _("Your calendar has no address to take away.")


class WrongCalendarAddress(NotFound):
    """One answer for an address that never was, was made anew or taken away, or whose account is closed."""

    code = "wrong_calendar_address"
    sentence = _("There is no calendar at this address. Its owner can make a new one.")


def make_calendar_address(*, actor: Actor, at: datetime) -> str:
    """Return the secret part of a new address, told this once; a former address ends."""
    account_id, _person_id = require_signed_in(actor=actor)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    with act():
        made, _is_new = CalendarAddress.objects.update_or_create(
            account_id=account_id, defaults={"token_hash": token_hash(token), "made_at": at}
        )
        record(actor=actor, at=at, verb="calendar.address_made", subject=("account", made.account_id))
    return token


def remove_calendar_address(*, actor: Actor, at: datetime) -> None:
    """Take the address away: what reads it finds nothing from now on.

    Raises:
        NoCalendarAddress.
    """
    account_id, _person_id = require_signed_in(actor=actor)
    with act():
        gone, _of_each = CalendarAddress.objects.filter(account=account_id).delete()
        if not gone:
            raise NoCalendarAddress
        record(actor=actor, at=at, verb="calendar.address_removed", subject=("account", account_id))


def open_own_calendar(*, at: datetime, token: str, address: str) -> Actor:
    """Return whose calendar an address opens. What is wrong counts for the network address, as everywhere.

    Raises:
        WrongCalendarAddress, LockedOut.
    """
    account_id = account_of_address(token=token)
    owner = actor_for_account(account_id) if account_id is not None else None
    if owner is None:
        begin_attempt(phone=f"calendar {address}", address=address, at=at, is_on_paper=True)
        raise WrongCalendarAddress
    return owner
