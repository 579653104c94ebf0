"""A telephone proven by a code, for acts without signing in: its owner is found, or written down."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sidan.audit.operations import record
from sidan.core.actor import Actor
from sidan.core.errors import Conflict
from sidan.core.locks import wait_for
from sidan.core.phones import normalise_mobile
from sidan.people.models import Account, Person
from sidan.people.operations.accounts import register_account
from sidan.people.operations.codes import prove_code, spend_code
from sidan.people.operations.persons import add_person
from sidan.places.models import Place

TAIL = 4


class PhoneOfSeveral(Conflict):
    code = "phone_of_several"
    sentence = gettext_lazy(
        "Several people share this number. Please ask the people at this station to order for you."
    )


class MoreThanACode(Conflict):
    """A closed account, or one with a second factor: a message alone does not open it."""

    code = "more_than_a_code"
    sentence = gettext_lazy(
        "With this number that is not possible here. Please sign in on your own telephone, or ask the people at this "
        "station."
    )


def account_by_phone(*, actor: Actor, at: datetime, phone: str, code: str, place: Place) -> Account:
    """Return the account of a telephone proven by a code; who has none gets one, for it may be used once more.

    Whoever the office wrote down with this telephone is that person; otherwise one is written down at the place,
    under a name that the office replaces when it calls.

    Raises:
        BadPhone, WrongCode, PhoneOfSeveral, MoreThanACode.
    """
    digits = normalise_mobile(phone)
    code_id = prove_code(phone=digits, code=code, at=at)
    with transaction.atomic():
        spend_code(code_id=code_id, at=at)
        # Two acts with one number at once must not write one person down twice.
        wait_for(value=digits, purpose="people.account_by_phone")
        account = Account.objects.filter(phone_hash=digits).first()
        if account is None:
            account = _opened(actor, at, digits, place)
        if not account.is_active or account.totp_secret:
            raise MoreThanACode
        record(actor=actor, at=at, verb="account.phone_proven", subject=("account", account.pk))
    return account


def _opened(actor: Actor, at: datetime, digits: str, place: Place) -> Account:
    known = list(Person.unscoped.filter(contact_phone_hash=digits, canonical=None)[:2])
    if len(known) > 1:
        raise PhoneOfSeveral
    person = known[0] if known else None
    if person is None or Account.objects.filter(person=person).exists():
        name = _("Resident, number ending in %(tail)s") % {"tail": digits[-TAIL:]}
        person = add_person(at=at, name=name, place=place, phone=digits)
    return register_account(actor=actor, at=at, person=person, digits=digits)
