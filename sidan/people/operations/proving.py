"""A telephone proven by a code, for acts without signing in: its owner is found, or written down."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sidan.audit.operations import record
from sidan.core.actor import Actor
from sidan.core.errors import Conflict, NotFound
from sidan.core.locks import wait_for
from sidan.core.phones import normalise_mobile
from sidan.people.models import Account, Person
from sidan.people.operations.accounts import register_account
from sidan.people.operations.codes import prove_code, spend_code
from sidan.people.operations.persons import add_person
from sidan.people.queries.sharing import people_of_number
from sidan.places.models import Place

TAIL = 4


class NotOfThisNumber(NotFound):
    code = "not_of_this_number"
    sentence = gettext_lazy("Nobody like that shares this number any more. Please begin again.")


class MoreThanACode(Conflict):
    """A closed account, or one with a second factor: a message alone does not open it."""

    code = "more_than_a_code"
    sentence = gettext_lazy(
        "With this number that is not possible here. Please sign in on your own telephone, or ask the people at this "
        "station."
    )


def account_by_phone(*, actor: Actor, at: datetime, phone: str, code: str, place: Place) -> Account | None:
    """Return the account of a telephone proven by a code; who has none gets one, for it may be used once more.

    Whoever the office wrote down with this telephone is that person; otherwise one is written down at the place,
    under a name that the office replaces when it calls. Nobody where several share the number: then it is proven,
    and `account_of_sharer` takes whom they choose.

    Raises:
        BadPhone, WrongCode, MoreThanACode.
    """
    digits = normalise_mobile(phone)
    code_id = prove_code(phone=digits, code=code, at=at)
    with transaction.atomic():
        spend_code(code_id=code_id, at=at)
        # Two acts with one number at once must not write one person down twice.
        wait_for(value=digits, purpose="people.account_by_phone")
        account = Account.objects.filter(phone_hash=digits).first()
        sharing = people_of_number(phone=digits)
        if account is None and len(sharing) < 2:
            account = register_account(
                actor=actor, at=at, person=_new_person(at, digits, place, sharing), digits=digits
            )
        if account is not None:
            _require_enough(account)
            record(actor=actor, at=at, verb="account.phone_proven", subject=("account", account.pk))
    return account if len(sharing) < 2 else None


def account_of_sharer(*, actor: Actor, at: datetime, phone: str, person: UUID) -> tuple[Account, Person]:
    """Return who of those that share a number was chosen, and the account that acts for them.

    The caller vouches that this very number was proven a moment ago: no code is asked for here. It acts by the account
    that signs in with it; where there is none the chosen person's own, or one is opened for them.

    Raises:
        NotOfThisNumber, MoreThanACode.
    """
    digits = normalise_mobile(phone)
    with transaction.atomic():
        wait_for(value=digits, purpose="people.account_by_phone")
        chosen = next((one for one in people_of_number(phone=digits) if one.uuid == person), None)
        if chosen is None:
            raise NotOfThisNumber
        found = (
            Account.objects.filter(phone_hash=digits).first() or Account.objects.filter(person=chosen).first()
        )
        account = found or register_account(actor=actor, at=at, person=chosen, digits=digits)
        _require_enough(account)
        record(actor=actor, at=at, verb="account.acts_for", subject=("account", account.pk), person=chosen.pk)
    return account, chosen


def _require_enough(account: Account) -> None:
    if not account.is_active or account.totp_secret:
        raise MoreThanACode


def _new_person(at: datetime, digits: str, place: Place, sharing: Sequence[Person]) -> Person:
    """Return the one known by a number that nobody signs in with, or a new one where they sign in with another."""
    person = next(iter(sharing), None)
    if person is not None and not Account.objects.filter(person=person).exists():
        return person
    name = _("Resident, number ending in %(tail)s") % {"tail": digits[-TAIL:]}
    return add_person(at=at, name=name, place=place, phone=digits)
