"""Accounts: registering oneself, opening one for staff, closing and opening again, and one's own settings."""

from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from sidan.audit.operations import record
from sidan.core.actor import Actor
from sidan.core.errors import Conflict, FieldProblem, Invalid, NotFound
from sidan.core.events import publish
from sidan.core.phones import normalise_mobile
from sidan.people.enums import Theme
from sidan.people.events import ResidentRegistered
from sidan.people.models import Account, ApiToken, Person
from sidan.people.operations.codes import prove_code, spend_code
from sidan.people.operations.passwords import require_good_password
from sidan.people.operations.persons import add_person, find_place, find_same_person
from sidan.people.permissions import (
    require_accounts,
    require_opening,
    require_power_over_account,
    require_signed_in,
)
from sidan.people.queries import roles_now
from sidan.places.models import Place


class PhoneTaken(Conflict):
    code = "phone_taken"
    sentence = _(
        "This phone number is registered already. Forgotten the password? Sign in with a code by message."
    )


class NotTheirPhone(Invalid):
    code = "not_their_phone"
    sentence = _(
        "Please take the telephone number that the office knows. The office can enter another one for you."
    )


class RegisteredAlready(Conflict):
    code = "registered_already"
    sentence = _("You have an account already. Please sign in; your orders are there.")


class AlreadyClosed(Conflict):
    code = "account_already_closed"
    sentence = _("This account is closed already.")


class AlreadyOpen(Conflict):
    code = "account_already_open"
    sentence = _("This account is open already.")


class UnknownSetting(Invalid):
    code = "unknown_setting"
    sentence = _("There is no such language or colour.")


def register_resident(
    *, actor: Actor, at: datetime, phone: str, code: str, name: str, home_place_id: int, password: str = ""
) -> Account:
    """Register oneself with a telephone proven by a code; without a password one signs in by code.

    Whoever was written down before with the same name and telephone becomes that person (one person once, R-P1).

    Raises:
        BadPhone, WrongCode, PhoneTaken, PasswordTooWeak, NotFound (the place).
    """
    digits = normalise_mobile(phone)
    if password:
        require_good_password(password=password)
    place = find_place(place_id=home_place_id)
    code_id = prove_code(phone=digits, code=code, at=at)
    with transaction.atomic():
        spend_code(code_id=code_id, at=at)
        person = _person_for(at=at, name=name, digits=digits, place=place)
        return register_account(actor=actor, at=at, person=person, digits=digits, password=password)


def register_known(*, actor: Actor, at: datetime, phone: str, code: str, person_id: int) -> Account:
    """Open an account for somebody whom staff wrote down, by the telephone in their file proven by a code.

    Raises:
        BadPhone, WrongCode, PhoneTaken
        NotTheirPhone: the number is not the one in the file; the office may change it there.
        RegisteredAlready: this person has an account with another number.
    """
    digits = normalise_mobile(phone)
    person = Person.unscoped.filter(pk=person_id, canonical=None).first()
    if person is None or person.contact_phone != digits:
        raise NotTheirPhone(errors=[FieldProblem("/phone", NotTheirPhone.sentence)])
    code_id = prove_code(phone=digits, code=code, at=at)
    with transaction.atomic():
        spend_code(code_id=code_id, at=at)
        if Account.objects.filter(person=person).exists():
            raise RegisteredAlready
        if Account.objects.filter(phone_hash=digits).exists():
            raise PhoneTaken(errors=[FieldProblem("/phone", PhoneTaken.sentence)])
        return register_account(actor=actor, at=at, person=person, digits=digits)


def register_account(
    *, actor: Actor, at: datetime, person: Person, digits: str, password: str = ""
) -> Account:
    """Give a person the account of a telephone that was proven, and let it be known. Raises PhoneTaken.

    The caller is in a transaction and has spent the code.
    """
    account = _add_account(at=at, person=person, digits=digits, password=password, language=actor.language)
    record(
        actor=actor, at=at, verb="account.registered", subject=("account", account.pk),
        place_id=person.home_place_id, county_id=person.county_id,
    )  # fmt: skip
    publish(ResidentRegistered(account_id=account.pk, at=at))
    return account


