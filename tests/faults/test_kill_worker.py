"""The worker killed in the middle of the clocks' work: each moment has its effect once, and none is forgotten."""

import os
import signal
import time

import psycopg
import pytest

from bench.stock import make_orders
from tests.faults.conftest import Supervised

ORDERS = 250
KILLS = 2
# A killed worker's job is given back after half a minute without a heartbeat, at the next full minute.
PATIENCE = 300

AT_A_STATION = "UPDATE orders_order SET holder_place_id = origin_place_id WHERE id = ANY(%s)"
OVERDUE = """
INSERT INTO limits_timer (order_id, step_id, effect, limit_id, begun_at, half_at, due_at, next_at)
SELECT step.order_id, step.id, 'admit', (SELECT min(id) FROM limits_limit WHERE step = 'admit' AND place_id IS NULL),
       now() - interval '3 days', now() - interval '2 days', now() - interval '1 day', now() - interval '2 days'
FROM orders_orderstep step WHERE step.order_id = ANY(%s) AND step.verb = 'submit'
"""
FIRED = """
SELECT count(*) FROM limits_firing firing JOIN limits_timer timer ON timer.id = firing.timer_id
WHERE timer.order_id = ANY(%s) AND firing.kind = 'end'
"""
PASSED = "SELECT count(*), count(DISTINCT order_id) FROM orders_orderhandover WHERE order_id = ANY(%s)"
STEPS = """
SELECT count(*) FROM orders_orderstep WHERE order_id = ANY(%s) AND verb = 'pass_up' AND reason_code = 'overdue'
"""
COUNTED = "SELECT sum(count) FROM analytics_rollup WHERE figure = 'orders.handed' AND grain = 'all' AND place_id = %s"
TWICE = """
SELECT account_id, effect FROM notify_notice WHERE effect <> '' GROUP BY 1, 2 HAVING count(*) > 1
"""


def one(site: Supervised, sql: str, *values: object) -> int:
    return int(site.rows(sql, *values)[0][0] or 0)


def wait_for(site: Supervised, sql: str, value: object, *, least: int, what: str) -> int:
    """Ask until there are so many; a kill is meant for the middle of the work, hence the short breath."""
    give_up = time.monotonic() + PATIENCE
    while (found := one(site, sql, value)) < least:
        assert time.monotonic() < give_up, f"{found} of {least} {what}"
        time.sleep(0.02)
    return found


def kill_the_worker(site: Supervised) -> None:
    give_up = time.monotonic() + PATIENCE
    while not (workers := site.job_workers()):
        assert time.monotonic() < give_up, "the worker did not come back"
        time.sleep(0.2)
    os.kill(workers[0], signal.SIGKILL)


@pytest.mark.slow
def test_a_worker_killed_amid_the_clocks_work_leaves_every_clock_fired_once(site: Supervised) -> None:
    with psycopg.connect(site.superuser_url, autocommit=True) as connection:
        made = [each.order for each in make_orders(connection, site.county, count=ORDERS, state="submitted")]
        connection.execute(AT_A_STATION, [made])
        before = one(site, COUNTED, site.county["center"])
        connection.execute(OVERDUE, [made])

    fired, kills = 0, 0
    while kills < KILLS and fired < ORDERS:
        fired = wait_for(site, FIRED, made, least=fired + 5, what="clocks have fired")
        kill_the_worker(site)
        kills += 1
    assert kills == KILLS or fired == ORDERS
    assert fired < ORDERS, "every clock had fired before the first kill: nothing was proven"

    wait_for(site, FIRED, made, least=ORDERS, what="clocks have fired")
    assert one(site, FIRED, made) == ORDERS
    assert site.rows(PASSED, made) == [(ORDERS, ORDERS)]
    assert one(site, STEPS, made) == ORDERS
    assert site.rows(TWICE) == []
    wait_for(site, COUNTED, site.county["center"], least=before + ORDERS, what="hand-overs are counted")
    assert one(site, COUNTED, site.county["center"]) == before + ORDERS
