"""Two people acting at once over HTTP: one wins, the others are told what happened, and nothing happens twice."""

import json
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import psycopg

from bench.http_load import Connection, request
from bench.site import ROOT, clean_environment
from bench.stock import Ready, make_orders
from tests.faults.conftest import PORT, Supervised
from tests.faults.test_kill import order_request

CLIENTS = 16
Answer = tuple[int, dict[str, Any]]


def all_at_once(requests: Sequence[bytes]) -> list[Answer]:
    """Send all requests at the same moment, each on a connection that is open already."""
    answers: list[Answer] = []
    gate = threading.Barrier(len(requests))

    def client(wanted: bytes) -> None:
        connection = Connection(PORT)
        gate.wait()
        status, body = connection.ask(wanted)
        connection.close()
        answers.append((status, json.loads(body)))

    threads = [threading.Thread(target=client, args=[wanted]) for wanted in requests]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=180)
    assert len(answers) == len(requests)
    return answers


def ready_order(site: Supervised, state: str) -> Ready:
    with psycopg.connect(site.database_url, autocommit=True) as connection:
        return make_orders(connection, site.county, count=1, state=state)[0]


def post(path: str, who: dict[str, Any], body: dict[str, Any] | None = None) -> bytes:
    content = json.dumps(body).encode() if body is not None else b""
    return request(method="POST", path=f"/api/v1{path}", token=who["token"], body=content)


def steps_of(site: Supervised, order: int, verb: str) -> int:
    sql = "SELECT count(*) FROM orders_orderstep WHERE order_id = %s AND verb = %s AND machine = 'order'"
    return int(site.rows(sql, order, verb)[0][0])


def test_of_two_dispatchers_one_admits_and_the_other_reads_that_it_is_done(site: Supervised) -> None:
    order = ready_order(site, "submitted")
    path = f"/orders/{order.number}/admit"
    answers = all_at_once([post(path, dispatcher) for dispatcher in site.county["dispatchers"][:2]])
    assert sorted(status for status, _body in answers) == [200, 409]
    told = next(body for status, body in answers if status == 409)
    assert told["code"] == "order_moved_on"
    assert "已受理" in told["title"]
    assert steps_of(site, order.order, "admit") == 1


def test_of_sixteen_clients_one_offers_the_order_to_the_team(site: Supervised) -> None:
    order = ready_order(site, "admitted")
    offer = post(
        f"/orders/{order.number}/dispatch", site.county["dispatchers"][0], {"team": order.team["uuid"]}
    )
    answers = all_at_once([offer] * CLIENTS)
    assert Counter(status for status, _body in answers) == {201: 1, 409: CLIENTS - 1}
    assert {body["code"] for status, body in answers if status == 409} == {"order_moved_on"}
    assert steps_of(site, order.order, "dispatch") == 1


def test_of_sixteen_clients_one_calls_the_order_openly(site: Supervised) -> None:
    order = ready_order(site, "admitted")
    [(area,)] = site.rows(
        "SELECT place.uuid FROM orders_order placed JOIN places_place place ON place.id = placed.county_id"
        " WHERE placed.id = %s",
        order.order,
    )
    until = datetime.now(UTC) + timedelta(hours=3)
    body = {"area": str(area), "way": "first_come", "until": until.isoformat()}
    call = post(f"/orders/{order.number}/call", site.county["dispatchers"][0], body)
    answers = all_at_once([call] * CLIENTS)
    assert Counter(status for status, _body in answers) == {200: 1, 409: CLIENTS - 1}
    assert {body["code"] for status, body in answers if status == 409} == {"order_moved_on"}
    assert steps_of(site, order.order, "call") == 1


MORE_TEAMS = """
import json
import sys
from ops.installation import running_installation

with running_installation():
    from bench.county import People, led_team
    from sidan.catalogue.models import Category
    from sidan.core.clock import now
    from sidan.core.scope import everything
    from sidan.people.models import TeamCategory
    from sidan.places.models import Place

    with everything("teams that race"):
        people, kinds = People(now(), made=50_000_000), list(Category.objects.all())
        center, civic = Place.objects.get(kind="center"), TeamCategory.objects.get(code="civic")
        home = Place.objects.filter(kind="station").first()
        made = [led_team(people, 500 + nth, center=center, home=home, civic=civic, kinds=kinds) for nth in range(100)]
        print(json.dumps([[str(team.uuid), leader] for team, leader in made]))
"""


