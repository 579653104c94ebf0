"""One's e-mail address: nothing is sent to it before a code from it came back."""

from datetime import timedelta

import pytest
from django.db import connection

from sidan.audit.models import AuditEntry
from sidan.core.actor import NOBODY
from sidan.core.emails import BadEmail, mask_email, normalise_email
from sidan.core.errors import NotSignedIn
from sidan.notify.addresses import recipients
from sidan.notify.channels import registry
from sidan.notify.enums import Address
from sidan.notify.models import Delivery
from sidan.notify.operations import NoChannel
from sidan.people import operations
from sidan.people.models import Account, EmailCode
from tests.cast import Cast, Someone
from tests.factories import AT

pytestmark = pytest.mark.django_db
MINE = "zhou@xunwu.example"


def ask(one: Someone, email: str = MINE, minutes: int = 0) -> str:
    """Ask for a code and read it out of the outbox, as the owner of the mailbox would."""
    operations.request_email_code(actor=one.actor, at=AT + timedelta(minutes=minutes), email=email)
    delivery = Delivery.objects.order_by("-id")[0]
    assert delivery.address_kind == Address.EMAIL
    return "".join(char for char in delivery.body if char.isdigit())[:6]


def reached_at(one: Someone) -> list[str]:
    return [each.address for each in recipients([one.account.pk], Address.EMAIL)]


def test_an_address_is_used_only_after_its_code_came_back(cast: Cast) -> None:
    code = ask(cast.zhou, "zhou@XUNWU.example")
    assert reached_at(cast.zhou) == []
    operations.confirm_email(actor=cast.zhou.actor, at=AT, code=code)
    assert reached_at(cast.zhou) == [MINE]
    assert AuditEntry.objects.filter(verb="email.confirmed").count() == 1


def test_another_address_takes_its_place_only_when_it_is_confirmed(cast: Cast) -> None:
    operations.confirm_email(actor=cast.zhou.actor, at=AT, code=ask(cast.zhou))
    code = ask(cast.zhou, "new@xunwu.example", minutes=1)
    assert reached_at(cast.zhou) == [MINE]
    operations.confirm_email(actor=cast.zhou.actor, at=AT + timedelta(minutes=2), code=code)
    assert reached_at(cast.zhou) == ["new@xunwu.example"]


def test_a_code_is_good_once_for_five_minutes_and_for_who_asked(cast: Cast) -> None:
    code = ask(cast.zhou)
    ask(cast.mallory)
    with pytest.raises(operations.WrongCode):
        operations.confirm_email(actor=cast.leader.actor, at=AT, code=code)
    with pytest.raises(operations.WrongCode):
        operations.confirm_email(actor=cast.zhou.actor, at=AT + timedelta(minutes=5), code=code)
    operations.confirm_email(actor=cast.zhou.actor, at=AT, code=code)
    with pytest.raises(operations.WrongCode):
        operations.confirm_email(actor=cast.zhou.actor, at=AT, code=code)


def test_only_the_last_code_is_good(cast: Cast) -> None:
    first = ask(cast.zhou)
    last = ask(cast.zhou, "new@xunwu.example", minutes=1)
    if first != last:
        with pytest.raises(operations.WrongCode):
            operations.confirm_email(actor=cast.zhou.actor, at=AT, code=first)
    operations.confirm_email(actor=cast.zhou.actor, at=AT + timedelta(minutes=1), code=last)
    assert reached_at(cast.zhou) == ["new@xunwu.example"]


def test_five_wrong_tries_spend_a_code(cast: Cast) -> None:
    code = ask(cast.zhou)
    for _try in range(5):
        with pytest.raises(operations.WrongCode):
            operations.confirm_email(actor=cast.zhou.actor, at=AT, code="x")
    with pytest.raises(operations.WrongCode):
        operations.confirm_email(actor=cast.zhou.actor, at=AT, code=code)


def test_five_codes_an_hour_to_an_account_and_to_an_address(cast: Cast) -> None:
    for number in range(5):
        ask(cast.zhou, f"n{number}@xunwu.example")
    with pytest.raises(operations.TooManyEmailCodes):
        ask(cast.zhou, "n6@xunwu.example")
    for one in (cast.leader, cast.volunteer, cast.manager, cast.director, cast.mallory):
        ask(one)
    with pytest.raises(operations.TooManyEmailCodes):
        ask(cast.supervisor)
    ask(cast.zhou, minutes=61)


