"""Pages by key: everything once, in order, whatever the order and however equal the values."""

import base64
import json
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from sidan.core.errors import BadRequest
from sidan.core.models import IdempotencyKey
from sidan.core.pagination import BadCursor, Page, decode_cursor, encode_cursor, keyset_page

AT = datetime(2026, 11, 21, 2, tzinfo=UTC)


def fill(count: int, distinct: int) -> None:
    IdempotencyKey.objects.bulk_create(
        IdempotencyKey(
            account_id=number % distinct, key=f"key-{number:04}", fingerprint=b"", status=200, answer="x",
            created_at=AT + timedelta(seconds=number % distinct),
        )
        for number in range(count)
    )  # fmt: skip


def walk(sort: str, limit: int) -> list[int]:
    seen: list[int] = []
    cursor: str | None = None
    while True:
        page = keyset_page(rows=IdempotencyKey.objects.all(), sort=sort, cursor=cursor, limit=limit)
        assert len(page.items) <= limit
        seen += [row.pk for row in page.items]
        cursor = page.next_cursor
        if cursor is None:
            return seen


@pytest.mark.django_db
@pytest.mark.parametrize("sort", ["created_at", "-created_at", "account_id", "-account_id", "key", "-key"])
@pytest.mark.parametrize("limit", [1, 3, 7, 100])
def test_every_row_comes_once_and_in_order(sort: str, limit: int) -> None:
    fill(14, 4)
    name = sort.removeprefix("-")
    direction = "-" if sort.startswith("-") else ""
    expected = IdempotencyKey.objects.order_by(f"{direction}{name}", f"{direction}id").values_list(
        "pk", flat=True
    )
    assert walk(sort, limit) == list(expected)


@pytest.mark.django_db
def test_a_row_that_comes_in_between_moves_nothing() -> None:
    fill(4, 4)
    first = keyset_page(rows=IdempotencyKey.objects.all(), sort="-created_at", limit=2)
    fill_later = IdempotencyKey(
        account_id=99, key="later", fingerprint=b"", status=200, answer="x", created_at=AT + timedelta(days=1)
    )
    fill_later.save()
    second = keyset_page(
        rows=IdempotencyKey.objects.all(), sort="-created_at", cursor=first.next_cursor, limit=2
    )
    keys = [row.key for page in (first, second) for row in page.items]
    assert keys == ["key-0003", "key-0002", "key-0001", "key-0000"]
    assert second.next_cursor is None


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_a_page_is_one_query(count: int) -> None:
    fill(count, 2)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        page = keyset_page(rows=IdempotencyKey.objects.all(), sort="key", limit=2)
    assert len(queries) == 1
    assert page.map(lambda row: row.key).items == [f"key-{number:04}" for number in range(min(count, 2))]


def forged(*parts: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "cursor",
    ["x", "====", "%00", "a" * 2000, forged(), forged("key", "a"), forged("-key", "a", 1), forged("key", "a", "1"),
     forged("key", "a", True), forged("key", "a", -1), forged("key", "a", 2**70), forged("key", None, 1),
     forged("key", "a\0", 1), forged({"a": 1}), "é" * 10, base64.b64encode(b"\xff\xfe").decode(),
     base64.b64encode(b"[" * 600).decode()],
)  # fmt: skip
def test_a_made_up_cursor_is_refused(cursor: str) -> None:
    with pytest.raises(BadCursor):
        keyset_page(rows=IdempotencyKey.objects.all(), sort="key", cursor=cursor)


@pytest.mark.django_db
def test_a_cursor_of_the_wrong_kind_of_value_is_refused() -> None:
    for sort, value in (
        ("created_at", "tomorrow"),
        ("account_id", "many"),
        ("created_at", [1]),
    ):
        with pytest.raises(BadCursor):
            keyset_page(rows=IdempotencyKey.objects.all(), sort=sort, cursor=forged(sort, value, 1))


@pytest.mark.parametrize("limit", [0, -1, 101])
def test_a_limit_out_of_bounds_is_refused(limit: int) -> None:
    with pytest.raises(BadRequest):
        keyset_page(rows=IdempotencyKey.objects.all(), sort="key", limit=limit)


@given(
    value=st.datetimes(timezones=st.just(UTC))
    | st.dates().map(lambda day: datetime(day.year, 1, 1, tzinfo=UTC))
)
def test_a_cursor_gives_back_what_it_was_made_of(value: datetime) -> None:
    field = IdempotencyKey._meta.get_field("created_at")
    cursor = encode_cursor(sort="-created_at", value=value, row_id=5)
    assert decode_cursor(cursor=cursor, sort="-created_at", field=field) == (value, 5)


def test_an_empty_page_has_no_next() -> None:
    assert Page[int](items=[], next_cursor=None).map(str) == Page[str](items=[], next_cursor=None)
