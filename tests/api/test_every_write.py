"""Every write of the API and every form, spoilt in every part: a clear refusal in the reader's language, never a fault.

Driven by the matrix of routes and roles, so that no new write is forgotten: who may send the right request sends it
with each part made wrong, one at a time. What a refusal wrote would be found by counting rows.
"""

import copy
import json
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Final
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, reverse

from sidan.audit.models import AuditEntry
from tests.api.test_bad_input import refused
from tests.matrix.cells import address, rows_written
from tests.matrix.lines import WRITING, Line
from tests.matrix.stage import Stage
from tests.matrix.table import TABLE

WRITES: Final = [line for line in TABLE if line.method in WRITING and line.is_api]
POSTED: Final = [line for line in TABLE if line.method in WRITING and not line.is_api]
LANGUAGES: Final = ("en", "zh-CN")
COUNTS_TRIES: Final = frozenset(
    {
        "/api/v1/sign-in",
        "/api/v1/sign-in/code",
        "/api/v1/me/second-factor/remove",
        "people:sign_in",
        "people:sign_in_totp",
        "people:totp_off",
        "desk:code",
        "/api/v1/desk/code",
        "/api/v1/desk/code/review",
        "/api/v1/certificates/check",
        "/api/v1/team-work/visits/{visit}/check-in",
        "/api/v1/team-work/visits/{visit}/check-out",
        "/api/v1/activities/{activity_id}/check-in",
    }
)
"""What keeps something of a refusal on purpose: who guesses is counted."""
LOOKS: Final = frozenset(
    f"mediation:{act}"
    for act in (
        "plan_sitting", "record_sitting", "hold_sitting", "call_off_sitting", "agree", "plan_follow_up",
        "report_follow_up", "fail", "withdraw", "close", "reopen",
    )
)  # fmt: skip
"""A refused form shows the case again, and each look at a case is on record: that is the last thing written."""
LOOK: Final = "every look is on record"
AGAIN: Final = {
    "POST /api/v1/sign-in": "nobody is known yet: a second token",
    "POST /api/v1/sign-in/code": "nobody is known yet: a second code, and the tries are counted",
    "POST /api/v1/me/email": "another code, and the one before is of no use any more",
    "POST /api/v1/me/second-factor": "another secret, as long as none is confirmed",
    "POST /api/v1/accounts/{account_id}/second-factor/reset": "what is off stays off",
    "POST /api/v1/notices/{notice_id}/read": "what is read stays read",
    "POST /api/v1/notices/read": "what is read stays read",
    "POST /api/v1/talk/{number}/read": "what is read stays read",
    "POST /api/v1/team-work/offline/inbox": "each record has an id of its own",
    "POST /api/v1/activities/offline/inbox": "each record has an id of its own",
    "POST /api/v1/desk/orders/{number}/code": "another code, and the one before is of no use any more",
    "POST /api/v1/certificates/check": "who holds the paper reads what it says",
    "POST /api/v1/desk/code": "who has the code reads what it opens",
    "POST /api/v1/volunteers/{volunteer_id}/phone": LOOK,
    "POST /api/v1/accounts/{account_id}/phone": LOOK,
    "POST /api/v1/orders/{number}/contact": LOOK,
    "POST /api/v1/wishes/{wish_id}/look": LOOK,
    "POST /api/v1/bookings/{booking_id}/look": LOOK,
    "POST /api/v1/rooms/{room_id}/owner/look": LOOK,
}
"""What may be done twice, with the reason; beside what says how a thing shall be (PUT, PATCH, DELETE)."""