def hundred_teams(site: Supervised) -> list[tuple[str, dict[str, Any]]]:
    """Make a hundred teams of the county, each with a leader of its own who may sign in."""
    environment = clean_environment(site.folder, port=site.port, live_port=site.port + 2)
    done = subprocess.run(
        [sys.executable, "-c", MORE_TEAMS], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True
    )  # fmt: skip
    return [(uuid, leader) for uuid, leader in json.loads(done.stdout.splitlines()[-1])]


def test_of_a_hundred_teams_that_press_at_once_one_has_the_order_and_all_others_read_who(
    site: Supervised,
) -> None:
    teams, order = hundred_teams(site), ready_order(site, "admitted")
    [(area,)] = site.rows("SELECT uuid FROM places_place WHERE id = %s", site.county["center"])
    until = datetime.now(UTC) + timedelta(hours=3)
    body = {"area": str(area), "way": "first_come", "until": until.isoformat()}
    [(status, called)] = all_at_once(
        [post(f"/orders/{order.number}/call", site.county["dispatchers"][0], body)]
    )
    assert status == 200, called
    [(call,)] = site.rows("SELECT uuid FROM orders_opencall WHERE order_id = %s", order.order)
    answers = all_at_once(
        [post(f"/team-work/calls/{call}/claim", leader, {"team": uuid}) for uuid, leader in teams]
    )
    assert Counter(status for status, _body in answers) == {201: 1, 409: 99}
    [winner] = [body["team"] for status, body in answers if status == 201]
    refusals = {(body["code"], body["title"]) for status, body in answers if status == 409}
    [(code, title)] = refusals
    assert code == "call_taken"
    assert winner in title
    assert steps_of(site, order.order, "accept") == 1


def test_of_sixteen_clients_one_takes_the_offer(site: Supervised) -> None:
    order = ready_order(site, "admitted")
    dispatcher, leader = site.county["dispatchers"][0], order.team["leader"]
    offered = post(f"/orders/{order.number}/dispatch", dispatcher, {"team": order.team["uuid"]})
    [(status, assignment)] = all_at_once([offered])
    assert status == 201, assignment
    accept = post(f"/team-work/assignments/{assignment['id']}/accept", leader)
    answers = all_at_once([accept] * CLIENTS)
    assert Counter(status for status, _body in answers) == {200: 1, 409: CLIENTS - 1}
    told = [body for status, body in answers if status == 409]
    assert {body["code"] for body in told} <= {"order_moved_on", "no_open_offer"}
    assert all(body["title"] for body in told)
    assert steps_of(site, order.order, "accept") == 1


def test_the_same_request_sent_sixteen_times_at_once_is_one_order(site: Supervised) -> None:
    key = str(uuid4())
    answers = all_at_once([order_request(site.county, key=key)] * CLIENTS)
    assert {status for status, _body in answers} == {201}
    [number] = {body["number"] for _status, body in answers}
    assert site.rows("SELECT count(*) FROM orders_order WHERE number = %s", number) == [(1,)]
    kept = site.rows("SELECT count(*) FROM core_idempotencykey WHERE key = %s", key)
    assert kept == [(1,)]


def same_person_asked_for(site: Supervised, name: str) -> dict[str, Any]:
    """Return what writes down a person of one name and one telephone, at the place of the dispatchers."""
    [(place,)] = site.rows("SELECT uuid FROM places_place WHERE id = %s", site.county["center"])
    return {"name": name, "phone": "12077000001", "place_id": str(place)}


def test_a_volunteer_entered_at_once_by_sixteen_is_one_volunteer(site: Supervised) -> None:
    body = same_person_asked_for(site, "同时登记")
    answers = all_at_once([post("/volunteers", site.county["manager"], body)] * CLIENTS)
    assert Counter(status for status, _body in answers) == {201: 1, 409: CLIENTS - 1}, answers
    [entered] = [told for status, told in answers if status == 201]
    refusals = [told for status, told in answers if status == 409]
    assert {told["code"] for told in refusals} == {"volunteer_already"}
    assert all(entered["number"] in told["title"] for told in refusals)
    persons = "SELECT count(*) FROM people_person WHERE name = %s"
    assert site.rows(persons, body["name"]) == [(1,)]


def test_a_resident_written_down_at_once_by_sixteen_is_one_person(site: Supervised) -> None:
    body = same_person_asked_for(site, "同时登录")
    answers = all_at_once([post("/persons", site.county["dispatchers"][0], body)] * CLIENTS)
    assert {status for status, _body in answers} == {201}, answers
    assert len({told["id"] for _status, told in answers}) == 1
    assert site.rows("SELECT count(*) FROM people_person WHERE name = %s", body["name"]) == [(1,)]
