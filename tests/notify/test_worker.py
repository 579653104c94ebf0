"""A message from the transaction that asks for it to the channel, through a real worker."""

import logging
from datetime import timedelta

import pytest
from django.db import connections, transaction
from procrastinate.contrib.django import app

from sidan.core.clock import now
from sidan.notify import channels, operations
from sidan.notify.models import Delivery
from tests.notify.test_outbox import PHONE, Fake, phone_channel

__all__ = ["phone_channel"]


@pytest.fixture(autouse=True)
def no_connection_stays_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker's threads keep their connection as long as they live, which here is longer than the database."""
    monkeypatch.setitem(connections.settings["default"], "CONN_MAX_AGE", 0)


def work_off() -> None:
    """Let a worker do everything that waits, then end."""
    logging.getLogger("procrastinate").setLevel(logging.ERROR)
    connector = app.connector.get_worker_connector()  # type: ignore[attr-defined] # Django's connector has it
    with app.replace_connector(connector) as worker_app:
        worker_app.run_worker(wait=False, install_signal_handlers=False, listen_notify=False, concurrency=1)


@pytest.mark.django_db(transaction=True)
def test_a_worker_sends_what_was_committed_and_nothing_else(phone_channel: Fake) -> None:
    at = now()
    for number, is_kept in ((1, True), (2, False)):
        with transaction.atomic():
            phone = PHONE[:-1] + str(number)
            operations.send_code(phone=phone, code="482913", minutes=10, at=at, effect=f"code:{number}")
            transaction.set_rollback(not is_kept)
    work_off()
    assert [message.address for message in phone_channel.sent] == [PHONE[:-1] + "1"]
    assert Delivery.objects.get().state == "sent"
    assert channels.channel_named("fake") is phone_channel


@pytest.mark.django_db(transaction=True)
def test_a_message_that_failed_waits_for_the_next_round(phone_channel: Fake) -> None:
    phone_channel.failures = 1
    at = now()
    operations.send_code(phone=PHONE, code="482913", minutes=10, at=at)
    work_off()
    assert phone_channel.sent == []
    assert operations.deliver_next(at=at + timedelta(minutes=1))
    assert len(phone_channel.sent) == 1
