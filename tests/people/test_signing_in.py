"""Signing in: passwords, lockout, codes."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from pytest_django.fixtures import Settings

from sidan.audit.models import AuditEntry
from sidan.core.actor import NOBODY
from sidan.core.errors import DomainError
from sidan.core.phones import BadPhone
from sidan.notify.models import Delivery
from sidan.people import operations
from sidan.people.models import Account, SignInAttempt, SignInCode
from tests.cast import Cast
from tests.factories import AT, PASSWORD

FRIEND = "12188880000"


def sign_in(phone: str, password: str, *, minutes: int = 0, address: str = "10.0.0.1") -> operations.SignedIn:
    return operations.sign_in_with_password(
        actor=NOBODY, at=AT + timedelta(minutes=minutes), phone=phone, password=password, address=address
    )


def test_the_right_password_opens_the_door_and_is_written_down(cast: Cast) -> None:
    signed_in = sign_in(cast.zhou.phone, PASSWORD)
    assert signed_in == operations.SignedIn(account_id=cast.zhou.account.pk, needs_totp=False)
    assert Account.objects.get(pk=cast.zhou.account.pk).last_login == AT
    assert AuditEntry.objects.filter(verb="account.signed_in", subject_id=cast.zhou.account.pk).exists()


def test_a_phone_typed_with_spaces_and_country_code_is_the_same_phone(cast: Cast) -> None:
    assert sign_in("+86 121 0000 0001", PASSWORD).account_id == cast.zhou.account.pk


@pytest.mark.parametrize("phone", ["12100000001", FRIEND, "no phone", ""])
def test_a_wrong_password_and_an_unknown_number_sound_the_same(cast: Cast, phone: str) -> None:
    with pytest.raises(operations.WrongPhoneOrPassword) as refused:
        sign_in(phone, "not-the-password")
    assert "Sign in with a code" in str(refused.value)


def test_a_closed_account_sounds_like_a_wrong_password(cast: Cast) -> None:
    Account.objects.filter(pk=cast.zhou.account.pk).update(is_active=False)
    with pytest.raises(operations.WrongPhoneOrPassword):
        sign_in(cast.zhou.phone, PASSWORD)


@pytest.mark.parametrize("phone", ["12100000001", FRIEND])
def test_after_five_failures_even_the_right_password_waits_whether_the_number_is_known_or_not(
    cast: Cast, phone: str
) -> None:
    for _try in range(5):
        with pytest.raises(operations.WrongPhoneOrPassword):
            sign_in(phone, "wrong")
    with pytest.raises(operations.LockedOut) as locked:
        sign_in(phone, PASSWORD)
    assert "15 minutes" in str(locked.value)


def test_the_lock_opens_when_its_time_is_over_and_is_not_made_longer_by_trying(cast: Cast) -> None:
    for _try in range(5):
        with pytest.raises(operations.WrongPhoneOrPassword):
            sign_in(cast.zhou.phone, "wrong")
    for minute in (5, 10, 14):
        with pytest.raises(operations.LockedOut):
            sign_in(cast.zhou.phone, PASSWORD, minutes=minute)
    assert sign_in(cast.zhou.phone, PASSWORD, minutes=16).account_id == cast.zhou.account.pk


def test_a_success_forgives_the_failures_before_it(cast: Cast) -> None:
    for _round in range(3):
        for _try in range(4):
            with pytest.raises(operations.WrongPhoneOrPassword):
                sign_in(cast.zhou.phone, "wrong")
        sign_in(cast.zhou.phone, PASSWORD)
    assert SignInAttempt.objects.count() == 0


def test_one_address_that_tries_many_numbers_is_locked_and_another_is_not(cast: Cast) -> None:
    for number in range(50):
        with pytest.raises(operations.WrongPhoneOrPassword):
            sign_in(f"129{number:08d}", "wrong", address="10.9.9.9")
    with pytest.raises(operations.LockedOut):
        sign_in(cast.zhou.phone, PASSWORD, address="10.9.9.9")
    assert sign_in(cast.zhou.phone, PASSWORD, address="10.0.0.1").account_id == cast.zhou.account.pk


def test_nothing_readable_is_kept_of_a_failed_try(cast: Cast) -> None:
    with pytest.raises(operations.WrongPhoneOrPassword):
        sign_in(cast.zhou.phone, "wrong")
    with connection.cursor() as cursor:
        cursor.execute("SELECT attempt::text FROM people_signinattempt attempt")
        (text,) = cursor.fetchone()
    assert cast.zhou.phone not in text
    assert "10.0.0.1" not in text


def test_old_attempts_and_codes_are_cleared_away(cast: Cast, send_code_to: Callable[..., str]) -> None:
    with pytest.raises(operations.WrongPhoneOrPassword):
        sign_in(cast.zhou.phone, "wrong")
    send_code_to(cast.zhou.phone)
    assert operations.remove_old_attempts(before=AT) == 0
    assert operations.remove_old_attempts(before=AT + timedelta(days=1)) == 1
    assert operations.remove_old_codes(before=AT + timedelta(days=1)) == 1


def test_a_code_opens_the_door_once(cast: Cast, send_code_to: Callable[..., str]) -> None:
    code = send_code_to(cast.zhou.phone)
    signed_in = operations.sign_in_with_code(actor=NOBODY, at=AT, phone=cast.zhou.phone, code=code)
    assert signed_in.account_id == cast.zhou.account.pk
    with pytest.raises(operations.WrongCode):
        operations.sign_in_with_code(actor=NOBODY, at=AT, phone=cast.zhou.phone, code=code)


def test_a_code_is_no_good_after_five_minutes(cast: Cast, send_code_to: Callable[..., str]) -> None:
    code = send_code_to(cast.zhou.phone)
    with pytest.raises(operations.WrongCode):
        operations.sign_in_with_code(
            actor=NOBODY, at=AT + timedelta(minutes=5, seconds=1), phone=cast.zhou.phone, code=code
        )


def test_a_code_is_no_good_after_five_wrong_tries(
    cast: Cast, send_code_to: Callable[..., str], wrong_code: Callable[[str], str]
) -> None:
    code = send_code_to(cast.zhou.phone)
    for _try in range(5):
        with pytest.raises(operations.WrongCode):
            operations.sign_in_with_code(actor=NOBODY, at=AT, phone=cast.zhou.phone, code=wrong_code(code))
    with pytest.raises(operations.WrongCode):
        operations.sign_in_with_code(actor=NOBODY, at=AT, phone=cast.zhou.phone, code=code)


def test_only_the_last_code_counts(cast: Cast, send_code_to: Callable[..., str]) -> None:
    first = send_code_to(cast.zhou.phone)
    second = send_code_to(cast.zhou.phone, AT + timedelta(seconds=60))
    later = AT + timedelta(seconds=90)
    if first != second:
        with pytest.raises(operations.WrongCode):
            operations.sign_in_with_code(actor=NOBODY, at=later, phone=cast.zhou.phone, code=first)
    assert operations.sign_in_with_code(actor=NOBODY, at=later, phone=cast.zhou.phone, code=second)


def test_a_number_gets_five_codes_an_hour(cast: Cast, send_code_to: Callable[..., str]) -> None:
    for _time in range(5):
        send_code_to(cast.zhou.phone)
    with pytest.raises(operations.TooManyCodes):
        send_code_to(cast.zhou.phone, AT + timedelta(minutes=59))
    assert Delivery.objects.count() == 5
    send_code_to(cast.zhou.phone, AT + timedelta(minutes=61))


def test_an_address_gets_so_many_codes_an_hour_whatever_the_numbers(
    send_code_to: Callable[..., str], settings: Settings
) -> None:
    settings.CODES_PER_ADDRESS = 3
    for number in range(3):
        send_code_to(f"1218888000{number}")
    with pytest.raises(operations.TooManyCodesFromHere):
        send_code_to("12188880009", AT + timedelta(minutes=59))
    assert Delivery.objects.count() == 3
    send_code_to("12188880009", AT + timedelta(minutes=59), address="10.0.0.2")
    send_code_to("12188880009", AT + timedelta(minutes=61))


def test_the_doors_count_by_the_address_that_asked(db: None, client: Client, settings: Settings) -> None:
    settings.CODES_PER_ADDRESS = 1
    client.cookies["django_language"] = "en"
    here, there = {"x-real-ip": "10.0.0.1"}, {"x-real-ip": "10.0.0.2"}
    assert client.post("/sign-in/code/", {"phone": "12188880001"}, headers=here).status_code == 200
    refused = client.post("/sign-in/code/", {"phone": "12188880002"}, headers=here)
    assert refused.status_code == 422
    assert "Very many codes were asked for from this network" in refused.content.decode()
    for last, asked_from, expected in (("2", here, 429), ("2", there, 204), ("3", there, 429)):
        body = {"phone": f"1218888000{last}"}
        answer = client.post(
            "/api/v1/sign-in/code", body, content_type="application/json", headers=asked_from
        )
        assert answer.status_code == expected
    assert client.post("/register/", {"phone": "12188880004"}, headers=here).status_code == 422
    assert Delivery.objects.count() == 2


def test_a_code_goes_to_unknown_numbers_too_and_is_kept_as_a_keyed_hash(
    send_code_to: Callable[..., str],
) -> None:
    code = send_code_to(FRIEND)
    with pytest.raises(operations.PhoneNotRegistered):
        operations.sign_in_with_code(actor=NOBODY, at=AT, phone=FRIEND, code=code)
    kept = SignInCode.objects.get()
    assert kept.used_at is None, "it is still good for registering"
    assert code.encode() not in bytes(kept.code_hash)
    with connection.cursor() as cursor:
        cursor.execute("SELECT delivery::text FROM notify_delivery delivery")
        (text,) = cursor.fetchone()
    assert code not in text
    assert FRIEND not in text


@pytest.mark.parametrize("phone", ["", "abc", "0797-2831234", "121000", "12100000001\0"])
def test_no_code_is_sent_to_what_is_no_mobile_phone(db: None, phone: str) -> None:
    with pytest.raises(BadPhone):
        operations.request_code(actor=NOBODY, at=AT, phone=phone, address="10.0.0.1")


def test_every_refusal_is_a_sentence_that_says_what_to_do(cast: Cast) -> None:
    refusals: list[DomainError] = [
        operations.WrongPhoneOrPassword(),
        operations.LockedOut(minutes=15),
        operations.TooManyCodes(),
        operations.TooManyCodesFromHere(),
        operations.WrongCode(),
        operations.PhoneNotRegistered(),
        operations.WrongTotp(),
        operations.PhoneTaken(),
    ]
    for refusal in refusals:
        assert len(str(refusal)) > 20
        assert str(refusal).endswith(".")
