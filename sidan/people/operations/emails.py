"""One's e-mail address: used only after a code that was sent to it came back; changed the same way; taken away.

An address is not unique and signs nobody in, so every answer is the same whether others have it or not. A code is as
one by text message: six digits, five minutes, five tries, once; five an hour to an address and to an account.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sidan.audit.operations import record
from sidan.core.actor import Actor
from sidan.core.emails import normalise_email
from sidan.core.errors import Conflict, TooMany
from sidan.core.ids import drawn_digits
from sidan.core.locks import wait_for
from sidan.notify.operations import send_email_code
from sidan.people.models import Account, EmailCode
from sidan.people.operations.codes import (
    CODE_DIGITS,
    CODE_MINUTES,
    CODES_AN_HOUR,
    code_hash,
    require_right,
    wrong_code,
)
from sidan.people.permissions import require_signed_in
from sidan.people.queries import email_code_waiting


class TooManyEmailCodes(TooMany):
    """Told alike for the address and for the account, so that it says nothing of others."""

    code = "too_many_email_codes"
    sentence = _("Five codes were sent within the hour. Please use the last one, or wait a little.")


class NoEmail(Conflict):
    code = "no_email"
    sentence = _("There is no e-mail address to take away.")


@transaction.atomic
def request_email_code(*, actor: Actor, at: datetime, email: str) -> None:
    """Send a code to an address that the actor would like messages to be sent to. The present one stays until then.

    Raises:
        NotSignedIn.
        BadEmail: no address.
        TooManyEmailCodes: five were sent to it, or asked for by this account, within the hour.
        NoChannel: this installation sends no e-mail.
    """
    account_id, _person_id = require_signed_in(actor=actor)
    address = normalise_email(email)
    # As with telephones: what comes at once must not count only what was before. Account before address, always.
    wait_for(value=str(account_id), purpose="people.email_of_account")
    wait_for(value=address, purpose="people.email")
    lately = EmailCode.objects.filter(sent_at__gt=at - timedelta(hours=1))
    for rows in (lately.filter(account=account_id), lately.filter(email_hash=address)):
        if rows.count() >= CODES_AN_HOUR:
            raise TooManyEmailCodes(seconds=3600)
    code = drawn_digits(CODE_DIGITS)
    EmailCode.objects.create(
        account_id=account_id,
        email=address,
        email_hash=address,
        code_hash=code_hash(purpose=f"e-mail code {account_id}", address=address, code=code),
        sent_at=at,
        expires_at=at + timedelta(minutes=CODE_MINUTES),
    )
    send_email_code(email=address, code=code, minutes=CODE_MINUTES, at=at, language=actor.language)
    record(actor=actor, at=at, verb="email.code_sent", subject=("account", account_id))


def confirm_email(*, actor: Actor, at: datetime, code: str) -> None:
    """Take the address to which the last code was sent for the actor's own, in place of the one before.

    Raises:
        NotSignedIn.
        WrongCode: wrong, too late, used, or tried too often; the try is counted in any case.
    """
    account_id, _person_id = require_signed_in(actor=actor)
    last = email_code_waiting(account_id=account_id, at=at)
    told = code_hash(purpose=f"e-mail code {account_id}", address=last.email if last else "", code=code)
    right = require_right(last=last, told=told, at=at)
    with transaction.atomic():
        if not EmailCode.objects.filter(pk=right.pk, used_at=None).update(used_at=at):
            raise wrong_code()
        Account.objects.filter(pk=account_id).update(email=right.email)
        record(actor=actor, at=at, verb="email.confirmed", subject=("account", account_id))


@transaction.atomic
def remove_email(*, actor: Actor, at: datetime) -> None:
    """Take the actor's address away: nothing more is sent to it, and no code under way brings one back.

    Raises:
        NotSignedIn.
        NoEmail: there is none, nor one that waits for its code.
    """
    account_id, _person_id = require_signed_in(actor=actor)
    account = Account.objects.select_for_update().get(pk=account_id)
    waiting = EmailCode.objects.filter(account=account_id, used_at=None, expires_at__gt=at)
    if not waiting.update(used_at=at) and not account.email:
        raise NoEmail
    account.email = ""
    account.save(update_fields=["email"])
    record(actor=actor, at=at, verb="email.removed", subject=("account", account_id))
