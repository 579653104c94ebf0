"""Signing in with a password, and signing out."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sidan.audit.operations import record
from sidan.core.actor import Actor
from sidan.core.errors import Invalid
from sidan.core.phones import BadPhone, normalise_mobile
from sidan.people.models import Account
from sidan.people.operations.attempts import begin_attempt, forgive_attempts


class WrongPhoneOrPassword(Invalid):
    """One answer for an unknown number, a wrong password and a closed account: it tells nothing."""

    code = "wrong_phone_or_password"
    sentence = _(
        "The phone number or the password is not right. Forgotten it? Sign in with a code by message."
    )


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who it is. With `needs_totp` the door stays shut until `use_totp` has taken the second factor."""

    account_id: int
    needs_totp: bool


def sign_in_with_password(*, actor: Actor, at: datetime, phone: str, password: str, address: str) -> SignedIn:
    """Prove an account by phone number and password.

    Takes about the same time whether the number is known or not. A try is written down before the password is read,
    in a transaction of its own: a refusal must not take the count back.

    Raises:
        WrongPhoneOrPassword: also for what is no phone number at all.
        LockedOut: too many tries of this number or from this address.
    """
    try:
        digits = normalise_mobile(phone)
    except BadPhone:
        raise WrongPhoneOrPassword from None
    attempt = begin_attempt(phone=digits, address=address, at=at)
    account = Account.objects.filter(phone_hash=digits).first()
    if account is None:
        make_password(password)
        raise WrongPhoneOrPassword
    if not account.check_password(password) or not account.is_active:
        record(actor=actor, at=at, verb="account.sign_in_failed", subject=("account", account.pk))
        raise WrongPhoneOrPassword
    attempt.delete()
    return complete_first_factor(actor=actor, at=at, account=account)


@transaction.atomic
def complete_first_factor(*, actor: Actor, at: datetime, account: Account) -> SignedIn:
    """Let in who has shown a password or a code, unless a second factor is set up."""
    if account.totp_secret:
        return SignedIn(account_id=account.pk, needs_totp=True)
    forgive_attempts(phone=account.phone)
    note_sign_in(actor=actor, at=at, account_id=account.pk)
    return SignedIn(account_id=account.pk, needs_totp=False)


@transaction.atomic
def note_sign_in(*, actor: Actor, at: datetime, account_id: int) -> None:
    """Write down that all factors were shown."""
    Account.objects.filter(pk=account_id).update(last_login=at)
    record(actor=actor, at=at, verb="account.signed_in", subject=("account", account_id))


def note_sign_out(*, actor: Actor, at: datetime) -> None:
    """Write down that somebody left; the session itself is the edge's business."""
    if actor.is_signed_in:
        record(actor=actor, at=at, verb="account.signed_out", subject=("account", actor.account_id))
