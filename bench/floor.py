"""The floor: plain psycopg writing the same rows with sixteen connections, a transaction for each acknowledged answer.

Every statement is prepared; there is no HTTP, no right to check and no state to look at. The tables, their indexes and
their triggers are those of the installation.
"""

import secrets
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
from psycopg.types.json import Jsonb

from bench.stock import NEED, AtDoor, Ready
from sidan.core.ids import uuid7
from sidan.core.search import search_terms

Connection = psycopg.Connection[Any]
Task = Callable[[Connection, dict[str, Any], Any], int]
"""Does one unit and returns how many transactions it was."""

TERMS = search_terms(NEED)
ANSWER = b"\1\1" + secrets.token_bytes(420)
"""As long as the encrypted answer that the idempotency key keeps."""

ORDER = """
INSERT INTO orders_order (uuid, number, project_id, category_id, requester_id, placed_by_id, channel, origin_place_id,
    county_id, holder_place_id, mode, urgency, people_needed, wished_from, wished_to, state, state_since, turn,
    created_at)
VALUES (%s, %s, %s, %s, %s, %s, 'api', %s, %s, %s, 'at_home', 'normal', 1, %s, %s, 'submitted', %s, 1, %s)
RETURNING id"""
TEXT = """
INSERT INTO orders_ordertext (order_id, need, search, numbers, contact_name, contact_phone, address)
VALUES (%s, %s, %s, '', '', '', '')"""
STEP = """
INSERT INTO orders_orderstep (uuid, order_id, turn, machine, verb, from_state, to_state, actor_id, place_id, county_id,
    reason_code, at, assignment_id, visit_id, team_id)
VALUES (%s, %s, %s, 'order', %s, %s, %s, %s, %s, %s, '', %s, NULL, NULL, %s)"""
TWO_STEPS = f"{STEP}, (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, '', %s, %s, %s, %s)"
AUDIT = """
INSERT INTO audit_entry (uuid, at, actor_id, verb, subject_kind, subject_id, place_id, county_id, request_id, facts)
VALUES (%s, %s, %s, %s, 'order', %s, %s, %s, %s, %s)"""
NOTICES = """
INSERT INTO notify_notice (uuid, account_id, kind, facts, link, effect, goes_out, at)
SELECT uuid, account_id, %s, %s, %s, '', false, %s FROM unnest(%s::uuid[], %s::bigint[]) AS told(uuid, account_id)"""
KEY = """
INSERT INTO core_idempotencykey (account_id, key, fingerprint, status, answer, created_at)
VALUES (%s, %s, %s, 201, %s, %s)"""
MOVE = "UPDATE orders_order SET state = %s, state_since = %s, turn = turn + %s WHERE id = %s AND turn = %s"
OFFER = """
INSERT INTO orders_assignment (uuid, order_id, team_id, state, offered_at, offered_by_id)
VALUES (%s, %s, %s, 'offered', %s, %s) RETURNING id"""
PARTY = "INSERT INTO orders_orderparty (order_id, team_id, since) VALUES (%s, %s, %s)"
ANSWERED = "UPDATE orders_assignment SET state = 'accepted', answered_at = %s WHERE id = %s"
MARK = """
INSERT INTO attendance_mark (uuid, cause_id, person_id, direction, at, recorded_at, recorded_by_id, way, grade,
    reason_code, place_id, county_id)
VALUES (%s, %s, %s, %s, %s, %s, %s, 'hand', 'weak', 'other', %s, %s)"""
SHARE = "SELECT 1 FROM activities_activity WHERE id = %s FOR SHARE"
SCAN = """
INSERT INTO attendance_mark (uuid, cause_id, person_id, direction, at, recorded_at, recorded_by_id, way, grade,
    reason_code, place_id, county_id)
VALUES (%s, %s, %s, 'in', %s, %s, %s, 'scan', 'strong', '', %s, %s)"""
AUDIT_OF_ACTIVITY = """
INSERT INTO audit_entry (uuid, at, actor_id, verb, subject_kind, subject_id, place_id, county_id, request_id, facts)
VALUES (%s, %s, %s, 'activity.check_in', 'activity', %s, %s, %s, %s, %s)"""
BEGIN_VISIT = "UPDATE orders_visit SET state = 'under_way' WHERE id = %s"
QUEUE = """
SELECT o.uuid, o.number, o.state, o.state_since, o.urgency, o.wished_from, p.title, c.name, place.name, person.name,
       (SELECT team.name FROM orders_assignment a JOIN people_team team ON team.id = a.team_id
        WHERE a.order_id = o.id AND a.state IN ('offered', 'accepted') ORDER BY a.id DESC LIMIT 1)
FROM orders_order o LEFT JOIN catalogue_project p ON p.id = o.project_id
JOIN catalogue_category c ON c.code = o.category_id JOIN places_place place ON place.id = o.origin_place_id
JOIN people_person person ON person.id = o.requester_id
WHERE o.county_id = %s AND o.state IN ('submitted', 'admitted', 'reopened', 'dispatched', 'failed')
ORDER BY o.state_since, o.id LIMIT 50"""
MENU = """
SELECT p.uuid, p.title, p.summary, p.mode, p.duration_minutes, p.people_needed, c.icon, c.name, team.name
FROM catalogue_menuitem i JOIN catalogue_menu m ON m.id = i.menu_id JOIN catalogue_project p ON p.id = i.project_id
JOIN catalogue_category c ON c.code = p.category_id JOIN people_team team ON team.id = p.team_id
WHERE m.place_id = %s AND m.state = 'published' AND p.state = 'published' ORDER BY i.position LIMIT 24"""