def test_an_address_of_another_is_answered_like_any(cast: Cast) -> None:
    """A couple may share a mailbox, and nobody learns who has which."""
    operations.confirm_email(actor=cast.zhou.actor, at=AT, code=ask(cast.zhou))
    operations.confirm_email(actor=cast.mallory.actor, at=AT, code=ask(cast.mallory))
    assert reached_at(cast.zhou) == reached_at(cast.mallory) == [MINE]


def test_taken_away_nothing_is_sent_and_no_code_brings_it_back(cast: Cast) -> None:
    operations.confirm_email(actor=cast.zhou.actor, at=AT, code=ask(cast.zhou))
    code = ask(cast.zhou, "new@xunwu.example", minutes=1)
    operations.remove_email(actor=cast.zhou.actor, at=AT + timedelta(minutes=2))
    assert reached_at(cast.zhou) == []
    with pytest.raises(operations.WrongCode):
        operations.confirm_email(actor=cast.zhou.actor, at=AT + timedelta(minutes=2), code=code)
    with pytest.raises(operations.NoEmail):
        operations.remove_email(actor=cast.zhou.actor, at=AT + timedelta(minutes=3))


def test_a_visitor_has_no_address(cast: Cast) -> None:
    with pytest.raises(NotSignedIn):
        operations.request_email_code(actor=NOBODY, at=AT, email=MINE)


def test_neither_address_nor_code_stands_readable_in_the_tables(cast: Cast) -> None:
    code = ask(cast.zhou)
    operations.confirm_email(actor=cast.zhou.actor, at=AT, code=code)
    ask(cast.zhou, minutes=1)
    with connection.cursor() as cursor:
        for table in ("people_emailcode", "people_account", "notify_delivery", "audit_entry"):
            cursor.execute(
                f"SELECT string_agg(encode(convert_to(t::text, 'UTF8'), 'hex'), '') FROM {table} t"
            )
            stored = bytes.fromhex(cursor.fetchone()[0])
            for secret in (MINE, code):
                assert secret.encode() not in stored
                assert secret.encode().hex().encode() not in stored


def test_what_was_asked_for_is_gone_after_a_day(cast: Cast) -> None:
    ask(cast.zhou)
    operations.remove_old_codes(before=AT)
    assert EmailCode.objects.count() == 1
    operations.remove_old_codes(before=AT + timedelta(days=1))
    assert EmailCode.objects.count() == 0


def test_where_no_e_mail_is_sent_it_is_said(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "active_channels", dict)
    with pytest.raises(NoChannel):
        ask(cast.zhou)
    page = cast.zhou.client().post("/me/email/", {"email": MINE})
    assert page.status_code == 422
    assert EmailCode.objects.count() == 0
    assert "/me/email/" not in cast.zhou.client().get("/me/").content.decode()


@pytest.mark.parametrize(
    "text",
    ["", "zhou", "zhou@", "@xunwu.example", "a b@xunwu.example", "周@xunwu.example", "a@b\n.cn", "a@寻乌.cn"],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(BadEmail):
        normalise_email(text)


def test_an_address_is_hidden_but_for_its_first_letter() -> None:
    assert mask_email(MINE) == "z***@xunwu.example"
    assert mask_email("") == ""


def test_the_page_leads_from_the_address_by_the_code_to_the_box_in_the_settings(cast: Cast) -> None:
    client = cast.zhou.client()
    client.cookies["django_language"] = "en"
    assert 'name="mine_email"' not in client.get("/notices/settings/").content.decode()
    assert "/me/email/" in client.get("/notices/settings/").content.decode()
    assert client.post("/me/email/", {"email": "nobody"}).status_code == 422
    assert client.post("/me/email/", {"email": MINE}).status_code == 303
    assert MINE in client.get("/me/email/").content.decode()
    body = Delivery.objects.order_by("-id")[0].body
    code = "".join(char for char in body if char.isdigit())[:6]
    wrong = client.post("/me/email/", {"code": "x"})
    assert wrong.status_code == 422
    assert "This code is not right" in wrong.content.decode()
    assert client.post("/me/email/", {"code": code}).status_code == 303
    assert Account.objects.get(pk=cast.zhou.account.pk).email == MINE
    assert 'name="mine_email"' in client.get("/notices/settings/").content.decode()
    assert "z***@xunwu.example" in client.get("/me/").content.decode()
    assert client.get("/api/v1/me").json()["email"] == "z***@xunwu.example"
    late = client.post("/me/email/", {"code": code})
    assert late.status_code == 422
    assert "This code is not right" in late.content.decode()
    assert client.post("/me/email/remove/").status_code == 303
    assert 'name="mine_email"' not in client.get("/notices/settings/").content.decode()
