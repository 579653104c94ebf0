"""The second factor: codes that change every thirty seconds (TOTP, RFC 6238)."""

import base64
import os
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import quote

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor import InvalidToken
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sidan.audit.operations import record
from sidan.core.actor import Actor
from sidan.core.errors import Conflict, FieldProblem, Forbidden, Invalid, NotFound
from sidan.people.models import Account, ApiToken
from sidan.people.operations.attempts import begin_attempt, forgive_attempts
from sidan.people.permissions import is_system, require_power_over_account, require_signed_in
from sidan.people.queries import roles_now

STEP_SECONDS: Final = 30
SECRET_BYTES: Final = 20
"""What RFC 4226 recommends for SHA-1, which is the only kind every telephone's app can do."""


class WrongTotp(Invalid):
    code = "wrong_totp"
    sentence = _(
        "This code is not right, or it was used already. Please wait for the next one and enter that."
    )


class TotpAlreadySet(Conflict):
    code = "totp_already_set"
    sentence = _("The second factor is set up already. Remove it first to set up a new telephone.")


@dataclass(frozen=True, slots=True)
class TotpOffer:
    """A secret that is not yet anybody's: shown once as text and as a picture, kept only when confirmed."""

    secret: str
    address: str
    """The otpauth:// address that the picture holds."""


def offer_totp(*, actor: Actor) -> TotpOffer:
    """Make a fresh secret to be scanned; nothing is kept."""
    require_signed_in(actor=actor)
    return totp_offer_of(actor=actor, secret=base64.b32encode(os.urandom(SECRET_BYTES)).decode())


def totp_offer_of(*, actor: Actor, secret: str) -> TotpOffer:
    """Return the same offer again, for a form that was refused."""
    label = quote(f"四单:{actor.name}")
    return TotpOffer(secret=secret, address=f"otpauth://totp/{label}?secret={secret}&issuer={quote('四单')}")


def confirm_totp(*, actor: Actor, at: datetime, secret: str, code: str) -> None:
    """Keep the secret once its owner has shown that the telephone makes the right codes.

    Raises:
        WrongTotp, TotpAlreadySet.
    """
    account_id, _person_id = require_signed_in(actor=actor)
    with transaction.atomic():
        account = Account.objects.select_for_update().get(pk=account_id)
        if account.totp_secret:
            raise TotpAlreadySet
        step = _matching_step(secret=secret, code=code, at=at)
        if step is None:
            raise WrongTotp(errors=[FieldProblem("/code", WrongTotp.sentence)])
        account.totp_secret, account.totp_last_step = secret, step
        account.save(update_fields=["totp_secret", "totp_last_step"])
        record(actor=actor, at=at, verb="account.totp_set", subject=("account", account.pk))


def use_totp(*, account_id: int, at: datetime, code: str, address: str) -> None:
    """Take a code as the second factor: each is good once, and tries are counted as with a password.

    Raises:
        WrongTotp: wrong, or used before.
        LockedOut: too many tries.
    """
    account = Account.objects.get(pk=account_id)
    attempt = begin_attempt(phone=account.phone, address=address, at=at)
    step = _matching_step(secret=account.totp_secret, code=code, at=at)
    # One statement decides: of two requests with the same code only one moves the step.
    is_first = step is not None and Account.objects.filter(pk=account_id, totp_last_step__lt=step).update(
        totp_last_step=step
    )
    if not is_first:
        raise WrongTotp(errors=[FieldProblem("/code", WrongTotp.sentence)])
    attempt.delete()
    forgive_attempts(phone=account.phone)


def remove_own_totp(*, actor: Actor, at: datetime, code: str, address: str) -> None:
    """Take the second factor off one's own account, with a last code from it."""
    account_id, _person_id = require_signed_in(actor=actor)
    account = Account.objects.get(pk=account_id)
    if not account.totp_secret:
        raise NotFound
    use_totp(account_id=account.pk, at=at, code=code, address=address)
    _take_off(actor=actor, at=at, account=account)


def reset_totp(*, actor: Actor, at: datetime, account_id: int) -> None:
    """Take the second factor off another's account, whose telephone was lost.

    Raises:
        NotYourAccounts, NotYoursToOpen, NotForYourself, AdministrationInTwoHands, NotForAdministrators, NotFound.
    """
    account = Account.objects.select_related("person").filter(pk=account_id).first()
    if account is None:
        raise NotFound
    require_power_over_account(
        actor=actor,
        account_id=account_id,
        place_id=account.person.home_place_id,
        roles=roles_now(account_id=account.pk),
    )
    _take_off(actor=actor, at=at, account=account)


def forget_totp(*, actor: Actor, at: datetime, phone: str) -> Account:
    """Take the second factor off the account with this telephone, whoever it is: for the server's console only.

    The one security administrator of a county who has lost the telephone finds nobody who may help in the pages.
    Tokens of the account end too, as the lost telephone may hold one; the password is still asked for.

    Raises:
        Forbidden: anybody but the system itself asks.
        NotFound: no account has this telephone, or it has no second factor.
    """
    if not is_system(actor):
        raise Forbidden
    account = Account.objects.filter(phone_hash=phone).first()
    if account is None or not account.totp_secret:
        raise NotFound
    with transaction.atomic():
        ApiToken.objects.filter(account=account, revoked_at=None).update(revoked_at=at)
        _take_off(actor=actor, at=at, account=account)
    return account


@transaction.atomic
def _take_off(*, actor: Actor, at: datetime, account: Account) -> None:
    account.totp_secret, account.totp_last_step = "", 0
    account.save(update_fields=["totp_secret", "totp_last_step"])
    record(actor=actor, at=at, verb="account.totp_removed", subject=("account", account.pk))


def _matching_step(*, secret: str, code: str, at: datetime) -> int | None:
    """Return the time step whose code this is: the present one, or one beside it because clocks differ."""
    try:
        totp = TOTP(base64.b32decode(secret), 6, SHA1(), STEP_SECONDS)
    except ValueError:
        return None
    now_step = int(at.timestamp()) // STEP_SECONDS
    for step in (now_step, now_step - 1, now_step + 1):
        try:
            totp.verify(code.encode(), step * STEP_SECONDS)
        except InvalidToken:
            continue
        return step
    return None