WRONG: Final[tuple[Any, ...]] = (
    None, True, -1, 10**30, "", [], {"a": 1}, [None], "长" * 5000, "a\0b", "a\ud800b", "👵🏻",
    "00000000-0000-7000-8000-000000000000", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z",
)  # fmt: skip
"""What stands in place of each value, one after the other. Where it happens to be right, it is taken."""
BODIES: Final[tuple[str | bytes, ...]] = (
    "", "{", "[]", "{}", "null", "7", '"text"', "[" * 5000, '{"a":' * 2000, b"\xff\xfe\x00", '{"a": NaN}',
    json.dumps({"x": "长" * 700_000}, ensure_ascii=False),
)  # fmt: skip
IDS: Final = ("x", "0", "00000000-0000-7000-8000-000000000000", "9" * 300, "\0", "长", "a/b", "..", "\u202e")
TYPED: Final = ("", "-1", "长" * 5000, "a\0b\u202e", "9" * 40, "9999-12-31")
TRIES: Final = {"POST kiosk:enrol": ("9999-12-31",)}
"""Eight digits, read without their signs as a code is printed: a wrong code, and a try is counted."""
KEPT: Final = """
SELECT string_agg(format('SELECT count(*), sum(hashtext(one::text)) FROM %%I one', relname), ' UNION ALL ')
FROM (SELECT relname FROM pg_stat_user_tables WHERE relname <> 'django_session' ORDER BY 1) AS tables
"""


def everything_kept() -> object:
    """Return a digest of all rows there are. What was written and undone does not show in it."""
    with connection.cursor() as cursor:
        cursor.execute(KEPT, [])
        cursor.execute(cursor.fetchone()[0])
        return cursor.fetchall()


def spoilt(body: Any) -> Iterator[Any]:
    """Yield the body with one part after the other replaced, at any depth, and taken out."""
    if isinstance(body, dict):
        for name, value in body.items():
            yield {key: each for key, each in body.items() if key != name}
            yield from ({**body, name: wrong} for wrong in WRONG)
            yield from ({**body, name: inner} for inner in spoilt(value))
        yield {**body, "nobody_knows_this": 1}
    elif isinstance(body, list):
        for nth, value in enumerate(body):
            yield [*body, *body]
            yield body * 300
            yield from ([*body[:nth], wrong, *body[nth + 1 :]] for wrong in WRONG)
            yield from ([*body[:nth], inner, *body[nth + 1 :]] for inner in spoilt(value))


def who_may(line: Line) -> str:
    """Return the first of those who may send the right one."""
    return min(line.may or line.told or {"resident"})


def asked(line: Line, post: Callable[[], HttpResponse]) -> tuple[HttpResponse, bool]:
    """Send, undo it, and tell whether a refusal left anything. Only where rows were touched is all looked through."""
    with transaction.atomic():
        before = rows_written()
        response = post()
        touched = response.status_code >= 400 and rows_written() > before
        looked = line.route in LOOKS and AuditEntry.objects.latest("id").verb == "mediation.look"
        transaction.set_rollback(True)
    if not touched or looked or line.route in COUNTS_TRIES:
        return response, False
    with transaction.atomic():
        kept = everything_kept()
        post()
        left = everything_kept() != kept
        transaction.set_rollback(True)
    return response, left


def send(stage: Stage, line: Line, url: str, body: str | bytes, *, language: str) -> list[str]:
    """Send a body as somebody who may, and return what is wrong with the answer."""
    client = stage.program(who_may(line))
    response, left = asked(
        line,
        lambda: client.generic(
            line.method, url, body, content_type="application/json", headers={"accept-language": language}
        ),
    )
    found = ["left something behind"] if left else []
    if response.status_code >= 400:
        try:
            refused(response, language=language)
        except (AssertionError, KeyError, ValueError) as exc:
            found.append(f"{exc!r} {response.content[:200]!r}")
    return [f"{response.status_code} {one} for {body[:160]!r} at {url}" for one in found]


@pytest.mark.parametrize("line", WRITES, ids=lambda line: line.name)
def test_a_write_spoilt_in_any_part_is_refused_with_words(stage: Stage, line: Line) -> None:
    url = address(stage, line)
    wrong: list[str] = []
    for nth, raw in enumerate(BODIES):
        wrong += send(stage, line, url, raw, language=LANGUAGES[nth % 2])
    good = {} if _has_upload(line.send) else json.loads(json.dumps(stage.thing(line.send), default=str))
    for nth, body in enumerate(spoilt(copy.deepcopy(good))):
        text = json.dumps(body)
        wrong += send(stage, line, url, text, language=LANGUAGES[nth % 2])
    assert not wrong, "\n".join(wrong[:20])


