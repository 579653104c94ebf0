"""A write that is repeated happens once."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, connections
from django.test import Client

from sidan.core.clock import now
from sidan.core.idempotency import forget_old_answers
from sidan.core.models import IdempotencyKey
from tests.core.site import MEET

ONE = {"X-Test-Account": "7"}


def send(site: Client, key: str | None, words: str = "hello", **headers: str) -> Any:
    given = {**ONE, **headers, **({"Idempotency-Key": key} if key else {})}
    return site.post("/api/write", {"words": words}, content_type="application/json", headers=given)


def written() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_session")
        return int(cursor.fetchone()[0])


@pytest.mark.django_db
def test_the_same_key_gives_the_same_answer_and_writes_once(site: Client) -> None:
    key = str(uuid4())
    first, second = send(site, key), send(site, key)
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.content == second.content
    assert "Idempotent-Replay" not in first.headers
    assert second.headers["Idempotent-Replay"] == "true"
    assert written() == 1


@pytest.mark.django_db
def test_other_keys_other_people_and_no_key_write_again(site: Client) -> None:
    key = str(uuid4())
    for answer in (send(site, key), send(site, str(uuid4())), send(site, None), send(site, None),
                   send(site, key, **{"X-Test-Account": "8"})):  # fmt: skip
        assert answer.status_code == 200
    assert written() == 5


@pytest.mark.django_db
def test_the_same_key_with_other_content_is_refused_and_nothing_is_written(site: Client) -> None:
    key = str(uuid4())
    send(site, key)
    answer = send(site, key, words="other")
    assert answer.status_code == 422
    assert answer.json()["code"] == "idempotency_key_reused"
    assert written() == 1


@pytest.mark.django_db
def test_a_refusal_writes_nothing_and_may_be_tried_again(site: Client) -> None:
    key = str(uuid4())
    assert send(site, key, words="too late").status_code == 409
    assert written() == 0
    assert send(site, key).status_code == 200


@pytest.mark.django_db
def test_a_visitor_s_write_is_not_kept(site: Client) -> None:
    key = str(uuid4())
    answers = [send(site, key, **{"X-Test-Account": ""}) for _turn in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert written() == 2
    assert not IdempotencyKey.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["short", "x" * 65, "with space in it", "ключ-ключ"])
def test_a_strange_key_is_refused(site: Client, key: str) -> None:
    answer = send(site, key)
    assert answer.status_code == 400
    assert answer.json()["code"] == "bad_idempotency_key"
    assert written() == 0


@pytest.mark.django_db
def test_the_stored_answer_lies_encrypted_and_is_forgotten_after_a_week(site: Client) -> None:
    send(site, str(uuid4()), words="secret")
    with connection.cursor() as cursor:
        cursor.execute("SELECT answer FROM core_idempotencykey")
        assert b"secret" not in bytes(cursor.fetchone()[0])
    assert forget_old_answers(at=now() + timedelta(days=6)) == 0
    assert forget_old_answers(at=now() + timedelta(days=8)) == 1


@pytest.mark.django_db
def test_a_form_sent_twice_leads_to_the_same_place(site: Client) -> None:
    once = str(uuid4())
    answers = [site.post("/form/", {"once": once}, headers=ONE) for _turn in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert written() == 1
    assert site.post("/form/", {}, headers=ONE).headers["Location"] != answers[0].headers["Location"]


@pytest.mark.django_db
def test_a_form_whose_refusal_is_told_elsewhere_may_be_sent_again(site: Client) -> None:
    once, late = {"once": str(uuid4())}, {**ONE, "X-Test-Late": "yes"}
    assert site.post("/form/", once, headers=late).headers["Location"] == "/late/"
    assert written() == 0
    done = site.post("/form/", once, headers=ONE).headers["Location"]
    assert done.startswith("/done/")
    assert site.post("/form/", once, headers=late).headers["Location"] == done, "it was done by the first"
    assert written() == 1


@pytest.fixture
def twins() -> Iterator[None]:
    MEET["twins"] = threading.Barrier(2)
    yield
    MEET.clear()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("twins")
def test_two_twins_at_the_same_moment_write_once(site: Client) -> None:
    key = str(uuid4())

    def one(_turn: int) -> tuple[int, bytes, str | None]:
        try:
            answer = send(Client(), key)
            return answer.status_code, answer.content, answer.headers.get("Idempotent-Replay")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(one, range(2)))
    assert [status for status, _content, _replay in answers] == [200, 200]
    assert answers[0][1] == answers[1][1]
    assert sorted(str(replay) for _status, _content, replay in answers) == ["None", "true"]
    assert written() == 1
