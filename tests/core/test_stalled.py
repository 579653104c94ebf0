"""What a killed worker was doing is given back: nothing is lost, and no periodic job stands still for ever."""

import contextlib
import json
import logging
from collections.abc import Iterator

import pytest
from django.db import connection, connections
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from sidan.core.jobs import MAX_TRIES
from sidan.core.stalled import forget_old_jobs, take_up_stalled
from sidan.notify.tasks import deliver

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def no_connection_stays_behind(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A worker's threads keep their connection as long as they live, which here is longer than the database."""
    monkeypatch.setitem(connections.settings["default"], "CONN_MAX_AGE", 0)
    yield
    connections.close_all()


def rows(sql: str, *values: object) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall()) if cursor.description else []


def take(task: str, *, heartbeat: str, **columns: object) -> int:
    """Leave a job as a worker leaves it that was killed, or that is alive, so long after its last heartbeat."""
    [(worker,)] = rows(
        "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s::interval) RETURNING id",
        heartbeat,
    )
    [(job,)] = rows(
        "INSERT INTO procrastinate_jobs (queue_name, task_name, args, lock, queueing_lock, attempts, status, worker_id)"
        " VALUES ('periodic', %s, %s, %s, %s, %s, 'doing', %s) RETURNING id",
        task, json.dumps(columns.get("args", {"timestamp": 0})), columns.get("lock"), columns.get("lock"),
        columns.get("attempts", 0), worker,
    )  # fmt: skip
    return int(str(job))


def defer_periodic(name: str) -> int:
    return int(app.configure_task(name, lock=name, queueing_lock=name, queue="periodic").defer(timestamp=0))


def work_off() -> None:
    logging.getLogger("procrastinate").setLevel(logging.CRITICAL)
    connector = app.connector.get_worker_connector()  # type: ignore[attr-defined] # Django's connector has it
    with app.replace_connector(connector) as worker_app:
        worker_app.run_worker(wait=False, install_signal_handlers=False, listen_notify=False, concurrency=1)


def state_of(job: int) -> object:
    [(state,)] = rows("SELECT status::text FROM procrastinate_jobs WHERE id = %s", job)
    return state


def look_for_stalled() -> None:
    """The worker itself may have asked for it by the clock already."""
    with contextlib.suppress(AlreadyEnqueued):
        take_up_stalled.defer(timestamp=0)
    work_off()


def test_a_periodic_job_runs_again_after_its_worker_was_killed() -> None:
    dead = take("core.forget_old_answers", heartbeat="1 minute", lock="core.forget_old_answers")
    waiting = defer_periodic("core.forget_old_answers")
    look_for_stalled()
    work_off()
    assert (state_of(dead), state_of(waiting)) == ("failed", "succeeded")


def test_any_other_job_is_done_again() -> None:
    dead = take(deliver.name, args={"delivery_id": 0}, heartbeat="1 minute")
    look_for_stalled()
    work_off()
    assert state_of(dead) == "succeeded"


def test_what_kills_its_worker_again_and_again_is_given_up() -> None:
    dead = take(deliver.name, args={"delivery_id": 0}, heartbeat="1 minute", attempts=MAX_TRIES)
    look_for_stalled()
    assert state_of(dead) == "failed"


def test_a_worker_that_lives_keeps_its_job() -> None:
    busy = take(deliver.name, args={"delivery_id": 0}, heartbeat="5 seconds")
    look_for_stalled()
    assert state_of(busy) == "doing"


def test_the_one_who_looks_is_not_stopped_by_its_own_death() -> None:
    dead = take(take_up_stalled.name, heartbeat="1 minute")
    look_for_stalled()
    assert state_of(dead) in {"succeeded", "todo"}


def test_jobs_that_were_done_are_forgotten_after_two_days() -> None:
    old, fresh = (take(deliver.name, args={"delivery_id": 0}, heartbeat="5 seconds") for _job in range(2))
    rows("UPDATE procrastinate_jobs SET status = 'succeeded' WHERE id = ANY(%s)", [old, fresh])
    rows("UPDATE procrastinate_events SET at = now() - interval '3 days' WHERE job_id = %s", old)
    forget_old_jobs.defer(timestamp=0)
    work_off()
    left = {job for (job,) in rows("SELECT id FROM procrastinate_jobs")}
    assert fresh in left
    assert old not in left
