"""Jobs are rows of the transaction that asks for them, and carry ids only."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction

from sidan.core.ids import uuid7
from sidan.core.jobs import Job, NotAnId, check_job_arguments, each_alone, job
from sidan.core.scope import NoScope, current_scope
from sidan.core.tasks import forget_answers
from sidan.notify.tasks import deliver, deliver_waiting

AT = datetime(2026, 11, 21, 2, tzinfo=UTC)


def waiting() -> list[tuple[str, dict[str, Any]]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, args FROM procrastinate_jobs ORDER BY id")
        return list(cursor.fetchall())


@pytest.mark.django_db
def test_a_job_is_a_row_of_the_transaction() -> None:
    deliver.defer(delivery_id=5)
    assert [name for name, _args in waiting()] == ["notify.deliver"]


@pytest.mark.django_db
def test_a_job_asked_for_in_a_transaction_that_fails_was_never_asked_for() -> None:
    with transaction.atomic():
        deliver.defer(delivery_id=5)
        transaction.set_rollback(True)
    assert waiting() == []


@pytest.mark.django_db
@pytest.mark.parametrize("value", ["张建国", "x" * 41, 1.5, None, True, {"a": 1}, [1]])
def test_a_job_carries_ids_and_codes_only(value: Any) -> None:
    with pytest.raises(NotAnId):
        deliver.defer(delivery_id=value)
    assert waiting() == []


def test_ids_are_stored_in_a_plain_form() -> None:
    uuid = uuid7()
    assert check_job_arguments({"a": 1, "b": uuid, "c": "order.closed"}) == {
        "a": 1,
        "b": str(uuid),
        "c": "order.closed",
    }
    assert UUID(str(check_job_arguments({"b": uuid})["b"])) == uuid


def test_a_job_sees_everything_by_name_and_leaves_no_scope_behind() -> None:
    seen: list[str] = []

    def work(*, at: datetime, order_id: int) -> None:
        seen.append(f"{order_id} {at:%F} {current_scope().reason}")

    Job(name="tests.look", work=work, task=deliver._task).run(at=AT, order_id=3)
    assert seen == ["3 2026-11-21 job tests.look"]
    with pytest.raises(NoScope):
        current_scope()


def test_registered_jobs_keep_their_names() -> None:
    assert (deliver.name, deliver_waiting.name, forget_answers.name) == (
        "notify.deliver", "notify.deliver_waiting", "core.forget_old_answers"
    )  # fmt: skip
    made = job(name="tests.made")(lambda *, at: at)
    assert made.run(at=AT) == AT


@pytest.mark.django_db
def test_the_clean_up_runs_as_a_job() -> None:
    assert forget_answers.run(at=AT) == 0


def test_one_that_fails_does_not_stop_those_behind_it_and_is_told_in_the_end() -> None:
    done: list[int] = []

    def act(number: int) -> None:
        if number == 1:
            raise RuntimeError("broken")
        if number == 2:
            raise KeyError
        done.append(number)

    with pytest.raises(RuntimeError):
        each_alone([1, 2, 3, 4], act, passing=(KeyError,))
    assert done == [3, 4]
    assert each_alone([2, 3, 4], act, passing=(KeyError,)) == 2
    with pytest.raises(KeyError):
        each_alone([2, 3], act)
    assert done == [3, 4, 3, 4, 3]
