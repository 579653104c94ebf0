"""Deriving from when to when somebody was there."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from sidan.attendance.events import TimesProven
from sidan.attendance.operations.locking import lock_person
from sidan.core.events import publish

_DERIVE = """
INSERT INTO attendance_interval (cause_id, person_id, nth, during, grade, derived_at)
SELECT came.cause_id, came.person_id, came.nth, tstzrange(came.at, went.at),
       CASE WHEN 'weak' IN (came.grade, went.grade) THEN 'weak'
            WHEN 'fair' IN (came.grade, went.grade) THEN 'fair' ELSE 'strong' END, %s
  FROM attendance_mark came
  JOIN attendance_mark went ON went.cause_id = came.cause_id AND went.person_id = came.person_id AND went.nth = came.nth
  LEFT JOIN attendance_confirmation of_coming ON of_coming.mark_id = came.id
  LEFT JOIN attendance_confirmation of_going ON of_going.mark_id = went.id
 WHERE came.cause_id = ANY(%s) AND (%s::bigint IS NULL OR came.person_id = %s)
   AND came.direction = 'in' AND went.direction = 'out'
   AND NOT EXISTS (SELECT 1 FROM attendance_mark newer WHERE newer.instead_of_id IN (came.id, went.id))
   AND went.at > came.at AND went.at - came.at <= interval '24 hours'
   AND (came.grade <> 'weak' OR of_coming.is_right) AND (went.grade <> 'weak' OR of_going.is_right)
 ORDER BY came.id  -- of two that overlap, the one told first counts, whatever the plan
ON CONFLICT DO NOTHING
RETURNING cause_id
"""


def derive_intervals(*, cause_ids: Sequence[int], at: datetime) -> int:
    """Write down the times of some causes that count now and did not before; returns how many.

    Nothing is written while a weak mark waits for its second person, where the person was elsewhere at the same time
    (the constraint refuses, and the raw marks stay as told), or where somebody forgot to leave for a whole day.
    """
    proven = _derive(at, cause_ids)
    if proven:
        publish(TimesProven(cause_ids=tuple(sorted(set(proven))), at=at))
    return len(proven)


def derive_of(*, cause_id: int, person_id: int, at: datetime) -> int:
    """Do the same of one person, one act after another: whoever comes second finds what the first has left."""
    lock_person(person_id=person_id)
    proven = _derive(at, [cause_id], person_id)
    if proven:
        publish(TimesProven(cause_ids=(cause_id,), at=at, person_id=person_id))
    return len(proven)


def _derive(at: datetime, cause_ids: Sequence[int], person_id: int | None = None) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(_DERIVE, [at, list(cause_ids), person_id, person_id])
        return [cause_id for (cause_id,) in cursor.fetchall()]
