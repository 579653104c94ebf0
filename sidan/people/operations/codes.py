"""Codes by message: six digits, five minutes, five tries, once; at most five an hour to a number.

How many an hour one network address may ask for is `SIDAN_CODES_PER_ADDRESS`: messages cost money, and each one wakes
somebody. An office or a fair stands behind one address, so it is many more than five.
"""

import hashlib
import hmac
from datetime import datetime, timedelta
from typing import Final, TypeVar

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from sidan.audit.operations import record
from sidan.core.actor import Actor
from sidan.core.errors import FieldProblem, Invalid, NotFound, TooMany
from sidan.core.ids import drawn_digits
from sidan.core.locks import wait_for
from sidan.core.phones import normalise_mobile
from sidan.notify.operations import send_code
from sidan.people.models import Account, EmailCode, SentCode, SignInCode
from sidan.people.operations.signing_in import SignedIn, complete_first_factor

_Sent = TypeVar("_Sent", bound=SentCode)

CODE_DIGITS: Final = 6
CODE_MINUTES: Final = 5
CODE_TRIES: Final = 5
CODES_AN_HOUR: Final = 5


class TooManyCodes(TooMany):
    code = "too_many_codes"
    sentence = _(
        "Five codes were sent to this number within the hour. "
        "Please use the last one, or wait a little before asking for another."
    )


class TooManyCodesFromHere(TooMany):
    """Told by the address alone, so that it says nothing of the number."""

    code = "too_many_codes_from_here"
    sentence = _(
        "Very many codes were asked for from this network within the hour. Please sign in with your password, "
        "wait a little, or ask the people at your station to help you."
    )


class WrongCode(Invalid):
    code = "wrong_code"
    sentence = _(
        "This code is not right or no longer good. Please enter the last one we sent, or ask for a new one."
    )


class PhoneNotRegistered(NotFound):
    """The code was right, so it is told: whoever holds the telephone may know. The code stays good for registering."""

    code = "phone_not_registered"
    sentence = _("This number is not registered yet. Please tell us your name to register.")


@transaction.atomic
def request_code(*, actor: Actor, at: datetime, phone: str, address: str) -> None:
    """Send a code to a number, whether it is registered or not: the answer is the same.

    Raises:
        BadPhone: no mobile number.
        TooManyCodesFromHere: so many were asked for from this network address within the hour.
        TooManyCodes: five were sent within the hour.
    """
    digits, asked_from = normalise_mobile(phone), address or "unknown"
    # Two requests at once must not both count what was before them. Address before number, always: no deadlock.
    wait_for(value=asked_from, purpose="address")
    wait_for(value=digits, purpose="phone")
    lately = SignInCode.objects.filter(sent_at__gt=at - timedelta(hours=1))
    if lately.filter(address_hash=asked_from).count() >= settings.CODES_PER_ADDRESS:
        raise TooManyCodesFromHere(seconds=3600)
    if lately.filter(phone_hash=digits).count() >= CODES_AN_HOUR:
        raise TooManyCodes(seconds=3600)
    code = drawn_digits(CODE_DIGITS)
    SignInCode.objects.create(
        phone_hash=digits,
        address_hash=asked_from,
        code_hash=code_hash(purpose="sign-in code", address=digits, code=code),
        sent_at=at,
        expires_at=at + timedelta(minutes=CODE_MINUTES),
    )
    send_code(phone=digits, code=code, minutes=CODE_MINUTES, at=at, language=actor.language)
    record(actor=actor, at=at, verb="code.sent", subject=("code", None))


def sign_in_with_code(*, actor: Actor, at: datetime, phone: str, code: str) -> SignedIn:
    """Prove an account by the code sent to its telephone.

    Raises:
        WrongCode: also for a closed account: only its administrator can open it again.
        PhoneNotRegistered: the code is right but nobody has registered with this number.
    """
    digits = normalise_mobile(phone)
    code_id = prove_code(phone=digits, code=code, at=at)
    account = Account.objects.filter(phone_hash=digits).first()
    if account is None:
        raise PhoneNotRegistered
    with transaction.atomic():
        spend_code(code_id=code_id, at=at)
        if not account.is_active:
            raise wrong_code()
        return complete_first_factor(actor=actor, at=at, account=account)


def prove_code(*, phone: str, code: str, at: datetime) -> int:
    """Return the id of the number's last code if this is it; it is not spent yet.

    Raises:
        WrongCode: wrong, too late, used, or tried too often.
    """
    last = SignInCode.objects.filter(phone_hash=phone).order_by("-sent_at", "-id").first()
    return require_right(
        last=last, told=code_hash(purpose="sign-in code", address=phone, code=code), at=at
    ).pk


def require_right(*, last: _Sent | None, told: bytes, at: datetime) -> _Sent:
    """Return the code that was sent last if it is the one that was told, by its hash; it is not spent yet.

    The try is counted in one statement that commits before the answer, so that five tries are five tries however
    many come at once.

    Raises:
        WrongCode: none was sent; wrong, too late, used, or tried too often.
    """
    if last is None or not _count_try(last, at) or not hmac.compare_digest(bytes(last.code_hash), told):
        raise wrong_code()
    return last


def wrong_code() -> WrongCode:
    """Return the refusal with the field it belongs to."""
    return WrongCode(errors=[FieldProblem("/code", WrongCode.sentence)])


def spend_code(*, code_id: int, at: datetime) -> None:
    """Mark a proven code as used.

    Raises:
        WrongCode: another request has just used it.
    """
    if not SignInCode.objects.filter(pk=code_id, used_at=None).update(used_at=at):
        raise wrong_code()


def remove_old_codes(*, before: datetime) -> int:
    """Remove codes that count for nothing any more; returns how many rows went."""
    emails, _of_each = EmailCode.objects.filter(sent_at__lt=before).delete()
    return emails + SignInCode.objects.filter(sent_at__lt=before).delete()[0]


def _count_try(last: SentCode, at: datetime) -> bool:
    good = type(last)._default_manager.filter(
        pk=last.pk, used_at=None, expires_at__gt=at, tries__lt=CODE_TRIES
    )
    return bool(good.update(tries=F("tries") + 1))


def code_hash(*, purpose: str, address: str, code: str) -> bytes:
    """Return the keyed hash of a code: six digits alone could be tried out by whoever reads the table."""
    key = settings.SECRET_KEY.encode()
    return hmac.new(key, f"{purpose} {address} {code}".encode(), hashlib.sha256).digest()