@pytest.mark.parametrize("line", [line for line in WRITES if line.parts], ids=lambda line: line.name)
def test_an_id_that_names_nothing_is_told_so(stage: Stage, line: Line) -> None:
    wrong: list[str] = []
    good = {} if _has_upload(line.send) else stage.thing(line.send)
    right = {
        name: str(stage.thing(f"@{told}")) if told in stage.things else told
        for name, told in line.parts.items()
    }
    for name in line.parts:
        for nth, strange in enumerate((*IDS, str(uuid4()))):
            url = line.route.format(**{key: quote(value) for key, value in (right | {name: strange}).items()})
            body = json.dumps(good, default=str)
            wrong += send(stage, line, url, body, language=LANGUAGES[nth % 2])
    assert not wrong, "\n".join(wrong[:20])


@pytest.mark.parametrize("line", WRITES, ids=lambda line: line.name)
def test_sent_twice_with_one_key_nothing_happens_twice(stage: Stage, line: Line) -> None:
    """The second is answered as the first was, or told that it is done already; and nothing more is there."""
    url, client, key = address(stage, line), stage.program(who_may(line)), str(uuid4())
    body = stage.thing(line.send)
    with transaction.atomic():
        first = _again(client, line, url, body, key)
        kept = everything_kept()
        second = _again(client, line, url, body, key)
        same = everything_kept() == kept
        transaction.set_rollback(True)
    assert max(first.status_code, second.status_code) < 500
    if second.headers.get("Idempotent-Replay"):
        assert (second.status_code, second.content) == (first.status_code, first.content)
    done_again = second.status_code < 400 and "Idempotent-Replay" not in second.headers
    assert line.method in {"PUT", "PATCH", "DELETE"} or line.name in AGAIN or not done_again
    assert done_again or same or line.route in COUNTS_TRIES


def _again(client: Client, line: Line, url: str, body: Any, key: str) -> HttpResponse:
    headers = {"idempotency-key": key}
    if _has_upload(body):
        return client.post(url, body, headers=headers)
    content = "" if body is None else json.dumps(body, default=str)
    return client.generic(line.method, url, content, content_type="application/json", headers=headers)


def _has_upload(body: Any) -> bool:
    values = body.values() if isinstance(body, dict) else ()
    return any(isinstance(value, UploadedFile) or value == "@picture" for value in values)


@pytest.mark.parametrize("line", POSTED, ids=lambda line: line.name)
def test_a_form_spoilt_in_any_field_is_a_page_and_writes_nothing(stage: Stage, line: Line) -> None:
    url, client = address(stage, line), stage.client(who_may(line))
    if line.query:
        url += f"?{line.query}={stage.things[line.query]}"
    good = dict(stage.thing(line.send) or {})
    wrong = []
    for body in _spoilt_form(good):
        try:
            response, left = asked(line, partial(client.post, url, body))
        except Exception as exc:  # noqa: BLE001 - Django's test client hands over what a visitor sees as a fault
            wrong.append(f"{exc!r} for {str(body)[:200]}")
            continue
        if response.status_code >= 500 or (left and body.get("code") not in TRIES.get(line.name, ())):
            wrong.append(f"{response.status_code} left: {left} for {str(body)[:200]}")
    assert not wrong, "\n".join(wrong[:20])


def _spoilt_form(good: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield {}
    for name in good:
        yield {key: value for key, value in good.items() if key != name}
        yield from ({**good, name: typed} for typed in TYPED)
        yield {**good, name: ["x", "y"]}


@pytest.mark.parametrize("line", [line for line in POSTED if line.parts], ids=lambda line: line.name)
def test_a_form_of_nothing_is_a_page_that_says_so(stage: Stage, line: Line) -> None:
    client = stage.client(who_may(line))
    right = {
        name: str(stage.thing(f"@{told}")) if told in stage.things else told
        for name, told in line.parts.items()
    }
    for name in line.parts:
        for strange in ("00000000-0000-7000-8000-000000000000", "999999999999999999999", "x"):
            try:
                url = reverse(line.route, kwargs=right | {name: strange})
            except NoReverseMatch:
                continue
            response, left = asked(line, partial(client.post, url, stage.thing(line.send) or {}))
            assert response.status_code in {302, 303, 403, 404}, f"{url}: {response.status_code}"
            assert not left, url
