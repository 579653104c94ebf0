"""Messages outward: at least once, with pauses, without anybody's number in a log."""

import json
import logging
import socketserver
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from pytest_django.fixtures import Settings

from sidan.audit.models import AuditEntry
from sidan.core.logs import json_formatter
from sidan.notify import addresses, channels, operations
from sidan.notify.channels import ChannelDown, ChannelError, ConsoleChannel, EmailChannel, Message, registry
from sidan.notify.enums import Address, DeliveryState
from sidan.notify.kinds import NoticeKind, register_kind
from sidan.notify.models import Delivery, Notice
from sidan.notify.operations import delivering
from sidan.notify.rhythm import pause_after
from tests.cast import Cast

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 21, 2, tzinfo=UTC)
PHONE = "12012345678"
OUTWARD = register_kind(
    NoticeKind(code="test.outward", sentence="Order %(number)s has moved.", goes_out=True)
)


class Fake:
    """A channel that fails as often as it is told to."""

    name = "fake"

    def __init__(self, address_kind: Address, failures: int = 0) -> None:
        self.address_kind = address_kind
        self.failures = failures
        self.sent: list[Message] = []

    def send(self, message: Message) -> None:
        """Fail or remember."""
        if self.failures:
            self.failures -= 1
            raise ChannelError("Busy")
        self.sent.append(message)


@pytest.fixture
def phone_channel() -> Iterator[Fake]:
    fake = Fake(Address.PHONE)
    channels.register_channel(fake)
    yield fake
    del registry._registered["fake"]


@pytest.fixture
def mail_channel() -> Iterator[Fake]:
    fake = Fake(Address.EMAIL)
    channels.register_channel(fake)
    yield fake
    del registry._registered["fake"]


def code(minutes: int = 10, effect: str = "") -> Delivery:
    pk = operations.send_code(
        phone=PHONE, code="482913", minutes=minutes, at=AT, language="en", effect=effect
    )
    return Delivery.objects.get(pk=pk)


def test_a_code_waits_encrypted_and_is_sent_once(phone_channel: Fake) -> None:
    delivery = code()
    with connection.cursor() as cursor:
        cursor.execute("SELECT address || body FROM notify_delivery")
        raw = bytes(cursor.fetchone()[0])
    assert PHONE.encode() not in raw
    assert b"482913" not in raw
    assert operations.deliver_next(at=AT)
    assert not operations.deliver_next(at=AT + timedelta(hours=1))
    (message,) = phone_channel.sent
    assert message.address == PHONE
    assert message.body == "482913 is your sign-in code. It is good for 10 minutes. Tell it to nobody."
    delivery.refresh_from_db()
    assert (delivery.state, delivery.sent_at) == (DeliveryState.SENT, AT)


def test_what_fails_is_tried_again_after_growing_pauses(phone_channel: Fake) -> None:
    phone_channel.failures = 2
    delivery = code()
    assert operations.deliver_next(at=AT)
    assert not operations.deliver_next(at=AT + timedelta(seconds=29))
    assert operations.deliver_next(at=AT + timedelta(seconds=30))
    assert not operations.deliver_next(at=AT + timedelta(seconds=89))
    assert operations.deliver_next(at=AT + timedelta(seconds=90))
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, delivery.last_error) == (DeliveryState.SENT, 3, "")
    assert [pause_after(turn).total_seconds() for turn in (1, 2, 3, 8, 20)] == [
        30,
        60,
        120,
        3600,
        3600,
    ]


def test_a_code_that_ran_out_is_not_sent(phone_channel: Fake) -> None:
    delivery = code(minutes=5)
    assert operations.deliver_next(at=AT + timedelta(minutes=5))
    assert phone_channel.sent == []
    delivery.refresh_from_db()
    assert (delivery.state, delivery.last_error) == (DeliveryState.GIVEN_UP, "too_late")


def test_one_gives_up_after_enough_tries(phone_channel: Fake) -> None:
    phone_channel.failures = 99
    delivery = code(minutes=100_000)
    moment = AT
    for _turn in range(operations.MAX_ATTEMPTS):
        assert operations.deliver_next(at=moment)
        moment += timedelta(hours=1)
    assert not operations.deliver_next(at=moment)
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.GIVEN_UP


