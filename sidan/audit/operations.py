"""Writing the trail."""

from datetime import datetime
from typing import Any, Final

from django.db import connection
from psycopg.types.json import Jsonb

from sidan.audit.permissions import reading_grants
from sidan.core.actor import Actor
from sidan.core.clock import business_date
from sidan.core.ids import uuid7
from sidan.core.logs import current_request_id

MONTHS_AHEAD: Final = 3
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
    with connection.cursor() as cursor:
        cursor.execute(INSERT, values)


def record_export(*, actor: Actor, at: datetime) -> None:
    """Write down that somebody took the trail away as a table, at each place they audit."""
    for grant in reading_grants(actor=actor):
        record(
            actor=actor, at=at, verb="audit.export", subject=("trail", None), place_id=grant.place_id,
            county_id=grant.county_id,
        )  # fmt: skip


def make_months_ahead(*, at: datetime) -> int:
    """Make the partitions of this month and the next ones where they are missing; returns how many were made."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit_make_months(%s, %s)", [business_date(at), MONTHS_AHEAD + 1])
        row = cursor.fetchone()
    return int(row[0]) if row else 0
