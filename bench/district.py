"""One district that answers requests in this process: told a case and a number, it tells what they cost."""

import itertools
import json
import os
import re
import sys
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote
from zoneinfo import ZoneInfo

import psycopg

from bench.http_load import request
from bench.profile import ask
from bench.report import machine
from bench.stock import NIGHTS, WAITING, make_hours, make_orders
from ops import installation

BUSINESS: Final = ZoneInfo("Asia/Shanghai")
CARDS: Final = 50
LAST_MINUTE: Final = 3
"""Orders that the job has not counted yet: a district of 120,000 in two years places one in three minutes."""
SURNAME: Final = "陈"
"""Written by everybody who is called so: full pages however many orders there are."""
FREQUENT: Final = "上门"
RARE: Final = "鹦鹉"
"""Only the orders of the last minute have it."""
ABSENT: Final = "骆驼"
SERVED: Final = 51
"""Nights that a volunteer and their team served last year, and that wait for a word since spring: more than a page."""
RARE_NEED: Final = f"想请人帮忙找回飞走的{RARE}"
ROW: Final = re.compile(r'<tr data-row=|<article|class="order-row"|<tr>\s*<th scope="row"')


class Inside:
    """Django with the district's database, the people who look, and what they look at."""

    def __init__(self, app_url: str, owner_url: str) -> None:
        # Django can be set up only once the environment names the installation.
        from config.wsgi import application

        self._application = application
        self._stock(app_url, owner_url)
        with psycopg.connect(app_url) as connection:
            found = connection.execute("SELECT number FROM orders_order ORDER BY uuid LIMIT 500").fetchall()
            [(self.orders,)] = connection.execute("SELECT count(*) FROM orders_order").fetchall()
            [(team,)] = connection.execute(
                "SELECT uuid FROM people_team WHERE id = %s", [_county(connection)["teams"][0]["id"]]
            ).fetchall()
        last_year = _last_year()
        numbers = itertools.cycle([row[0] for row in found])
        dispatcher, volunteer, leader, manager = (
            _session(f"120000000{nth}") for nth in ("08", "02", "03", "09")
        )
        self._requests: dict[str, Iterator[bytes]] = {
            "queue": itertools.repeat(_get("/console/queue/", dispatcher)),
            "by_number": (_get(f"/console/queue/?q={number}", dispatcher) for number in numbers),
            "by_name": itertools.repeat(_get(f"/console/queue/?q={quote(SURNAME)}", dispatcher)),
            "by_frequent_word": itertools.repeat(_get(f"/console/queue/?q={quote(FREQUENT)}", dispatcher)),
            "by_rare_word": itertools.repeat(_get(f"/console/queue/?q={quote(RARE)}", dispatcher)),
            "by_absent_word": itertools.repeat(_get(f"/console/queue/?q={quote(ABSENT)}", dispatcher)),
            "board": itertools.repeat(_get("/console/board/", leader)),
            "figures": itertools.repeat(_get("/console/figures/", manager)),
            "hours": itertools.repeat(_get("/console/hours/", manager)),
            "hours_by_name": itertools.repeat(_get(f"/console/hours/?q={quote(SURNAME)}", manager)),
            "hours_mine": itertools.repeat(_get(f"/hours/?year={last_year}", volunteer)),
            "hours_of_team": itertools.repeat(_get(f"/console/hours/teams/{team}/?year={last_year}", leader)),
            "hours_late": itertools.repeat(_get("/console/hours/claims/?chip=late", manager)),
        }

    def answer(self, case: str, count: int) -> dict[str, Any]:
        """Answer some requests; tell of each its CPU and the rows that it showed."""
        app, server, rows = [], [], []
        for one in itertools.islice(self._requests[case], count):
            at_first, began = _server_ms(), time.process_time()
            status, body = ask(self._application, one)
            app.append((time.process_time() - began) * 1000)
            server.append(_server_ms() - at_first)
            if not status.startswith("200"):
                raise SystemExit(f"{case}: {status}")
            rows.append(len(ROW.findall(body.decode())))
        return {"app": app, "postgres": server, "rows": rows}

    def _stock(self, app_url: str, owner_url: str) -> None:
        """Fill the board of the demo's leader, and count the figures as the job does: all but the last minute."""
        # as above
        from sidan.analytics.operations import catch_up

        with psycopg.connect(app_url, autocommit=True) as connection:
            county = _county(connection)
            held = connection.execute(
                "SELECT count(*) FROM orders_assignment WHERE team_id = %s AND state IN ('offered', 'accepted')",
                [county["teams"][0]["id"]],
            ).fetchone()
            make_orders(connection, county, count=max(0, CARDS - (held[0] if held else 0)), state="scheduled")
            self._stock_hours(connection)
            for _again in range(2):
                catch_up()
            make_orders(connection, county, count=LAST_MINUTE, state="admitted", need=RARE_NEED)
        with psycopg.connect(owner_url, autocommit=True) as owner:
            owner.execute("VACUUM ANALYZE")

    def _stock_hours(self, connection: psycopg.Connection[Any]) -> None:
        """Fill the pages of hours of both districts alike: the loaded records of the small one are few."""
        row = connection.execute(
            "SELECT team.id, team.place_id, team.county_id, member.person_id FROM people_team team"
            " JOIN people_account leader ON leader.person_id = team.leader_id AND leader.id = %s"
            " JOIN people_account member ON member.id = %s",
            [_account_id("12000000003"), _account_id("12000000002")],
        ).fetchone()
        assert row, "the demo's leader leads a team"
        found = connection.execute(
            "SELECT 1 FROM hours_occasion WHERE title = %s LIMIT 1", [NIGHTS]
        ).fetchone()
        if found:
            return  # measured before
        night = datetime(_last_year(), 3, 1, 2, tzinfo=BUSINESS)
        *team, person = row
        make_hours(connection, team=tuple(team), person=person, begins=night, count=SERVED)
        waits = datetime.now(BUSINESS).replace(hour=3, minute=0, second=0, microsecond=0) - timedelta(
            days=SERVED + 40
        )
        make_hours(connection, team=tuple(team), person=person, begins=waits, count=SERVED, what=WAITING)


