"""Setting a terminal up by a code that is good once, and taking it out of service."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext_lazy as _

from sidan.audit.operations import record
from sidan.core.actor import NOBODY, Actor
from sidan.core.crypto import lookup_hash
from sidan.core.errors import Conflict, FieldProblem, Invalid
from sidan.core.ids import drawn_digits
from sidan.core.scope import everything
from sidan.core.transactions import act
from sidan.kiosk.models import KioskTerminal
from sidan.kiosk.permissions import require_keeping
from sidan.kiosk.policies import SEEN_STEP, SETUP_DIGITS, SETUP_LASTS
from sidan.kiosk.queries import PURPOSE, waiting_terminals
from sidan.people.operations import begin_attempt
from sidan.people.queries import token_hash
from sidan.places.models import Place

TOKEN_BYTES: Final = 32


class WrongSetupCode(Invalid):
    """One answer for a code that never was, was used, or is too old."""

    code = "wrong_setup_code"
    sentence = _("This code is not right or no longer good. Please have a new one given out in the console.")


class OutOfService(Conflict):
    code = "terminal_out_of_service"
    sentence = _("This terminal is out of service already.")


@dataclass(frozen=True, slots=True)
class Invited:
    """A terminal that waits to be set up, and the code for it, which is kept nowhere."""

    terminal: KioskTerminal
    code: str


def invite_terminal(
    *, actor: Actor, at: datetime, place: Place, name: str, code: str = "", lasts: timedelta = SETUP_LASTS
) -> Invited:
    """Write a terminal of a place down and give out the code to set it up; the demo alone names code and span.

    Raises:
        NotYourTerminals.
    """
    require_keeping(actor=actor, place=place)
    code = code or new_code()
    with act():
        terminal = KioskTerminal.objects.create(
            place=place, county_id=place.county_id, name=name, invited_by_id=actor.account_id, invited_at=at,
            setup_hash=lookup_hash(value=code, purpose=PURPOSE), setup_until=at + lasts,
        )  # fmt: skip
        _record(actor, at, "kiosk.invited", terminal)
    return Invited(terminal, code)


def invite_again(*, actor: Actor, at: datetime, terminal: KioskTerminal) -> Invited:
    """Give out another code for a terminal whose cookie was lost or whose device was changed; the former token ends.

    Raises:
        NotYourTerminals, OutOfService.
    """
    require_keeping(actor=actor, place=terminal.place)
    code = new_code()
    with act():
        found = _locked(terminal)
        found.setup_hash, found.setup_until = lookup_hash(value=code, purpose=PURPOSE), at + SETUP_LASTS
        found.token_hash, found.enrolled_at = None, None
        found.save(update_fields=["setup_hash", "setup_until", "token_hash", "enrolled_at"])
        _record(actor, at, "kiosk.invited", found)
    return Invited(found, code)


def new_code() -> str:
    """Return digits to be typed once."""
    return drawn_digits(SETUP_DIGITS)


def enrol_terminal(*, at: datetime, code: str, address: str) -> tuple[KioskTerminal, str]:
    """Return the terminal that a code sets up, and its token: told once, kept as a hash.

    Wrong codes count for the lockout of the network address.

    Raises:
        WrongSetupCode, LockedOut.
    """
    attempt = begin_attempt(phone=f"kiosk {address}", address=address, at=at)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    with everything("a code sets one terminal up"), act():
        found = waiting_terminals(code=code, at=at).select_for_update(of=("self",)).first()
        if found is None:
            raise WrongSetupCode(errors=[FieldProblem("/code", WrongSetupCode.sentence)])
        found.setup_hash, found.token_hash = None, token_hash(token)
        found.enrolled_at = found.seen_at = at
        found.save(update_fields=["setup_hash", "token_hash", "enrolled_at", "seen_at"])
        attempt.delete()
        _record(NOBODY, at, "kiosk.enrolled", found)
    return found, token


def revoke_terminal(*, actor: Actor, at: datetime, terminal: KioskTerminal) -> KioskTerminal:
    """Take a terminal out of service: its token opens nothing from the next touch on.

    Raises:
        NotYourTerminals, OutOfService.
    """
    require_keeping(actor=actor, place=terminal.place)
    with act():
        found = _locked(terminal)
        found.setup_hash = found.token_hash = found.enrolled_at = None
        found.revoked_at, found.revoked_by_id = at, actor.account_id
        found.save(
            update_fields=["setup_hash", "token_hash", "enrolled_at", "revoked_at", "revoked_by"]
        )  # fmt: skip
        _record(actor, at, "kiosk.revoked", found)
    return found


def note_seen(*, at: datetime, terminal: KioskTerminal) -> None:
    """Write down that a terminal is in use, now and then. Not audited: nobody did anything."""
    if terminal.seen_at is None or at - terminal.seen_at >= SEEN_STEP:
        KioskTerminal.unscoped.filter(pk=terminal.pk).update(seen_at=at)


def _locked(terminal: KioskTerminal) -> KioskTerminal:
    found = KioskTerminal.unscoped.select_for_update().get(pk=terminal.pk)
    if found.revoked_at is not None:
        raise OutOfService
    return found


def _record(actor: Actor, at: datetime, verb: str, terminal: KioskTerminal) -> None:
    record(
        actor=actor, at=at, verb=verb, subject=("kiosk", terminal.pk), place_id=terminal.place_id,
        county_id=terminal.county_id,
    )  # fmt: skip
