"""Recording much at once, by the database itself: what was over before hours were kept here, or came in bulk."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.db import connection, transaction

from sidan.attendance.policies.standing_out import LATE_BY_SQL, Limits
from sidan.audit.operations import record
from sidan.core.actor import Actor
from sidan.core.transactions import draw_number
from sidan.hours.operations.recording import record_hours
from sidan.people.enums import SERVING

PLAIN_JOINS: Final = ("SET LOCAL enable_nestloop = off", "SET LOCAL enable_nestloop = on")
"""Many rows of tables of which the planner may know nothing yet: joined row by row they would take hours."""
OCCASIONS: Final = """
WITH said AS (
    INSERT INTO hours_occasion (cause_id, title, title_en, content, content_en, place_id, county_id, team_id, lead_id,
                                day, ended_at, written_at)
    SELECT cause_id, title, title_en, content, content_en, place_id, county_id, team_id, lead_id, day, ended_at,
           written_at
    FROM ({services}) past ORDER BY cause_id
    RETURNING id
)
SELECT min(id), max(id) FROM said
"""
TIMES: Final = f"""
SELECT occasion.id AS occasion_id, occasion.cause_id, held.person_id, occasion.team_id, occasion.place_id,
       occasion.county_id, held.during, held.nth, held.grade, occasion.written_at,
       (lower(held.during) AT TIME ZONE 'Asia/Shanghai')::date AS day,
       floor(EXTRACT(epoch FROM upper(held.during) - lower(held.during)) / 60)::integer AS minutes,
       CASE WHEN 'hand' IN (came.way, went.way) THEN 'hand' WHEN 'place' IN (came.way, went.way) THEN 'place'
            WHEN 'scan' IN (came.way, went.way) THEN 'scan' ELSE 'code' END AS way,
       CASE WHEN came.way = 'hand' OR went.way IN ('code', 'scan') OR came.way = went.way THEN of_coming.said_by_id
            ELSE of_going.said_by_id END AS confirmed_by_id,
       GREATEST({LATE_BY_SQL.format(mark="came")}, {LATE_BY_SQL.format(mark="went")}) > %(late)s AS is_late
FROM hours_occasion occasion
JOIN attendance_interval held ON held.cause_id = occasion.cause_id
JOIN people_volunteer volunteer ON volunteer.person_id = held.person_id AND volunteer.state = ANY(%(serving)s)
JOIN attendance_mark came ON came.cause_id = held.cause_id AND came.person_id = held.person_id
    AND came.direction = 'in' AND came.nth = held.nth AND came.at = lower(held.during)
JOIN attendance_mark went ON went.cause_id = held.cause_id AND went.person_id = held.person_id
    AND went.direction = 'out' AND went.nth = held.nth AND went.at = upper(held.during)
LEFT JOIN attendance_confirmation of_coming ON of_coming.mark_id = came.id
LEFT JOIN attendance_confirmation of_going ON of_going.mark_id = went.id
LEFT JOIN attendance_mark came_later ON came_later.instead_of_id = came.id
LEFT JOIN attendance_mark went_later ON went_later.instead_of_id = went.id
WHERE occasion.id BETWEEN %(first)s AND %(last)s AND came_later.id IS NULL AND went_later.id IS NULL
"""
RECORDS: Final = f"""
WITH known AS ({TIMES}), summed AS (
    SELECT known.*, sum(minutes) OVER (PARTITION BY person_id, day) AS of_the_day FROM known
), before AS (
    SELECT person_id, day, sum(minutes) AS minutes FROM (
        SELECT person_id, day, minutes FROM hours_entry
        UNION ALL
        SELECT person_id, day, minutes FROM hours_claim WHERE state IN ('waiting', 'noticed', 'disputed')
    ) kept GROUP BY person_id, day
)
INSERT INTO hours_entry (uuid, occasion_id, person_id, team_id, place_id, county_id, during, day, minutes, tier, way,
                         grade, confirmed_by_id, reason, entered_at)