def _run(connection: Connection, sql: str, *values: Any) -> psycopg.Cursor[Any]:
    return connection.execute(sql, values, prepare=True)


def _audit(connection: Connection, at: datetime, actor: int, verb: str, order: int, center: int) -> None:
    _run(
        connection,
        AUDIT,
        uuid7(),
        at,
        actor,
        verb,
        order,
        center,
        center,
        secrets.token_hex(8),
        Jsonb({"turn": 2}),
    )


def _tell(connection: Connection, at: datetime, kind: str, number: str, accounts: list[int]) -> None:
    facts = Jsonb({"number": number, "title": "上门理发（1）"})
    uuids = [uuid7() for _account in accounts]
    _run(connection, NOTICES, kind, facts, f"/orders/{number}/", at, uuids, accounts)


def place(connection: Connection, county: dict[str, Any], _item: Any) -> int:
    """The order, its text, its step, the trail, a notice to each dispatcher, the idempotency key."""
    at, center = datetime.now(UTC), county["center"]
    resident, project = secrets.choice(county["residents"]), secrets.choice(county["projects"])
    # Longer than a real number, so that none is drawn twice and nothing has to be asked.
    number, wished = secrets.token_hex(6), at + timedelta(days=1)
    with connection.transaction():
        found = _run(
            connection, ORDER, uuid7(), number, project["id"], project["category"], resident["person"],
            resident["account"], resident["home"], center, center, wished, wished + timedelta(hours=2), at, at,
        ).fetchone()  # fmt: skip
        assert found
        order = found[0]
        _run(connection, TEXT, order, NEED, TERMS)
        _run(
            connection,
            STEP,
            uuid7(),
            order,
            1,
            "submit",
            "",
            "submitted",
            resident["account"],
            center,
            center,
            at,
            None,
        )
        _audit(connection, at, resident["account"], "order.submit", order, center)
        _tell(connection, at, "order_submitted", number, [one["account"] for one in county["dispatchers"]])
        _run(connection, KEY, resident["account"], secrets.token_hex(16), secrets.token_bytes(32), ANSWER, at)
    return 1


def dispatch_and_take(connection: Connection, county: dict[str, Any], item: Ready) -> int:
    """Offer an admitted order to a team, then let the team accept it: two people, so two transactions."""
    at, center, dispatcher = datetime.now(UTC), county["center"], county["dispatchers"][0]["account"]
    order, team, turn = item.order, item.team["id"], item.turn
    with connection.transaction():
        found = _run(connection, OFFER, uuid7(), order, team, at, dispatcher).fetchone()
        assert found
        _run(connection, PARTY, order, team, at)
        _run(connection, MOVE, "dispatched", at, 2, order, turn)
        _run(
            connection, TWO_STEPS,
            uuid7(), order, turn + 2, "dispatch", "admitted", "dispatched", dispatcher, center, center, at, team,
            uuid7(), order, turn + 1, "assignment", "offer", "", "offered", dispatcher, center, center, at, found[0],
            None, team,
        )  # fmt: skip
        _audit(connection, at, dispatcher, "order.dispatch", order, center)
        accounts = [item.team["leader"]["account"], item.resident["account"]]
        _tell(connection, at, "order_dispatched", item.number, accounts)
    leader = item.team["leader"]["account"]
    with connection.transaction():
        _run(connection, MOVE, "accepted", at, 2, order, turn + 2)
        _run(
            connection, TWO_STEPS,
            uuid7(), order, turn + 4, "accept", "dispatched", "accepted", leader, center, center, at, team,
            uuid7(), order, turn + 3, "assignment", "accept", "offered", "accepted", leader, center, center, at,
            found[0], None, team,
        )  # fmt: skip
        _run(connection, ANSWERED, at, found[0])
        _audit(connection, at, leader, "order.accept", order, center)
        _tell(connection, at, "order_accepted", item.number, [item.resident["account"]])
    return 2


