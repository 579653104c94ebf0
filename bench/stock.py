"""Orders made ready for a run, in any number: rows as the operations write them, but by COPY and all at once."""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg

from sidan.attendance.policies.door import QUICK_STEP_SECONDS, door_code
from sidan.core.ids import order_number, uuid7
from sidan.core.search import search_terms

NEED = "老人行动不便，想请人上门，最好是上午来"
PATHS: dict[str, tuple[tuple[str, str, str, str], ...]] = {
    "submitted": (("order", "submit", "", "submitted"),),
    "admitted": (("order", "submit", "", "submitted"), ("order", "admit", "submitted", "admitted")),
    "scheduled": (
        ("order", "submit", "", "submitted"),
        ("order", "admit", "submitted", "admitted"),
        ("assignment", "offer", "", "offered"),
        ("order", "dispatch", "admitted", "dispatched"),
        ("assignment", "accept", "offered", "accepted"),
        ("order", "accept", "dispatched", "accepted"),
        ("visit", "plan", "", "planned"),
        ("order", "schedule", "accepted", "scheduled"),
    ),
}
"""The history of an order in each state: machine, verb, from, to."""

ORDER = (
    "id", "uuid", "number", "project_id", "category_id", "requester_id", "placed_by_id", "channel", "origin_place_id",
    "county_id", "holder_place_id", "mode", "urgency", "people_needed", "wished_from", "wished_to", "state",
    "state_since", "turn", "created_at",
)  # fmt: skip
TEXT = ("order_id", "need", "search", "numbers", "contact_name", "contact_phone", "address")
STEP = (
    "uuid", "order_id", "turn", "machine", "verb", "from_state", "to_state", "actor_id", "place_id", "county_id",
    "reason_code", "at", "assignment_id", "visit_id", "team_id",
)  # fmt: skip
ASSIGNMENT = ("id", "uuid", "order_id", "team_id", "state", "offered_at", "offered_by_id", "answered_at")
CAUSE = ("id", "uuid", "kind", "reference", "place_id", "county_id", "at")
VISIT = ("id", "uuid", "assignment_id", "cause_id", "state", "planned_from", "planned_to")


@dataclass(frozen=True)
class Ready:
    """One order made ready, with the ids that requests and the floor need."""

    order: int
    number: str
    turn: int
    resident: dict[str, Any]
    team: dict[str, Any]
    origin: int
    assignment: int = 0
    visit: int = 0
    visit_uuid: str = ""
    cause: int = 0


def make_orders(
    connection: psycopg.Connection[Any], county: dict[str, Any], *, count: int, state: str, need: str = NEED
) -> list[Ready]:
    """Make orders in a state, and for `scheduled` the assignment, the member and the visit that go with them."""
    ids = _ids(connection, "orders_order", count)
    assignments = _ids(connection, "orders_assignment", count)
    visits = _ids(connection, "orders_visit", count)
    causes = _ids(connection, "evidence_cause", count)
    numbers = _free_numbers(connection, count)
    made = [
        Ready(
            order=ids[nth], number=numbers[nth], turn=len(PATHS[state]),
            resident=(one := random.choice(county["residents"])), origin=one["home"],
            team=random.choice(county["teams"]),
            assignment=assignments[nth], visit=visits[nth], visit_uuid=str(uuid7()), cause=causes[nth],
        )
        for nth in range(count)
    ]  # fmt: skip
    at, text = datetime.now(UTC), (need, search_terms(need), b"", "", b"", b"")
    with connection.transaction():
        _copy(connection, "orders_order", ORDER, (_order(one, county, state, at) for one in made))
        _copy(connection, "orders_ordertext", TEXT, ((one.order, *text) for one in made))
        _copy(
            connection,
            "orders_orderstep",
            STEP,
            (row for one in made for row in _steps(one, county, state, at)),
        )
        if state == "scheduled":
            _give_to_teams(connection, county, made, at)
    return made


def _order(one: Ready, county: dict[str, Any], state: str, at: datetime) -> tuple[Any, ...]:
    project = random.choice(county["projects"])
    wished = at + timedelta(days=2)
    return (
        one.order, uuid7(), one.number, project["id"], project["category"], one.resident["person"],
        one.resident["account"], "portal", one.origin, county["center"], county["center"], "at_home", "normal", 1,
        wished, wished + timedelta(hours=2), state, at, one.turn, at,
    )  # fmt: skip