def _last_year() -> int:
    return datetime.now(BUSINESS).year - 1


def _county(connection: psycopg.Connection[Any]) -> dict[str, Any]:
    """Tell of the district what `bench.stock` needs to make orders for the team of the demo's leader."""
    rows = connection.execute(
        "SELECT person.id, account.id, person.home_place_id FROM people_account account"
        " JOIN people_person person ON person.id = account.person_id WHERE person.home_place_id IS NOT NULL"
        " ORDER BY account.id LIMIT 64"
    ).fetchall()
    people = [{"person": person, "account": account, "home": home} for person, account, home in rows]
    team = connection.execute(
        "SELECT team.id, team.place_id, team.county_id, team.leader_id FROM people_team team"
        " JOIN people_account account ON account.person_id = team.leader_id WHERE account.id = %s",
        [_account_id("12000000003")],
    ).fetchone()
    assert team, "the demo's leader leads a team"
    # Those that take so many a month would turn some of them away, as they should.
    projects = connection.execute(
        "SELECT id, category_id FROM catalogue_project WHERE month_capacity IS NULL ORDER BY id LIMIT 16"
    ).fetchall()
    return {
        "center": team[2],
        "residents": people,
        "dispatchers": people,
        "projects": [{"id": project, "category": category} for project, category in projects],
        "teams": [{"id": team[0], "members": people}],
    }


def _account_id(phone: str) -> int:
    # Django is set up by now.
    from sidan.people.models import Account

    return int(Account.objects.get(phone_hash=phone).pk)


def _session(phone: str) -> str:
    """Sign somebody in: the same three facts that the door writes."""
    # as above
    from django.conf import settings

    from sidan.core.clock import now
    from sidan.people.access import ACCOUNT_KEY, SEEN_KEY, STAMP_KEY, stamp_of
    from sidan.people.models import Account

    account = Account.objects.get(phone_hash=phone)
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session.update(
        {ACCOUNT_KEY: account.pk, STAMP_KEY: stamp_of(account.password), SEEN_KEY: int(now().timestamp())}
    )
    session.create()
    return str(session.session_key)


def _get(path: str, session: str) -> bytes:
    return request(method="GET", path=path, cookie=f"sessionid={session}")


def _server_ms() -> float:
    """Return the CPU that the backend of this process's connection has used so far."""
    # as above
    from django.db import connection

    connection.ensure_connection()
    backend = connection.connection.info.backend_pid
    return int(Path(f"/proc/{backend}/schedstat").read_text().split()[0]) / 1e6


def main() -> int:
    """Serve until nobody asks any more."""
    # The application's log goes to the standard output, which here belongs to the answers.
    with os.fdopen(os.dup(1), "w") as answers, installation.running_installation() as urls:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        inside = Inside(urls.app, urls.owner)
        ready = {"orders": inside.orders, "machine": machine(urls.app)}
        print(json.dumps(ready), file=answers, flush=True)
        for line in sys.stdin:
            case, count = json.loads(line)
            print(json.dumps(inside.answer(case, count)), file=answers, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
