"""The worker killed while it reminds at half time, and while it sends: nothing told twice, and nothing lost."""

import json
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final
from uuid import uuid4

import psycopg
import pytest

from bench.site import own_folder
from bench.stock import make_orders
from tests.faults.conftest import SCRIPT, Supervised, free_ports, supervised
from tests.faults.test_kill_worker import TWICE, kill_the_worker, one, wait_for
from tests.notify.providers import Provider, serving

HALF_OVER = 250
MESSAGES = 150
KILLS = 2
AT_HALF: Final = """
INSERT INTO limits_timer (order_id, step_id, effect, limit_id, begun_at, half_at, due_at, next_at)
SELECT step.order_id, step.id, 'admit', (SELECT min(id) FROM limits_limit WHERE step = 'admit' AND place_id IS NULL),
       now() - interval '2 days', now() - interval '1 hour', now() + interval '2 days', now() - interval '1 hour'
FROM orders_orderstep step WHERE step.order_id = ANY(%s) AND step.verb = 'submit'
"""
REMINDED: Final = """
SELECT count(*) FROM limits_firing firing JOIN limits_timer timer ON timer.id = firing.timer_id
WHERE timer.order_id = ANY(%s) AND firing.kind = 'half'
"""
TOLD: Final = """
SELECT count(*), count(DISTINCT (account_id, facts ->> 'number')) FROM notify_notice WHERE kind = 'limit_half'
"""
WHO_IS_TOLD: Final = "SELECT count(DISTINCT account_id) FROM notify_notice WHERE kind = 'limit_half'"
# Danger does not wait for the morning nor for others: each is a message of its own, whatever the hour of the test.
DANGERS: Final = """
INSERT INTO notify_notice (uuid, account_id, kind, facts, link, effect, goes_out, goes_at, at)
SELECT each, (SELECT min(id) FROM people_account), 'order_danger',
       jsonb_build_object('number', nth::text, 'title', 'x'), '/o/', 'test:' || nth, true, now(), now()
FROM unnest(%s::uuid[]) WITH ORDINALITY AS told(each, nth)
"""
SENT: Final = "SELECT count(*) FROM notify_delivery WHERE kind = %s AND state = 'sent'"
PUT_OUT: Final = "SELECT count(*), count(DISTINCT effect) FROM notify_delivery WHERE kind = 'order_danger'"
GATEWAY: Final = """
import os
os.environ.update({told!r})
"""


def write(site: Supervised, sql: str, *values: object) -> None:
    with psycopg.connect(site.superuser_url, autocommit=True) as connection:
        connection.execute(sql, values)


@pytest.mark.slow
def test_a_worker_killed_at_half_time_reminds_of_every_order_once(site: Supervised) -> None:
    with psycopg.connect(site.superuser_url, autocommit=True) as connection:
        made = [
            each.order for each in make_orders(connection, site.county, count=HALF_OVER, state="submitted")
        ]
        connection.execute(AT_HALF, [made])
    reminded = 0
    for _kill in range(KILLS):
        reminded = wait_for(site, REMINDED, made, least=reminded + 5, what="clocks have reminded")
        assert reminded < HALF_OVER, "every clock had reminded before the kill: nothing was proven"
        kill_the_worker(site)
    wait_for(site, REMINDED, made, least=HALF_OVER, what="clocks have reminded")
    assert one(site, REMINDED, made) == HALF_OVER
    people = one(site, WHO_IS_TOLD)
    assert people > 0
    assert site.rows(TOLD) == [(HALF_OVER * people, HALF_OVER * people)]
    assert site.rows(TWICE) == []


def slowly(_request: object) -> tuple[int, bytes]:
    """Take a moment, so that a kill finds the worker in the middle of a message."""
    time.sleep(0.03)
    return 200, b'{"code": 0}'


@pytest.fixture
def sending() -> Iterator[tuple[Supervised, Provider]]:
    """An installation of its own whose text messages go to a provider on this machine."""
    provider = Provider(answer=slowly)
    with serving(provider), own_folder() as folder:
        told = {
            "SIDAN_SMS_URL": provider.url,
            "SIDAN_SMS_HEADERS": '{"Content-Type": "application/json"}',
            "SIDAN_SMS_BODY": '{"to": "{phone}", "content": "{text}", "ref": "{id}"}',
            "SIDAN_SMS_OK": "code=0",
        }
        script = GATEWAY.format(told=told) + SCRIPT
        with supervised(folder, port=free_ports(), script=script) as site:
            yield site, provider


@pytest.mark.slow
def test_a_worker_killed_while_it_sends_loses_no_message_and_repeats_one_under_the_same_id(
    sending: tuple[Supervised, Provider],
) -> None:
    site, provider = sending
    write(site, DANGERS, [uuid4() for _nth in range(MESSAGES)])
    sent = 0
    for _kill in range(KILLS):
        sent = wait_for(site, SENT, "order_danger", least=sent + 5, what="messages have left")
        assert sent < MESSAGES, "every message had left before the kill: nothing was proven"
        kill_the_worker(site)
    wait_for(site, SENT, "order_danger", least=MESSAGES, what="messages have left")

    assert site.rows(PUT_OUT) == [(MESSAGES, MESSAGES)]
    arrived = Counter(provider.ids())
    assert len(arrived) == MESSAGES
    repeated = {ref for ref, times in arrived.items() if times > 1}
    assert len(repeated) <= KILLS, "only what a kill found on its way is sent again"
    texts = {(told["ref"], told["content"]) for told in map(_body, provider.told)}
    assert len(texts) == MESSAGES, (
        "what is sent again is the same message: a provider that knows ids drops it"
    )


def _body(request: dict[str, Any]) -> dict[str, str]:
    told: dict[str, str] = json.loads(request["body"])
    return told