def test_a_kill_while_sending_has_it_tried_again(phone_channel: Fake) -> None:
    delivery = code()
    delivering._lease(at=AT, delivery_id=delivery.pk)
    assert not operations.deliver_next(at=AT + timedelta(seconds=60))
    assert operations.deliver_next(at=AT + operations.LEASE)
    assert len(phone_channel.sent) == 1


def test_a_channel_that_is_gone_is_told(phone_channel: Fake) -> None:
    delivery = code()
    Delivery.objects.filter(pk=delivery.pk).update(channel="pigeon")
    assert operations.deliver_next(at=AT)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.last_error) == (DeliveryState.WAITING, "no_such_channel")


def test_without_a_channel_for_phones_the_sender_is_told(settings: Settings) -> None:
    settings.MODE = "production"
    with pytest.raises(operations.NoChannel):
        code()


def test_notices_that_go_out_are_copied_in_the_reader_s_language(
    cast: Cast, mail_channel: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached, unreachable = cast.zhou.actor, cast.leader.actor

    def book(account_ids: object, kind: Address) -> list[addresses.Recipient]:
        return [
            addresses.Recipient(account_id=reached.account_id or 0, address="a@example.cn", language="en")
        ]

    monkeypatch.setattr(addresses._Books, "book", staticmethod(book))
    ids = [actor.account_id or 0 for actor in (reached, unreachable)]
    operations.notify(account_ids=ids, kind=OUTWARD.code, facts={"number": "481 207 365"}, link="/o/", at=AT)
    operations.notify(account_ids=ids, kind="test.inside", facts={}, link="/o/", at=AT)
    assert Notice.objects.filter(goes_out=True).count() == 2
    assert operations.fill_outbox(at=AT) == 2
    assert operations.fill_outbox(at=AT) == 0
    assert operations.deliver_next(at=AT)
    assert not operations.deliver_next(at=AT)
    assert [message.body for message in mail_channel.sent] == ["Order 481 207 365 has moved."]


def test_without_a_way_out_nothing_waits_for_one(cast: Cast) -> None:
    operations.notify(
        account_ids=[cast.zhou.account.pk], kind=OUTWARD.code, facts={"number": "1"}, link="/o/", at=AT
    )
    assert (Notice.objects.get().goes_out, Notice.objects.get().left_out) == (False, "no_channel")


def test_the_demo_s_messages_leave_by_the_outbox_into_its_log(
    cast: Cast, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    account, client = cast.manager.account, cast.manager.client()
    client.post("/me/email/", {"email": "manager@xunwu.example"})
    asked = Delivery.objects.get(channel="console_mail")
    client.post("/me/email/", {"code": "".join(char for char in asked.body if char.isdigit())[:6]})
    asked.delete()
    type(account).objects.filter(pk=account.pk).update(language="en")
    settings.MODE, settings.MESSAGES_TO_LOG = "demo", True
    assert [channel.name for channel in registry.outward_channels()] == ["demo_sms", "demo_mail"]
    operations.notify(account_ids=[account.pk], kind=OUTWARD.code, facts={"number": "1"}, link="/o/", at=AT)
    operations.fill_outbox(at=AT)
    while operations.deliver_next(at=AT):
        continue
    assert dict(Delivery.objects.values_list("channel", "state")) == {"demo_mail": DeliveryState.SENT}
    assert "Order 1 has moved." in lines(caplog)
    assert "m***@xunwu.example" in lines(caplog)
    assert channels.channel_for(Address.PHONE) is not None
    assert channels.channel_for(Address.PHONE).name == "console", "codes stay on the terminal"  # type: ignore[union-attr] # asserted above


def test_what_nobody_sent_again_within_a_month_is_removed_with_a_word_in_the_trail(
    phone_channel: Fake,
) -> None:
    Delivery.objects.filter(pk=code().pk).update(state=DeliveryState.GIVEN_UP, kind="order_done")
    assert operations.forget_done_deliveries(at=AT + timedelta(days=31)) == 1
    entry = AuditEntry.objects.get(verb="outbox.forgotten")
    assert entry.facts["count"] == 1


def test_old_messages_are_forgotten_and_waiting_ones_kept(phone_channel: Fake) -> None:
    code(effect="one")
    operations.deliver_next(at=AT)
    code(effect="two", minutes=100_000)
    assert operations.forget_done_deliveries(at=AT + timedelta(days=29)) == 0
    assert operations.forget_done_deliveries(at=AT + timedelta(days=31)) == 1
    assert Delivery.objects.get().effect == "two"


def lines(caplog: pytest.LogCaptureFixture) -> str:
    return json.dumps([json_formatter().format(record) for record in caplog.records], ensure_ascii=False)


@pytest.mark.parametrize(("mode", "is_shown"), [("demo", True), ("test", False), ("production", False)])
def test_only_the_demo_s_log_shows_a_code(
    mode: str, is_shown: bool, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    settings.MODE = mode
    ConsoleChannel().send(Message(reference="r", address=PHONE, subject="", body="482913 is your code"))
    assert ("482913" in lines(caplog)) is is_shown
    assert PHONE not in lines(caplog)
    assert "5678" in lines(caplog)


def test_neither_log_nor_repr_shows_an_address(phone_channel: Fake, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    phone_channel.failures = 1
    code()
    operations.deliver_next(at=AT)
    assert PHONE not in lines(caplog)
    assert PHONE not in repr(Message(reference="r", address=PHONE, subject="", body=""))
    assert PHONE not in repr(addresses.Recipient(account_id=1, address=PHONE, language="en"))


SAYS = {"refused@": "550 no", "later@": "450 mailbox busy", "closing@": "421 going away"}


class MailHandler(socketserver.StreamRequestHandler):
    """As much SMTP as one message needs; refuses who is called refused, and who is called later for now."""

    received: list[str]

    def handle(self) -> None:
        self.say("220 hello")
        while line := self.rfile.readline().decode().strip():
            verb = line.split(":")[0].split()[0].upper()
            if verb == "DATA":
                self.say("354 go on")
                text = ""
                while (part := self.rfile.readline().decode()) != ".\r\n":
                    text += part
                MailHandler.received.append(text)
                self.say({"full": "452 no room", "spam": "554 no"}.get(text.split()[-1], "250 kept"))
            elif verb == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say(next((said for word, said in SAYS.items() if word in line), "250 fine"))

    def say(self, line: str) -> None:
        """Answer a line."""
        self.wfile.write(line.encode() + b"\r\n")


@pytest.fixture
def mail_server() -> Iterator[str]:
    MailHandler.received = []
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), MailHandler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"smtp://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


def test_mail_goes_through_a_real_server(mail_server: str) -> None:
    channel = EmailChannel(mail_server)
    channel.send(
        Message(reference="notice.5.email", address="a@example.cn", subject="已派单", body="您的点单已派出。")
    )
    (text,) = MailHandler.received
    assert "To: a@example.cn" in text
    assert "Message-ID: <notice.5.email@localhost>" in text
    with pytest.raises(ChannelError, match="SMTPRecipientsRefused"):
        channel.send(Message(reference="r", address="refused@example.cn", subject="", body=""))


@pytest.mark.parametrize(
    ("address", "body", "place"),
    [
        ("later@example.cn", "x", "later@example.cn"),
        ("a@example.cn", "full", "a@example.cn"),
        ("closing@example.cn", "x", ""),
    ],
)
def test_a_no_of_a_mail_server_for_now_is_no_refusal(
    mail_server: str, address: str, body: str, place: str
) -> None:
    with pytest.raises(ChannelDown) as told:
        EmailChannel(mail_server).send(Message(reference="r", address=address, subject="", body=body))
    assert told.value.place == place


@pytest.mark.parametrize(("address", "body"), [("refused@example.cn", "x"), ("a@example.cn", "spam")])
def test_a_no_of_a_mail_server_for_good_is_one(mail_server: str, address: str, body: str) -> None:
    with pytest.raises(ChannelError) as told:
        EmailChannel(mail_server).send(Message(reference="r", address=address, subject="", body=body))
    assert not isinstance(told.value, ChannelDown)


def test_a_mail_server_that_is_not_there_is_told() -> None:
    with pytest.raises(ChannelError, match="ConnectionRefusedError"):
        EmailChannel("smtp://127.0.0.1:9").send(
            Message(reference="r", address="a@example.cn", subject="", body="")
        )
