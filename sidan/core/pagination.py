"""Keyset pages: the cost of a page does not grow with how far one has read, and nothing is skipped or told twice.

A cursor is the sort value and id of the last row seen, in base64. It is not signed: whoever makes one up only
chooses where to begin within rows they may see anyway.
"""

import base64
import binascii
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final, Generic, TypeVar
from uuid import UUID

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import Field, Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from sidan.core.errors import BadRequest

MAX_LIMIT: Final = 100
DEFAULT_LIMIT: Final = 50
_MAX_CURSOR: Final = 1000
_MAX_BIGINT: Final = 2**63 - 1

_Row = TypeVar("_Row", bound=Model)
_Item = TypeVar("_Item")
_Other = TypeVar("_Other")


class BadCursor(BadRequest):
    """A cursor that this list did not give out."""

    code = "bad_cursor"
    sentence = _("This place in the list is not known. Please begin at its top.")


@dataclass(frozen=True)
class Page(Generic[_Item]):
    """Some rows of a list and where the next ones begin; `total` only when it was asked for."""

    items: list[_Item]
    next_cursor: str | None
    total: int | None = None

    def map(self, change: Callable[[_Item], _Other]) -> "Page[_Other]":
        """Return the same page with each item changed, as for an answer of the API."""
        return Page(
            items=[change(item) for item in self.items], next_cursor=self.next_cursor, total=self.total
        )


def _plain(value: object) -> object:
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    return str(value) if isinstance(value, (Decimal, UUID)) else value


def encode_cursor(*, sort: str, value: object, row_id: int) -> str:
    """Return the cursor behind a row."""
    text = json.dumps([sort, _plain(value), row_id], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode_cursor(*, cursor: str, sort: str, field: "Field[Any, Any]") -> tuple[Any, int]:
    """Return the sort value and id in a cursor.

    Raises:
        BadCursor: it is none of ours, or belongs to another order of the list.
    """
    if len(cursor) > _MAX_CURSOR:
        raise BadCursor()
    try:
        given_sort, value, row_id = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        clean = field.to_python(value)
    except (ValueError, TypeError, binascii.Error, ValidationError, RecursionError):
        raise BadCursor() from None
    is_id = isinstance(row_id, int) and not isinstance(row_id, bool) and 0 <= row_id <= _MAX_BIGINT
    if given_sort != sort or clean is None or not is_id or "\0" in str(clean):
        raise BadCursor()
    return clean, row_id


def _sort_field(rows: QuerySet[Any], name: str) -> "Field[Any, Any]":
    try:
        field: Any = rows.model._meta.get_field(name)
    except FieldDoesNotExist:
        field = rows.query.annotations[name].output_field
    return field  # type: ignore[no-any-return] # Django types the fields of annotations loosely


def key_order(sort: str) -> tuple[str, str]:
    """Return the order of a keyset list: the column and then the id, in the same direction."""
    return sort, "-id" if sort.startswith("-") else "id"


def beyond(*, sort: str, value: object, row_id: int) -> Q:
    """Return the condition "behind this row". A range first, so that the index begins at the right place."""
    name, than = sort.removeprefix("-"), "lt" if sort.startswith("-") else "gt"
    return Q(**{f"{name}__{than}e": value}) & (
        Q(**{f"{name}__{than}": value}) | Q(**{name: value, f"id__{than}": row_id})
    )


def keyset_page(
    *, rows: QuerySet[_Row], sort: str, cursor: str | None = None, limit: int = DEFAULT_LIMIT
) -> Page[_Row]:
    """Return a page of rows ordered by `sort` ("name", "-at") and then id in the same direction.

    The sort column must not be null; an index over (…, sort, id) serves it.

    Raises:
        BadCursor: the cursor is not of this list.
        BadRequest: the limit is not 1…100.
    """
    if not 1 <= limit <= MAX_LIMIT:
        raise BadRequest()
    name = sort.removeprefix("-")
    if cursor:
        value, row_id = decode_cursor(cursor=cursor, sort=sort, field=_sort_field(rows, name))
        rows = rows.filter(beyond(sort=sort, value=value, row_id=row_id))
    found = list(rows.order_by(*key_order(sort))[: limit + 1])
    items, more = found[:limit], len(found) > limit
    if not more:
        return Page(items=items, next_cursor=None)
    last = items[-1]
    return Page(items=items, next_cursor=encode_cursor(sort=sort, value=getattr(last, name), row_id=last.pk))