def _steps(one: Ready, county: dict[str, Any], state: str, at: datetime) -> Iterator[tuple[Any, ...]]:
    for turn, (machine, verb, before, after) in enumerate(PATHS[state], start=1):
        is_shared = machine != "order"
        yield (
            uuid7(), one.order, turn, machine, verb, before, after, one.resident["account"], county["center"],
            county["center"], "", at, one.assignment if is_shared else None,
            one.visit if machine == "visit" else None, one.team["id"] if is_shared else None,
        )  # fmt: skip


def _give_to_teams(
    connection: psycopg.Connection[Any], county: dict[str, Any], made: Sequence[Ready], at: datetime
) -> None:
    dispatcher, center = county["dispatchers"][0]["account"], county["center"]
    _copy(
        connection, "orders_assignment", ASSIGNMENT,
        ((one.assignment, uuid7(), one.order, one.team["id"], "accepted", at, dispatcher, at) for one in made),
    )  # fmt: skip
    _copy(
        connection, "orders_orderparty", ("order_id", "team_id", "since"),
        ((one.order, one.team["id"], at) for one in made),
    )  # fmt: skip
    _copy(
        connection, "orders_assignmentmember", ("assignment_id", "person_id", "named_at"),
        ((one.assignment, one.team["members"][0]["person"], at) for one in made),
    )  # fmt: skip
    _copy(
        connection, "evidence_cause", CAUSE,
        ((one.cause, uuid7(), "visit", one.visit_uuid, one.origin, center, at) for one in made),
    )  # fmt: skip
    until = at + timedelta(hours=2)
    _copy(
        connection, "orders_visit", VISIT,
        ((one.visit, UUID(one.visit_uuid), one.assignment, one.cause, "planned", at, until) for one in made),
    )  # fmt: skip


@dataclass(frozen=True)
class AtDoor:
    """Somebody of the crowd at a fair, with what their telephone shows."""

    activity: int
    activity_uuid: str
    guests: int
    place: int
    person: int
    text: str
    door: dict[str, Any]
    """Who reads the code."""


FAIR = """
WITH made AS (
    INSERT INTO activities_activity ({columns}) SELECT {values} FROM activities_activity WHERE id = %(like)s
    RETURNING id, uuid, place_id, county_id
), cause AS (
    INSERT INTO evidence_cause (uuid, kind, reference, place_id, county_id, at)
    SELECT gen_random_uuid(), kind, made.uuid::text, place_id, county_id, now()
      FROM made, (VALUES ('activity_help'), ('activity_guests')) AS kinds(kind)
    RETURNING id, kind
), gathering AS (
    INSERT INTO activities_gathering (activity_id, helpers_id, guests_id)
    SELECT made.id, helpers.id, guests.id FROM made, cause AS helpers, cause AS guests
     WHERE helpers.kind = 'activity_help' AND guests.kind = 'activity_guests'
    RETURNING guests_id
)
SELECT made.id, made.uuid::text, gathering.guests_id, made.place_id FROM made, gathering
"""
"""Another fair like the one of the county, to which nobody has come yet."""


def make_crowd(connection: psycopg.Connection[Any], county: dict[str, Any], *, count: int) -> list[AtDoor]:
    """Let the crowd stand before fresh fairs, two thousand at each, with codes that are good now."""
    fair, found = county["fair"], []
    while len(found) < count:
        at, (activity, uuid, guests, place) = datetime.now(UTC), _fresh_fair(connection, fair["activity"])
        for nth, one in enumerate(random.sample(fair["crowd"], len(fair["crowd"]))):
            digits = door_code(secret=bytes.fromhex(one["secret"]), at=at, seconds=QUICK_STEP_SECONDS)
            door, text = fair["doors"][nth % len(fair["doors"])], f"P{one['uuid'].upper()}{digits}"
            found.append(AtDoor(activity, uuid, guests, place, one["id"], text, door))
    return found


def _fresh_fair(connection: psycopg.Connection[Any], like: int) -> tuple[Any, ...]:
    rows = connection.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = 'activities_activity'::regclass AND attnum > 0"
        " AND NOT attisdropped AND attgenerated = '' AND attname <> 'id'"
    )
    columns = [str(row[0]) for row in rows]
    own = {"uuid": "gen_random_uuid()", "number": "substr(md5(random()::text), 1, 12)"}
    statement = FAIR.format(
        columns=", ".join(columns), values=", ".join(own.get(one, one) for one in columns)
    )
    made = connection.execute(statement.encode(), {"like": like}).fetchone()
    assert made
    return tuple(made)