def come_and_go(connection: Connection, county: dict[str, Any], item: Ready) -> int:
    """Check in, which begins the visit, and check out: two moments, so two transactions."""
    at, center, member = datetime.now(UTC), county["center"], item.team["members"][0]
    order, turn, team, mine = item.order, item.turn, item.team["id"], member["account"]
    mark = (item.cause, member["person"])
    with connection.transaction():
        _run(connection, MARK, uuid7(), *mark, "in", at, at, mine, item.origin, center)
        _run(connection, MOVE, "under_way", at, 2, order, turn)
        _run(
            connection, TWO_STEPS,
            uuid7(), order, turn + 2, "begin", "scheduled", "under_way", mine, center, center, at, team,
            uuid7(), order, turn + 1, "visit", "begin", "planned", "under_way", mine, center, center, at,
            item.assignment, item.visit, team,
        )  # fmt: skip
        _run(connection, BEGIN_VISIT, item.visit)
        _audit(connection, at, mine, "visit.check_in", order, center)
        _audit(connection, at, mine, "order.begin", order, center)
    with connection.transaction():
        _run(connection, MARK, uuid7(), *mark, "out", at, at, mine, item.origin, center)
        _audit(connection, at, mine, "visit.check_out", order, center)
    return 2


def come_to_fair(connection: Connection, county: dict[str, Any], item: AtDoor) -> int:
    """Somebody's code is read at a fair: the activity's row is shared, the mark and the trail are written."""
    at, reader = datetime.now(UTC), item.door["account"]
    with connection.transaction():
        _run(connection, SHARE, item.activity)
        _run(
            connection, SCAN, uuid7(), item.guests, item.person, at, at, reader, item.place, county["center"]
        )
        facts = Jsonb({"person": item.person})
        _run(
            connection, AUDIT_OF_ACTIVITY, uuid7(), at, reader, item.activity, item.place, county["center"],
            secrets.token_hex(8), facts,
        )  # fmt: skip
    return 1


def read_queue(connection: Connection, county: dict[str, Any], _item: Any) -> int:
    """The query behind a page of fifty."""
    _run(connection, QUEUE, county["center"]).fetchall()
    return 1


def read_menu(connection: Connection, county: dict[str, Any], _item: Any) -> int:
    """The query behind the menu."""
    _run(connection, MENU, county["center"]).fetchall()
    return 1


TASKS: dict[str, Task] = {
    "place": place,
    "dispatch_take": dispatch_and_take,
    "check_in_out": come_and_go,
    "fair": come_to_fair,
    "queue": read_queue,
    "menu": read_menu,
}


def run_floor(
    name: str, url: str, county: dict[str, Any], items: list[Any], seconds: float, clients: int
) -> tuple[int, float]:
    """Do units with some connections for some seconds; returns how many, and the seconds they really took."""
    task, waiting, lock, done = TASKS[name], iter(items), threading.Lock(), [0]
    begun = [0.0]
    gate = threading.Barrier(clients + 1, action=lambda: begun.__setitem__(0, time.perf_counter()))

    def client() -> None:
        mine = 0
        with psycopg.connect(url, autocommit=True) as connection:
            gate.wait()
            while time.perf_counter() < begun[0] + seconds:
                with lock:
                    item = next(waiting, gate)
                if item is gate:
                    break
                task(connection, county, item)
                mine += 1
        with lock:
            done[0] += mine

    threads = [threading.Thread(target=client) for _nth in range(clients)]
    for thread in threads:
        thread.start()
    gate.wait()
    for thread in threads:
        thread.join()
    return done[0], time.perf_counter() - begun[0]
