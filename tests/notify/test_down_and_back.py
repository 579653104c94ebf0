"""A provider that goes down and comes back, two workers at once, and a worker killed while it sends."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection, connections
from pytest_django.fixtures import Settings

from sidan.core.clock import now
from sidan.core.ids import uuid7
from sidan.notify import operations, tasks
from sidan.notify.channels import ChannelDown, Message, register_channel, registry
from sidan.notify.enums import Address, DeliveryState
from sidan.notify.gateways import read_gateway
from sidan.notify.models import Delivery
from tests.notify.providers import Provider, serving

ROOT = Path(__file__).resolve().parents[2]
HEADERS = '{"Content-Type": "application/json"}'
BODY = '{"to": "{phone}", "content": "{text}", "ref": "{id}"}'
pytestmark = pytest.mark.django_db(transaction=True)
# What a worker does, in a process of its own that can be killed.
WORKER = """
import django; django.setup()
from sidan.core.clock import now
from sidan.notify.operations import deliver_next
print("ready", flush=True)
deliver_next(at=now())
"""


@pytest.fixture
def provider(settings: Settings) -> Provider:
    there = Provider()
    with serving(there):
        pass
    # It has a port, and is down until a test lets it serve.
    settings.SMS_GATEWAY = read_gateway(
        url=there.url, method="POST", headers=HEADERS, body=BODY, agrees="code=0", secret=""
    )
    return there


def wait(count: int) -> None:
    """Put some messages into the outbox: codes that are good for a day, so that the hour does not matter."""
    for number in range(count):
        operations.send_code(
            phone=f"120000000{number:02}", code=f"{number:06}", minutes=1440, at=now(), language="en"
        )


def test_while_it_is_down_nothing_is_lost_and_afterwards_each_arrives_once(provider: Provider) -> None:
    wait(12)
    at = now()
    for minute in range(5):
        tasks.deliver_waiting.run(at=at + timedelta(minutes=minute))
    tried = [row.attempts for row in Delivery.objects.all()]
    assert sum(tried) <= 10, "one that is down is asked once a round, not once for each message"
    assert set(Delivery.objects.values_list("state", flat=True)) == {DeliveryState.WAITING}
    with serving(provider):
        tasks.deliver_waiting.run(at=at + timedelta(minutes=30))
    assert len(provider.told) == 12
    assert len(set(provider.ids())) == 12
    assert set(Delivery.objects.values_list("state", flat=True)) == {DeliveryState.SENT}


def test_one_that_is_down_for_long_keeps_its_messages(provider: Provider) -> None:
    wait(1)
    moment, spent = now(), timedelta()
    while spent < timedelta(hours=20):
        operations.deliver_next(at=moment + spent)
        spent += timedelta(minutes=10)
    assert Delivery.objects.get().attempts > operations.MAX_ATTEMPTS
    with serving(provider):
        operations.deliver_next(at=moment + timedelta(hours=21))
    assert Delivery.objects.get().state == DeliveryState.SENT


class Groups:
    """Group chats, of which some addresses are dead, or a whole service."""

    name = "groups"
    address_kind = Address.CHAT

    def __init__(self, *dead: str) -> None:
        self.dead, self.asked = dead, list[str]()

    def send(self, message: Message) -> None:
        """Remember who was asked; a dead place does not answer."""
        self.asked.append(message.address)
        for place in self.dead:
            if message.address.startswith(place):
                raise ChannelDown("apprise", place=place)


@pytest.fixture
def groups() -> Iterator[Groups]:
    channel = Groups("json://dead", "feishu:")
    register_channel(channel)
    yield channel
    del registry._registered["groups"]


def tell(address: str, *, at: datetime, attempts: int = 0) -> Delivery:
    return Delivery.objects.create(
        effect=str(uuid7()), channel="groups", address_kind=Address.CHAT, address=address, body="x", is_urgent=True,
        attempts=attempts, next_try_at=at, give_up_at=at + timedelta(days=2), at=at,
    )  # fmt: skip


def test_a_dead_address_holds_up_nobody_else(groups: Groups) -> None:
    at = now()
    for nth, address in enumerate(
        ("json://dead", "feishu://a", "json://dead", "feishu://b", "json://good", "dingtalk://c")
    ):
        tell(address, at=at + timedelta(seconds=nth - 30))
    tasks.deliver_waiting.run(at=at)
    assert sorted(groups.asked) == ["dingtalk://c", "feishu://a", "json://dead", "json://good"]
    assert Delivery.objects.filter(state=DeliveryState.SENT).count() == 2
    assert sorted(Delivery.objects.exclude(state=DeliveryState.SENT).values_list("attempts", flat=True)) == [
        0,
        0,
        1,
        1,
    ]
    groups.dead = ()
    tasks.deliver_waiting.run(at=at + timedelta(minutes=3))
    assert set(Delivery.objects.values_list("state", flat=True)) == {DeliveryState.SENT}


def test_what_was_tried_often_does_not_stand_before_what_is_new(
    groups: Groups, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = now()
    for nth in range(20):
        tell(f"json://old{nth}", at=at - timedelta(hours=1), attempts=5)
    for nth in range(3):
        tell(f"json://new{nth}", at=at)
    monkeypatch.setattr(tasks, "MOST_IN_ONE_RUN", 6)
    tasks.deliver_waiting.run(at=at)
    assert sum("new" in address for address in groups.asked) == 3
    assert sum("old" in address for address in groups.asked) == 3


def test_two_workers_at_once_send_each_message_once(provider: Provider) -> None:
    wait(20)
    at = now()

    def work() -> None:
        try:
            while operations.deliver_next(at=at):
                continue
        finally:
            connections.close_all()

    with serving(provider):
        workers = [threading.Thread(target=work) for _nth in range(2)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
    assert len(provider.ids()) == 20
    assert len(set(provider.ids())) == 20


def test_a_worker_that_slept_through_its_lease_marks_nothing(provider: Provider) -> None:
    wait(1)
    at = now()

    def meanwhile(_request: object) -> tuple[int, bytes]:
        # While the first worker waits for its answer, the lease runs out and another one fails.
        Delivery.objects.update(attempts=2, next_try_at=at + timedelta(minutes=5), last_error="http_400")
        connections.close_all()
        return 200, b'{"code": 0}'

    provider.answer = meanwhile
    with serving(provider):
        operations.deliver_next(at=at)
    row = Delivery.objects.get()
    assert (row.state, row.attempts, row.last_error) == (DeliveryState.WAITING, 2, "http_400")


@pytest.mark.slow
def test_a_worker_killed_while_it_sends_leaves_the_message_to_the_next_with_the_same_id(
    provider: Provider,
) -> None:
    wait(1)
    arrived, may_answer = threading.Event(), threading.Event()

    def slowly(_request: object) -> tuple[int, bytes]:
        arrived.set()
        may_answer.wait(timeout=30)
        return 200, b'{"code": 0}'

    provider.answer = slowly
    with serving(provider):
        worker = subprocess.Popen([sys.executable, "-c", WORKER], cwd=ROOT, env=_environment(provider))
        assert arrived.wait(timeout=60), "the worker did not come to sending"
        worker.send_signal(signal.SIGKILL)
        assert worker.wait(timeout=10) == -signal.SIGKILL
        may_answer.set()
        assert Delivery.objects.get().state == DeliveryState.WAITING
        assert operations.deliver_next(at=now()) is None, "the lease still holds"
        assert operations.deliver_next(at=now() + operations.LEASE)
    first, second = provider.ids()
    assert first == second
    assert Delivery.objects.get().state == DeliveryState.SENT


def _environment(provider: Provider) -> dict[str, str]:
    """Return the environment of this test's own database and provider."""
    told = connection.settings_dict
    host = told["HOST"]
    where = f"{told['USER']}:{told['PASSWORD']}@/{told['NAME']}?host={host}&port={told['PORT']}"
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": f"postgresql://{where}",
        "SIDAN_MODE": "test",
        "SIDAN_SECRET_KEY": django_settings.SECRET_KEY,
        "SIDAN_FIELD_KEYS": django_settings.FIELD_KEYS,
        "SIDAN_LOOKUP_KEYS": django_settings.LOOKUP_KEYS,
        "SIDAN_SMS_URL": provider.url,
        "SIDAN_SMS_HEADERS": HEADERS,
        "SIDAN_SMS_BODY": BODY,
        "SIDAN_SMS_OK": "code=0",
    }