SELECT (lpad(to_hex((EXTRACT(epoch FROM summed.written_at) * 1000)::bigint), 12, '0') || '7' || substr(name.d, 1, 3)
        || '8' || substr(name.d, 4, 15))::uuid,
       summed.occasion_id, summed.person_id, summed.team_id, summed.place_id, summed.county_id,
       tstzrange(lower(summed.during), lower(summed.during) + summed.minutes * interval '1 minute'), summed.day,
       summed.minutes, 'self', summed.way, summed.grade, summed.confirmed_by_id, '', summed.written_at
FROM summed
JOIN evidence_cause cause ON cause.id = summed.cause_id
JOIN people_person person ON person.id = summed.person_id
LEFT JOIN before ON before.person_id = summed.person_id AND before.day = summed.day
CROSS JOIN LATERAL (
    SELECT md5(cause.uuid::text || person.uuid::text || COALESCE(NULLIF(summed.nth, 1)::text, '')) AS d
) name
WHERE NOT summed.is_late AND summed.minutes > 0 AND summed.of_the_day + COALESCE(before.minutes, 0) <= %(at_once)s
  AND NOT EXISTS (
      SELECT 1 FROM hours_entry earlier
      WHERE earlier.occasion_id = summed.occasion_id AND earlier.person_id = summed.person_id
        AND earlier.during && summed.during)
  AND NOT EXISTS (
      SELECT 1 FROM hours_standing standing
      WHERE standing.person_id = summed.person_id AND standing.during && summed.during)
ORDER BY COALESCE(summed.team_id, 0), summed.person_id, lower(summed.during)
"""
"""What counts at once, for whoever has no more than a day's hours of that day; in the order of all locks."""
REST: Final = f"""
SELECT DISTINCT cause_id FROM ({TIMES}) known
WHERE minutes > 0 AND NOT EXISTS (
    SELECT 1 FROM hours_entry entry WHERE entry.occasion_id = known.occasion_id AND entry.person_id = known.person_id
      AND entry.during && known.during
)
ORDER BY cause_id
"""
LOCKS: Final = """
SELECT count(*) FROM (
    SELECT id FROM people_person WHERE id IN (
        SELECT held.person_id FROM attendance_interval held
        JOIN hours_occasion occasion ON occasion.cause_id = held.cause_id
        WHERE occasion.id BETWEEN %(first)s AND %(last)s
    ) ORDER BY id FOR NO KEY UPDATE
) locked
"""


def write_history(*, actor: Actor, at: datetime, services: str, params: Mapping[str, Any]) -> int:
    """Say what some causes were that are over, and record their proven hours as of then; returns how many at once.

    Set-based, so that a county's years come in in minutes. Nobody is told of each record, no event is published, and
    the trail has one line. What was told late, or goes beyond a day's hours, is recorded one by one as always.

    Args:
        services: a SELECT of (cause_id, title, title_en, content, content_en, place_id, county_id, team_id, lead_id,
            day, ended_at, written_at) of what has no occasion yet: the columns of `Service`, and when it was
            written down.
        params: what the SELECT asks for by name.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        draw_number()
        cursor.execute(PLAIN_JOINS[0])
        cursor.execute(OCCASIONS.format(services=services), dict(params))
        first, last = cursor.fetchone()
        written, rest = 0, []
        if first is not None:
            asked = {"first": first, "last": last, **_limits(settings.TIMES_LIMITS)}
            cursor.execute(LOCKS, asked)
            cursor.execute(RECORDS, asked)
            written = cursor.rowcount
            cursor.execute(REST, asked)
            rest = cursor.fetchall()
        cursor.execute(PLAIN_JOINS[1])
        for (cause_id,) in rest:
            record_hours(at=at, cause_ids=[cause_id])
        record(actor=actor, at=at, verb="hours.history", subject=("hours", None), records=written)
    return written


def _limits(limits: Limits) -> dict[str, Any]:
    return {
        "late": limits.late, "at_once": int(limits.at_once.total_seconds()) // 60,
        "serving": [state.value for state in SERVING],
    }  # fmt: skip
