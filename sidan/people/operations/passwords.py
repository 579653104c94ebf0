"""Passwords: which are good enough, and changing one's own."""

from datetime import datetime
from typing import Final

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sidan.audit.operations import record
from sidan.core.actor import Actor
from sidan.core.errors import FieldProblem, Invalid
from sidan.people.models import Account, ApiToken
from sidan.people.permissions import require_signed_in

_SENTENCES: Final[dict[str, str | Promise]] = {
    "password_too_short": _("The password is too short: at least 8 characters."),
    "password_too_common": _("Everybody's password is like this one. Please choose another."),
    "password_entirely_numeric": _("The password is digits only. Please add letters."),
}


class PasswordTooWeak(Invalid):
    code = "password_too_weak"
    sentence = _("Please choose a better password.")


class WrongPresentPassword(Invalid):
    code = "wrong_present_password"
    sentence = _("The present password is not right.")


def require_good_password(*, password: str, field: str = "password") -> None:
    """Refuse a password that is guessed at once.

    Raises:
        PasswordTooWeak: with a sentence for each fault.
    """
    try:
        validate_password(password)
    except ValidationError as exc:
        faults = [str(_SENTENCES.get(str(fault.code), PasswordTooWeak.sentence)) for fault in exc.error_list]
        raise PasswordTooWeak(errors=[FieldProblem(f"/{field}", fault) for fault in faults]) from None


def change_password(*, actor: Actor, at: datetime, present: str, new: str) -> Account:
    """Set one's own password. Every other session and every token of the account ends by it.

    An account that signed in by code only has no present password; its owner is proven by the session.

    Raises:
        WrongPresentPassword, PasswordTooWeak.
    """
    account_id, _person_id = require_signed_in(actor=actor)
    require_good_password(password=new, field="new")
    with transaction.atomic():
        account = Account.objects.select_for_update().get(pk=account_id)
        if account.has_usable_password() and not account.check_password(present):
            raise WrongPresentPassword(errors=[FieldProblem("/present", WrongPresentPassword.sentence)])
        account.set_password(new)
        account.save(update_fields=["password"])
        ApiToken.objects.filter(account=account, revoked_at=None).update(revoked_at=at)
        record(actor=actor, at=at, verb="account.password_changed", subject=("account", account.pk))
    return account
