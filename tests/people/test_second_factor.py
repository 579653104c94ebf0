"""TOTP: set up, used once, refused, reset."""

import base64
import io
from datetime import datetime, timedelta

import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.core.management import CommandError, call_command

from sidan.audit.models import AuditEntry
from sidan.core.actor import NOBODY, Actor
from sidan.core.errors import Forbidden
from sidan.people import operations
from sidan.people.models import Account
from sidan.people.permissions import AdministrationInTwoHands, NotYourAccounts
from tests.cast import Cast, Someone
from tests.factories import AT, PASSWORD


def code_at(secret: str, at: datetime) -> str:
    """What the telephone shows at a moment."""
    return TOTP(base64.b32decode(secret), 6, SHA1(), 30).generate(int(at.timestamp())).decode()


def set_up(someone: Someone, at: datetime = AT) -> str:
    offer = operations.offer_totp(actor=someone.actor)
    operations.confirm_totp(actor=someone.actor, at=at, secret=offer.secret, code=code_at(offer.secret, at))
    return offer.secret


def use(someone: Someone, code: str, at: datetime) -> None:
    operations.use_totp(account_id=someone.account.pk, at=at, code=code, address="10.0.0.1")


def test_nothing_is_kept_until_the_telephone_has_shown_a_right_code(cast: Cast) -> None:
    offer = operations.offer_totp(actor=cast.manager.actor)
    assert offer.address.startswith("otpauth://totp/")
    with pytest.raises(operations.WrongTotp):
        operations.confirm_totp(actor=cast.manager.actor, at=AT, secret=offer.secret, code="000000")
    assert Account.objects.get(pk=cast.manager.account.pk).totp_secret == ""


def test_with_a_second_factor_the_password_alone_does_not_open(cast: Cast) -> None:
    set_up(cast.manager)
    signed_in = operations.sign_in_with_password(
        actor=NOBODY, at=AT, phone=cast.manager.phone, password=PASSWORD, address=""
    )
    assert signed_in.needs_totp
    assert Account.objects.get(pk=cast.manager.account.pk).last_login is None


def test_a_code_is_good_once(cast: Cast) -> None:
    secret = set_up(cast.manager)
    later = AT + timedelta(minutes=1)
    code = code_at(secret, later)
    use(cast.manager, code, later)
    with pytest.raises(operations.WrongTotp):
        use(cast.manager, code, later)


def test_the_code_that_set_it_up_cannot_be_used_again(cast: Cast) -> None:
    secret = set_up(cast.manager)
    with pytest.raises(operations.WrongTotp):
        use(cast.manager, code_at(secret, AT), AT)


@pytest.mark.parametrize(("seconds", "good"), [(-30, True), (30, True), (-90, False), (90, False)])
def test_a_clock_may_be_off_by_half_a_minute(cast: Cast, seconds: int, good: bool) -> None:
    secret = set_up(cast.manager)
    later = AT + timedelta(minutes=10)
    code = code_at(secret, later + timedelta(seconds=seconds))
    if good:
        use(cast.manager, code, later)
    else:
        with pytest.raises(operations.WrongTotp):
            use(cast.manager, code, later)


def test_guessing_codes_locks(cast: Cast) -> None:
    secret = set_up(cast.manager)
    later = AT + timedelta(minutes=1)
    right = code_at(secret, later)
    wrong = f"{(int(right) + 7) % 1_000_000:06d}"
    for _try in range(5):
        with pytest.raises(operations.WrongTotp):
            use(cast.manager, wrong, later)
    with pytest.raises(operations.LockedOut):
        use(cast.manager, right, later)


@pytest.mark.parametrize("code", ["", "abcdef", "12345", "1234567", "１２３４５６", "000000\0"])
def test_what_is_no_code_is_a_wrong_code(cast: Cast, code: str) -> None:
    set_up(cast.manager)
    with pytest.raises(operations.WrongTotp):
        use(cast.manager, code, AT)


def test_one_takes_it_off_with_a_last_code(cast: Cast) -> None:
    secret = set_up(cast.manager)
    later = AT + timedelta(minutes=2)
    operations.remove_own_totp(actor=cast.manager.actor, at=later, code=code_at(secret, later), address="")
    assert Account.objects.get(pk=cast.manager.account.pk).totp_secret == ""


def test_the_system_administrator_resets_a_lost_telephone_and_nobody_else(cast: Cast) -> None:
    set_up(cast.dispatcher)
    set_up(cast.supervisor)

    def reset(actor: Actor, someone: Someone) -> None:
        operations.reset_totp(actor=actor, at=AT, account_id=someone.account.pk)

    with pytest.raises(NotYourAccounts):
        reset(cast.mallory.actor, cast.dispatcher)
    with pytest.raises(NotYourAccounts):
        reset(cast.system_admin.actor, cast.supervisor)
    reset(cast.system_admin.actor, cast.dispatcher)
    assert Account.objects.get(pk=cast.dispatcher.account.pk).totp_secret == ""
    set_up(cast.audit_admin)
    with pytest.raises(AdministrationInTwoHands):
        reset(cast.manager.actor, cast.audit_admin)


def test_at_the_server_s_console_anybody_s_second_factor_can_be_forgotten(cast: Cast) -> None:
    """The one security administrator has nobody above."""
    set_up(cast.security_admin)
    _text, token = operations.issue_token(actor=cast.security_admin.actor, at=AT)
    call_command("forget_second_factor", cast.security_admin.phone, stdout=io.StringIO())
    assert Account.objects.get(pk=cast.security_admin.account.pk).totp_secret == ""
    signed_in = operations.sign_in_with_password(
        actor=NOBODY, at=AT, phone=cast.security_admin.phone, password=PASSWORD, address=""
    )
    assert not signed_in.needs_totp
    token.refresh_from_db()
    assert token.revoked_at
    kept = AuditEntry.objects.filter(verb="account.totp_removed", subject_id=cast.security_admin.account.pk)
    assert [entry.actor_id for entry in kept] == [None]
    with pytest.raises(CommandError, match="no account with a second factor"):
        call_command("forget_second_factor", cast.security_admin.phone, stdout=io.StringIO())


def test_nobody_but_the_console_may_forget_it(cast: Cast) -> None:
    set_up(cast.security_admin)
    for someone in (cast.system_admin, cast.security_admin, cast.manager):
        with pytest.raises(Forbidden):
            operations.forget_totp(actor=someone.actor, at=AT, phone=cast.security_admin.phone)
    assert Account.objects.get(pk=cast.security_admin.account.pk).totp_secret
