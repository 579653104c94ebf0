"""What came of a rule: how often it was held, how many heads were counted and how many people came, year by year."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import connection

from sidan.activities.enums import OVER
from sidan.activities.models import Recurring

YEARS: Final = """
WITH RECURSIVE back AS (
    SELECT id, follows_id FROM activities_recurring WHERE id = %(rule)s
    UNION SELECT before.id, before.follows_id FROM activities_recurring before JOIN back ON before.id = back.follows_id
), chain AS (
    SELECT id FROM back
    UNION SELECT after.id FROM activities_recurring after JOIN chain ON after.follows_id = chain.id
), held AS (
    SELECT id, (lower(during) AT TIME ZONE 'Asia/Shanghai')::date AS day FROM activities_activity
    WHERE series_id IN (SELECT id FROM chain) AND state = ANY(%(over)s)
)
SELECT extract(year FROM held.day)::integer, min(held.day), count(*), coalesce(sum(counted.heads), 0),
       count(counted.heads), coalesce(sum(came.people), 0)
FROM held
CROSS JOIN LATERAL (
    SELECT max(said.people) AS heads FROM activities_headcount said
    LEFT JOIN activities_headcount later ON later.instead_of_id = said.id
    WHERE said.activity_id = held.id AND later.id IS NULL
) counted
CROSS JOIN LATERAL (
    SELECT count(DISTINCT said.person_id) AS people
    FROM activities_gathering gathering
    JOIN attendance_mark said ON said.cause_id IN (gathering.helpers_id, gathering.guests_id) AND said.direction = 'in'
    LEFT JOIN attendance_mark newer ON newer.instead_of_id = said.id
    LEFT JOIN attendance_confirmation word ON word.mark_id = said.id
    WHERE gathering.activity_id = held.id AND newer.id IS NULL AND (said.grade <> 'weak' OR word.is_right)
) came
GROUP BY 1 ORDER BY 1
"""


@dataclass(frozen=True, slots=True)
class Held:
    """How often it was held in a year, or in all; heads and people who were written down are never added up."""

    year: int | None
    since: date
    times: int
    heads: int
    counted: int
    """At how many of them heads were counted."""
    came: int

    @property
    def heads_each(self) -> int | None:
        """How many heads there were at a time, of those at which they were counted."""
        return round(self.heads / self.counted) if self.counted else None


def years_of_series(*, recurring: Recurring) -> list[Held]:
    """Return the years in which it was held: by this rule, by those before it and by those that took its place.

    The caller has found the rule within the scope; all of them belong to its place.
    """
    with connection.cursor() as cursor:
        cursor.execute(YEARS, {"rule": recurring.pk, "over": [state.value for state in sorted(OVER)]})
        return [Held(*row) for row in cursor.fetchall()]


def all_years(years: list[Held]) -> Held | None:
    """Return them together; nothing where it was never held."""
    if not years:
        return None
    return Held(
        None, min(one.since for one in years), sum(one.times for one in years), sum(one.heads for one in years),
        sum(one.counted for one in years), sum(one.came for one in years),
    )  # fmt: skip
