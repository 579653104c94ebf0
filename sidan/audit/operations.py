"""Writing the trail."""

from datetime import datetime
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper
from psycopg.types.json import Jsonb

from sidan.core.actor import Actor
from sidan.core.ids import uuid7
from sidan.core.logs import current_request_id

INSERT = """
INSERT INTO audit_entry (uuid, at, actor_id, verb, subject_kind, subject_id, place_id, county_id, request_id, facts)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""


def record(
    *,
    actor: Actor,
    at: datetime,
    verb: str,
    subject: tuple[str, int | None],
    place_id: int | None = None,
    county_id: int | None = None,
    **facts: object,
) -> None:
    """Append one entry, in the transaction of the act itself.

    `facts` are ids and codes only. Plain SQL because every write passes here and the row is never read back.
    """
    values: list[Any] = [uuid7(), at, actor.account_id, verb, *subject, place_id, county_id]
    values += [current_request_id(), Jsonb(facts)]
    cursor: CursorWrapper
    with connection.cursor() as cursor:
        cursor.execute(INSERT, values)
