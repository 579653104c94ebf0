"""The first account of a new installation."""

import io
from collections.abc import Callable

import pytest
from django.core.management import CommandError, call_command

from sidan.core.actor import NOBODY
from sidan.people import operations, queries
from sidan.people.models import Account
from tests.cast import Cast
from tests.factories import AT, make_place

PHONE = "12100000077"


@pytest.fixture
def open_first(monkeypatch: pytest.MonkeyPatch, db: None) -> Callable[[str], None]:
    def _open(password: str) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
        call_command("open_first_account", name="韩安全", phone=PHONE, stdout=io.StringIO())

    return _open


def test_the_first_administrator_signs_in_and_grants(open_first: Callable[[str], None]) -> None:
    make_place("center", "寻乌县")
    open_first("a-fine-day-2026")
    signed_in = operations.sign_in_with_password(
        actor=NOBODY, at=AT, phone=PHONE, password="a-fine-day-2026", address=""
    )
    actor = queries.actor_for_account(signed_in.account_id)
    assert actor is not None
    assert actor.roles == {"security_admin"}


def test_it_needs_a_place_and_a_good_password(open_first: Callable[[str], None]) -> None:
    with pytest.raises(CommandError, match="open_first_place"):
        open_first("a-fine-day-2026")
    make_place("center", "寻乌县")
    with pytest.raises(CommandError, match="8 characters"):
        open_first("short")


def test_it_is_for_the_first_only(cast: Cast, open_first: Callable[[str], None]) -> None:
    with pytest.raises(CommandError, match="already"):
        open_first("a-fine-day-2026")


def test_the_first_system_administrator_opens_accounts(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    center = make_place("center", "寻乌县")
    monkeypatch.setattr("sys.stdin", io.StringIO("a-fine-day-2026\n"))
    call_command("open_first_account", name="曹系统", phone=PHONE, role="system_admin", stdout=io.StringIO())
    account = Account.objects.get(phone_hash=PHONE)
    actor = queries.actor_for_account(account.pk)
    assert actor is not None
    assert actor.roles == {"system_admin"}
    opened = operations.open_account(
        actor=actor, at=AT, phone="12100000078", name="新审计", home_place_id=center.pk
    )
    assert opened.is_active