NIGHTS = "夜间巡护"
SERVED = (
    """
WITH nth AS (
    SELECT nth, %(begins)s::timestamptz + nth * interval '1 day' AS began FROM generate_series(1, %(count)s) nth
), cause AS (
    INSERT INTO evidence_cause (uuid, kind, reference, place_id, county_id, at)
    SELECT gen_random_uuid(), 'visit', gen_random_uuid()::text, %(place)s, %(county)s, began FROM nth
    RETURNING id, at
)
INSERT INTO hours_occasion (cause_id, title, content, place_id, county_id, team_id, day, ended_at, written_at)
SELECT id, %(title)s, '巡护', %(place)s, %(county)s, %(team)s, (at AT TIME ZONE 'Asia/Shanghai')::date,
       at + interval '30 minutes', at + interval '30 minutes' FROM cause
""",
    """
INSERT INTO attendance_mark (uuid, cause_id, person_id, direction, at, recorded_at, recorded_by_id, way, grade,
                             reason_code, place_id, county_id)
SELECT gen_random_uuid(), cause_id, %(person)s, told.way, ended_at - told.before, ended_at - told.before,
       (SELECT min(id) FROM people_account), 'code', 'strong', '', place_id, county_id
FROM hours_occasion occasion
CROSS JOIN (VALUES ('in', interval '30 minutes'), ('out', interval '0')) AS told(way, before)
WHERE title = %(title)s AND NOT EXISTS (SELECT 1 FROM attendance_mark known WHERE known.cause_id = occasion.cause_id)
ORDER BY cause_id, told.way
""",
    """
INSERT INTO attendance_interval (cause_id, person_id, during, grade, derived_at)
SELECT cause_id, %(person)s, tstzrange(ended_at - interval '30 minutes', ended_at), 'strong', ended_at
FROM hours_occasion occasion WHERE title = %(title)s
  AND NOT EXISTS (SELECT 1 FROM attendance_interval known WHERE known.cause_id = occasion.cause_id)
""",
)
"""Half an hour a night, when nobody of the demo serves, over for as many days as there are: said and proven."""
_NEW = """
FROM hours_occasion occasion WHERE title = %(title)s
  AND NOT EXISTS (SELECT 1 FROM hours_entry known WHERE known.occasion_id = occasion.id)
  AND NOT EXISTS (SELECT 1 FROM hours_claim known WHERE known.occasion_id = occasion.id)
"""
COUNTED = f"""
INSERT INTO hours_entry (uuid, occasion_id, person_id, team_id, place_id, county_id, during, day, minutes, tier, way,
                         grade, reason, entered_at)
SELECT gen_random_uuid(), id, %(person)s, %(team)s, %(place)s, %(county)s,
       tstzrange(ended_at - interval '30 minutes', ended_at), day, 30, 'self', 'code', 'strong', '', ended_at {_NEW}
"""
WAITING = f"""
INSERT INTO hours_claim (uuid, occasion_id, person_id, team_id, place_id, county_id, holder_id, kind, tier, during, day,
                         minutes, way, grade, reason_code, state, state_since, turn, created_at)
SELECT gen_random_uuid(), id, %(person)s, %(team)s, %(place)s, %(county)s, %(county)s, 'long_day', 'parent',
       tstzrange(ended_at - interval '30 minutes', ended_at), day, 30, 'code', 'strong', '', 'waiting', ended_at, 1,
       ended_at {_NEW}
"""


def make_hours(
    connection: psycopg.Connection[Any], *, team: tuple[int, int, int], person: int, begins: datetime, count: int,
    what: str = COUNTED,
) -> None:  # fmt: skip
    """Let somebody have served for a team (id, place, county) on so many nights; it counts, or waits for a word."""
    told: dict[str, Any] = {"person": person, "begins": begins, "count": count, "title": NIGHTS}
    told |= dict(zip(("team", "place", "county"), team, strict=True))
    for statement in (*SERVED, what):
        connection.execute(statement.encode(), told)


def _ids(connection: psycopg.Connection[Any], table: str, count: int) -> list[int]:
    rows = connection.execute(
        "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count]
    )
    return [int(row[0]) for row in rows]


def _free_numbers(connection: psycopg.Connection[Any], count: int) -> list[str]:
    """Draw numbers that nobody has: among tens of thousands of orders some random ones clash."""
    drawn = {order_number() for _nth in range(count + 100)}
    rows = connection.execute("SELECT number FROM orders_order WHERE number = ANY(%s)", [list(drawn)])
    free = sorted(drawn - {row[0] for row in rows})
    random.shuffle(free)
    return free[:count]


def _copy(
    connection: psycopg.Connection[Any], table: str, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]
) -> None:
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row(row)
