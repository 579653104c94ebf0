"""Registering, opening and closing accounts, settings, passwords, tokens."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from sidan.audit.models import AuditEntry
from sidan.core.actor import NOBODY
from sidan.core.errors import Forbidden, NotFound, NotSignedIn
from sidan.people import operations, queries
from sidan.people.models import Account, Person
from sidan.people.permissions import (
    AdministrationInTwoHands,
    MayNotGrant,
    NotForAdministrators,
    NotForYourself,
    NotYourAccounts,
    NotYoursToOpen,
)
from tests.cast import Cast, Places
from tests.factories import AT, PASSWORD, make_account, make_volunteer

NEW = "12155550001"


def register(places: Places, code: str, **more: Any) -> Account:
    given = {"phone": NEW, "name": "孙新人", "home_place_id": places.chengbei.pk, **more}
    return operations.register_resident(actor=NOBODY, at=AT, code=code, **given)


def test_whoever_holds_the_telephone_registers_with_a_name(
    places: Places, send_code_to: Callable[..., str]
) -> None:
    account = register(places, send_code_to(NEW))
    person = Person.unscoped.get(pk=account.person_id)
    assert (person.name, person.pinyin) == ("孙新人", "sun xin ren")
    assert (person.home_place_id, person.county_id) == (places.chengbei.pk, places.center.pk)
    assert not account.has_usable_password()


def test_neither_name_nor_place_helps_without_the_code(
    places: Places, send_code_to: Callable[..., str], wrong_code: Callable[[str], str]
) -> None:
    code = send_code_to(NEW)
    with pytest.raises(operations.WrongCode):
        register(places, wrong_code(code))
    assert not Account.objects.filter(phone_hash=NEW).exists()


def test_a_number_is_registered_once(cast: Cast, send_code_to: Callable[..., str]) -> None:
    code = send_code_to(cast.zhou.phone)
    with pytest.raises(operations.PhoneTaken):
        register(cast.places, code, phone=cast.zhou.phone)


def test_who_was_written_down_before_becomes_that_person(
    places: Places, send_code_to: Callable[..., str]
) -> None:
    volunteer = make_volunteer("孙新人", at_place=places.chengbei, phone=NEW)
    assert register(places, send_code_to(NEW)).person_id == volunteer.person_id


def test_a_neighbour_with_the_same_telephone_is_another_person(
    places: Places, send_code_to: Callable[..., str]
) -> None:
    volunteer = make_volunteer("孙隔壁", at_place=places.chengbei, phone=NEW)
    assert register(places, send_code_to(NEW)).person_id != volunteer.person_id


@pytest.mark.parametrize("password", ["short", "12345678901", "password123"])
def test_a_weak_password_is_refused_and_the_code_stays_good(
    places: Places, send_code_to: Callable[..., str], password: str
) -> None:
    code = send_code_to(NEW)
    with pytest.raises(operations.PasswordTooWeak) as refused:
        register(places, code, password=password)
    assert refused.value.errors[0].pointer == "/password"
    assert register(places, code, password="a-fine-day-2026").check_password("a-fine-day-2026")


def test_phones_names_of_columns_only(cast: Cast) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT account::text || person::text FROM people_account account, people_person person"
        )
        texts = [row[0] for row in cursor.fetchall()]
    assert not any(cast.zhou.phone in text for text in texts)


def test_the_manager_opens_an_account_in_the_county_and_not_beyond(cast: Cast) -> None:
    def open_one(place_id: int) -> Account:
        return operations.open_account(
            actor=cast.manager.actor, at=AT, phone=NEW, name="新同事", home_place_id=place_id
        )

    with pytest.raises(NotYourAccounts):
        open_one(cast.places.other_station.pk)
    assert open_one(cast.places.datong.pk).is_active


def test_closing_ends_tokens_at_once_and_opening_does_not_bring_them_back(cast: Cast) -> None:
    text, _token = operations.issue_token(actor=cast.zhou.actor, at=AT)
    operations.close_account(actor=cast.manager.actor, at=AT, account_id=cast.zhou.account.pk)
    assert queries.actor_for_token(text, at=AT) is None
    operations.reopen_account(actor=cast.manager.actor, at=AT, account_id=cast.zhou.account.pk)
    assert queries.actor_for_token(text, at=AT) is None


def test_a_second_closing_says_that_it_is_closed(cast: Cast) -> None:
    operations.close_account(actor=cast.system_admin.actor, at=AT, account_id=cast.zhou.account.pk)
    with pytest.raises(operations.AlreadyClosed):
        operations.close_account(actor=cast.system_admin.actor, at=AT, account_id=cast.zhou.account.pk)
    operations.reopen_account(actor=cast.system_admin.actor, at=AT, account_id=cast.zhou.account.pk)
    with pytest.raises(operations.AlreadyOpen):
        operations.reopen_account(actor=cast.system_admin.actor, at=AT, account_id=cast.zhou.account.pk)


def test_nobody_closes_their_own_account_or_one_that_stands_above(cast: Cast) -> None:
    with pytest.raises(NotForYourself):
        operations.close_account(actor=cast.manager.actor, at=AT, account_id=cast.manager.account.pk)
    with pytest.raises(AdministrationInTwoHands):
        operations.close_account(actor=cast.manager.actor, at=AT, account_id=cast.security_admin.account.pk)
    another = make_account(
        "另一主管", at_place=cast.places.center, phone=NEW, roles=[("manager", cast.places.center)]
    )
    with pytest.raises(NotForAdministrators):
        operations.close_account(actor=cast.manager.actor, at=AT, account_id=another.pk)
    assert not operations.close_account(actor=cast.system_admin.actor, at=AT, account_id=another.pk).is_active
    with pytest.raises(NotYourAccounts):
        operations.close_account(actor=cast.manager.actor, at=AT, account_id=cast.supervisor.account.pk)
    with pytest.raises(NotYourAccounts):
        operations.close_account(actor=cast.mallory.actor, at=AT, account_id=cast.zhou.account.pk)


@pytest.mark.parametrize("who", ["security_admin", "audit_admin"])
def test_who_grants_every_role_and_who_reads_the_trail_opens_and_closes_nothing(cast: Cast, who: str) -> None:
    actor = getattr(cast, who).actor
    refusal = NotYoursToOpen if who == "security_admin" else NotYourAccounts
    with pytest.raises(refusal):
        operations.open_account(
            actor=actor, at=AT, phone=NEW, name="新同事", home_place_id=cast.places.datong.pk
        )
    with pytest.raises(refusal):
        operations.close_account(actor=actor, at=AT, account_id=cast.zhou.account.pk)
    operations.close_account(actor=cast.manager.actor, at=AT, account_id=cast.zhou.account.pk)
    with pytest.raises(refusal):
        operations.reopen_account(actor=actor, at=AT, account_id=cast.zhou.account.pk)
    with pytest.raises(refusal):
        operations.reset_totp(actor=actor, at=AT, account_id=cast.zhou.account.pk)


def test_no_administrator_puts_another_one_out_alone(cast: Cast) -> None:
    for actor in (cast.system_admin.actor, cast.security_admin.actor, cast.manager.actor):
        for other in (cast.system_admin, cast.security_admin, cast.audit_admin):
            with pytest.raises(Forbidden):
                operations.close_account(actor=actor, at=AT, account_id=other.account.pk)
            with pytest.raises(Forbidden):
                operations.reset_totp(actor=actor, at=AT, account_id=other.account.pk)
    with pytest.raises(AdministrationInTwoHands):
        operations.close_account(actor=cast.system_admin.actor, at=AT, account_id=cast.audit_admin.account.pk)
    held = cast.audit_admin.account.grants.get()
    operations.end_role(actor=cast.security_admin.actor, at=AT, grant_uuid=held.uuid)
    closed = operations.close_account(
        actor=cast.system_admin.actor, at=AT, account_id=cast.audit_admin.account.pk
    )
    assert not closed.is_active


def test_the_system_administrator_grants_nothing(cast: Cast) -> None:
    with pytest.raises(MayNotGrant):
        operations.grant_role(
            actor=cast.system_admin.actor, at=AT, account_id=cast.zhou.account.pk, role="dispatcher",
            place_id=cast.places.center.pk,
        )  # fmt: skip


def test_a_whole_phone_is_shown_to_who_may_and_the_look_is_on_record(cast: Cast) -> None:
    account_id = cast.zhou.account.pk
    shown = operations.reveal_account_phone(actor=cast.manager.actor, at=AT, account_id=account_id)
    assert shown == cast.zhou.phone
    look = AuditEntry.objects.get(verb="account.phone_shown")
    assert (look.actor_id, look.subject_id) == (cast.manager.account.pk, account_id)
    for outsider in (cast.mallory, cast.dispatcher, cast.volunteer):
        with pytest.raises(NotYourAccounts):
            operations.reveal_account_phone(actor=outsider.actor, at=AT, account_id=account_id)


def test_changing_the_password_needs_the_present_one_and_ends_tokens(cast: Cast) -> None:
    text, _token = operations.issue_token(actor=cast.zhou.actor, at=AT)
    with pytest.raises(operations.WrongPresentPassword):
        operations.change_password(actor=cast.zhou.actor, at=AT, present="no", new="a-fine-day-2026")
    operations.change_password(actor=cast.zhou.actor, at=AT, present=PASSWORD, new="a-fine-day-2026")
    assert queries.actor_for_token(text, at=AT) is None
    assert Account.objects.get(pk=cast.zhou.account.pk).check_password("a-fine-day-2026")


def test_how_one_likes_to_read_is_kept(cast: Cast) -> None:
    operations.choose_look(actor=cast.zhou.actor, language="en", large_print=True)
    actor = cast.zhou.actor
    assert (actor.language, actor.large_print, actor.theme) == ("en", True, "paper")
    for nonsense in ({"language": "xx"}, {"theme": "neon"}):
        with pytest.raises(operations.UnknownSetting):
            operations.choose_look(actor=cast.zhou.actor, **nonsense)
    with pytest.raises(NotSignedIn):
        operations.choose_look(actor=NOBODY, theme="dark")


def test_one_edits_ones_own_contact_and_is_found_under_the_new_name(cast: Cast) -> None:
    with cast.zhou.at_work() as actor:
        operations.edit_own_contact(
            actor=actor, at=AT, name="周桂英", contact_phone="0797-2831234", address="城北路 8 号",
            home_place_id=cast.places.huangxiang.pk,
        )  # fmt: skip
    person = Person.unscoped.get(pk=cast.zhou.person.pk)
    assert (person.contact_phone, person.address) == ("07972831234", "城北路 8 号")
    assert {"桂英", "zho"} <= set(person.search)
    with pytest.raises(NotFound):
        operations.edit_own_contact(
            actor=cast.zhou.actor, at=AT, name="周", contact_phone="", address="", home_place_id=10**9
        )


def test_an_account_holds_at_most_twenty_tokens_and_revokes_only_its_own(cast: Cast) -> None:
    tokens = [operations.issue_token(actor=cast.zhou.actor, at=AT)[1] for _nth in range(20)]
    with pytest.raises(operations.TooManyTokens):
        operations.issue_token(actor=cast.zhou.actor, at=AT)
    with pytest.raises(NotFound):
        operations.revoke_token(actor=cast.mallory.actor, at=AT, uuid=tokens[0].uuid)
    operations.revoke_token(actor=cast.zhou.actor, at=AT, uuid=tokens[0].uuid)
    with pytest.raises(NotFound):
        operations.revoke_token(actor=cast.zhou.actor, at=AT, uuid=tokens[0].uuid)
    assert len(queries.tokens_of(account_id=cast.zhou.account.pk, at=AT)) == 19
    assert queries.tokens_of(account_id=cast.zhou.account.pk, at=AT + timedelta(days=31)) == []
