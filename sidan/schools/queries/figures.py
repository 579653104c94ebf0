"""How many schools, pupils, classes and attendances there are, by place and by month."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import connection

from sidan.activities.enums import OVER
from sidan.core.clock import midnight
from sidan.places.models import Place

_PARTS: Final = """
WITH part AS (
    SELECT child.id AS shown_id, link.descendant_id AS place_id FROM places_place child
    JOIN places_placelink link ON link.ancestor_id = child.id AND upper_inf(link.during)
    WHERE child.parent_id = %(root)s
    UNION ALL SELECT %(root)s, %(root)s
)"""
_HELD: Final = f"""{_PARTS}, held AS (
    SELECT part.shown_id, session.id, session.activity_id, session.way,
           (lower(activity.during) AT TIME ZONE 'Asia/Shanghai')::date AS day
    FROM part
    JOIN schools_school school ON school.place_id = part.place_id
    JOIN schools_session session ON session.school_id = school.id
    JOIN activities_activity activity ON activity.id = session.activity_id
    WHERE activity.state = ANY(%(over)s) AND lower(activity.during) >= %(since)s AND lower(activity.during) < %(until)s
), counted AS (
    SELECT held.shown_id, held.day, room.people AS room, online.people AS online, seen.people AS viewers
    FROM held
    CROSS JOIN LATERAL (
        SELECT count(DISTINCT said.person_id) AS people
        FROM activities_gathering gathering
        JOIN attendance_mark said ON said.cause_id IN (gathering.helpers_id, gathering.guests_id)
            AND said.direction = 'in'
        LEFT JOIN attendance_mark newer ON newer.instead_of_id = said.id
        LEFT JOIN attendance_confirmation word ON word.mark_id = said.id
        WHERE held.way = 'room' AND gathering.activity_id = held.activity_id
          AND newer.id IS NULL AND (said.grade <> 'weak' OR word.is_right)
    ) room
    CROSS JOIN LATERAL (
        SELECT count(*) AS people FROM schools_onlinemark mark WHERE mark.session_id = held.id
    ) online
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(said.people), 0) AS people FROM schools_viewercount said
        JOIN schools_viewerword word ON word.count_id = said.id AND word.is_right
        LEFT JOIN schools_viewercount later ON later.instead_of_id = said.id
        WHERE said.session_id = held.id AND later.id IS NULL
    ) seen
)"""
_STANDING: Final = f"""{_PARTS}
SELECT part.shown_id, count(*), coalesce(sum(pupils.people), 0) FROM part
JOIN schools_school school ON school.place_id = part.place_id AND school.state = 'active'
CROSS JOIN LATERAL (
    SELECT count(*) AS people FROM schools_pupil pupil WHERE pupil.school_id = school.id AND pupil.left_on IS NULL
) pupils
GROUP BY 1
"""
_SUMS: Final = "count(*), sum(room), sum(online), sum(viewers)"
BY_PLACE: Final = f"{_HELD} SELECT shown_id, {_SUMS} FROM counted GROUP BY 1"
BY_MONTH: Final = f"{_HELD} SELECT date_trunc('month', day)::date, {_SUMS} FROM counted GROUP BY 1 ORDER BY 1"


@dataclass(frozen=True, slots=True)
class Attendances:
    """Classes held and who was with them: in the room, from afar, watching. Never added up."""

    classes: int = 0
    room: int = 0
    online: int = 0
    viewers: int = 0


@dataclass(frozen=True, slots=True)
class OfPlace:
    """A place right below, with all below it, or the place itself alone; schools and pupils are today's."""

    place: Place
    schools: int
    pupils: int
    told: Attendances

    @property
    def has_any(self) -> bool:
        """Tell whether there is a school, or a class was held."""
        return bool(self.schools or self.told.classes)


@dataclass(frozen=True, slots=True)
class OfMonth:
    """One month, by its first day."""

    month: date
    told: Attendances


def figures_by_place(*, root: Place, first: date, until: date) -> list[OfPlace]:
    """Return the places right below one, and what the place has itself, in official order: three queries.

    From a day on and before another; the caller has asked whether the reader may see the place.
    """
    standing = {row[0]: (row[1], int(row[2])) for row in _asked(_STANDING, root, first, until)}
    held = {row[0]: Attendances(*map(int, row[1:])) for row in _asked(BY_PLACE, root, first, until)}
    below = Place.objects.filter(parent=root).exclude(state="closed") | Place.objects.filter(
        pk__in={*standing, *held} - {root.pk}
    )
    places = list(below.distinct().order_by("sort_code", "id"))
    if root.pk in standing or root.pk in held or not places:
        places = [root, *places]
    return [
        OfPlace(place, *standing.get(place.pk, (0, 0)), held.get(place.pk, Attendances())) for place in places
    ]


def figures_by_month(*, root: Place, first: date, until: date) -> list[OfMonth]:
    """Return the months in which the schools of a place and of all below it had classes: one query."""
    return [OfMonth(row[0], Attendances(*map(int, row[1:]))) for row in _asked(BY_MONTH, root, first, until)]


def all_places(rows: list[OfPlace]) -> tuple[int, int, Attendances]:
    """Return them together: schools, pupils, classes and who was with them."""
    told = [row.told for row in rows]
    return (
        sum(row.schools for row in rows), sum(row.pupils for row in rows),
        Attendances(
            sum(one.classes for one in told), sum(one.room for one in told), sum(one.online for one in told),
            sum(one.viewers for one in told),
        ),
    )  # fmt: skip


def _asked(statement: str, root: Place, first: date, until: date) -> list[tuple[Any, ...]]:
    asked: dict[str, Any] = {
        "root": root.pk, "since": midnight(first), "until": midnight(until),
        "over": [state.value for state in sorted(OVER)],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        return list(cursor.fetchall())