@transaction.atomic
def open_account(
    *, actor: Actor, at: datetime, phone: str, name: str, home_place_id: int, password: str = ""
) -> Account:
    """Open an account for another: staff, or a neighbour who cannot. Without a password they sign in by code.

    Raises:
        NotYourAccounts, NotYoursToOpen, BadPhone, PhoneTaken, PasswordTooWeak, NotFound (the place).
    """
    require_opening(actor=actor, place_id=home_place_id)
    digits = normalise_mobile(phone)
    if password:
        require_good_password(password=password)
    place = find_place(place_id=home_place_id)
    person = _person_for(at=at, name=name, digits=digits, place=place)
    account = _add_account(at=at, person=person, digits=digits, password=password, language="zh-hans")
    record(
        actor=actor, at=at, verb="account.opened", subject=("account", account.pk), place_id=place.pk,
        county_id=place.county_id,
    )  # fmt: skip
    return account


def _person_for(*, at: datetime, name: str, digits: str, place: Place) -> Person:
    if Account.objects.filter(phone_hash=digits).exists():
        raise PhoneTaken(errors=[FieldProblem("/phone", PhoneTaken.sentence)])
    same = find_same_person(name=name, phone=digits)
    if same is not None and not Account.objects.filter(person=same).exists():
        return same
    return add_person(at=at, name=name, place=place, phone=digits)


def _add_account(*, at: datetime, person: Person, digits: str, password: str, language: str) -> Account:
    account = Account(person=person, phone=digits, language=language, created_at=at)
    account.phone_hash = digits
    if password:
        account.set_password(password)
    else:
        account.set_unusable_password()
    try:
        with transaction.atomic():
            account.save(force_insert=True)
    except IntegrityError:
        # Two registrations of one number at the same moment: the unique index lets one in.
        raise PhoneTaken from None
    return account


def close_account(*, actor: Actor, at: datetime, account_id: int) -> Account:
    """Shut an account: its sessions and tokens end at once, what it did stays.

    Raises:
        NotYourAccounts, NotYoursToOpen, NotForYourself, AdministrationInTwoHands, NotForAdministrators, AlreadyClosed.
    """
    return _set_open(actor=actor, at=at, account_id=account_id, is_active=False)


def reopen_account(*, actor: Actor, at: datetime, account_id: int) -> Account:
    """Open a closed account again; its roles, where they were not ended, are in force again.

    Raises:
        NotYourAccounts, NotYoursToOpen, NotForYourself, AdministrationInTwoHands, NotForAdministrators, AlreadyOpen.
    """
    return _set_open(actor=actor, at=at, account_id=account_id, is_active=True)


@transaction.atomic
def _set_open(*, actor: Actor, at: datetime, account_id: int, is_active: bool) -> Account:
    account = Account.objects.select_for_update().filter(pk=account_id).first()
    if account is None:
        raise NotFound
    person = Person.unscoped.get(pk=account.person_id)
    require_power_over_account(
        actor=actor,
        account_id=account_id,
        place_id=person.home_place_id,
        roles=roles_now(account_id=account.pk),
    )
    if account.is_active == is_active:
        raise AlreadyOpen if is_active else AlreadyClosed
    account.is_active = is_active
    account.save(update_fields=["is_active"])
    if not is_active:
        ApiToken.objects.filter(account=account, revoked_at=None).update(revoked_at=at)
    verb = "account.reopened" if is_active else "account.closed"
    record(actor=actor, at=at, verb=verb, subject=("account", account.pk), county_id=person.county_id)
    return account


def choose_look(
    *, actor: Actor, language: str | None = None, large_print: bool | None = None, theme: str | None = None
) -> None:
    """Keep how the actor likes to read; what is not given stays. Not audited: it changes nothing but the look.

    Raises:
        UnknownSetting: no such language or theme.
    """
    account_id, _person_id = require_signed_in(actor=actor)
    chosen: dict[str, object] = {}
    if language is not None:
        chosen["language"] = language
    if large_print is not None:
        chosen["large_print"] = large_print
    if theme is not None:
        chosen["theme"] = theme
    known_language = chosen.get("language", settings.LANGUAGE_CODE) in dict(settings.LANGUAGES)
    if not known_language or chosen.get("theme", Theme.PAPER) not in Theme.values:
        raise UnknownSetting
    if chosen:
        Account.objects.filter(pk=account_id).update(**chosen)


@transaction.atomic
def reveal_account_phone(*, actor: Actor, at: datetime, account_id: int) -> str:
    """Return the whole sign-in phone, and write down who looked (R-Z10).

    Raises:
        NotYourAccounts, NotFound.
    """
    account = Account.objects.filter(pk=account_id).first()
    if account is None:
        raise NotFound
    person = Person.unscoped.get(pk=account.person_id)
    require_accounts(actor=actor, place_id=person.home_place_id)
    record(
        actor=actor,
        at=at,
        verb="account.phone_shown",
        subject=("account", account.pk),
        county_id=person.county_id,
    )
    return account.phone
