"""One district that answers requests in this process: told a case and a number, it tells what they cost.

python -m bench.district orders
"""

import itertools
import json
import os
import re
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import psycopg

from bench.http_load import request
from bench.profile import ask
from bench.report import machine
from bench.stock import NIGHTS, WAITING, make_hours
from ops import installation

BUSINESS: Final = ZoneInfo("Asia/Shanghai")
SERVED: Final = 51
"""Nights that a volunteer and their team served last year, and that wait for a word since spring: more than a page."""
RESIDENT, VOLUNTEER, LEADER, DISPATCHER, MANAGER = (
    f"120000000{nth}" for nth in ("01", "02", "03", "08", "09")
)
"""The telephones by which those of the demo sign in who look."""
SURNAME: Final = "陈"
"""Written by everybody who is called so: full pages however many orders and activities there are."""


@dataclass(frozen=True)
class Prepared:
    """What a district is asked: how many things are in it, the requests of each case, and what a row looks like."""

    count: int
    requests: Mapping[str, Iterator[bytes]]
    row: re.Pattern[str]


class Inside:
    """Django with the district's database, the people who look, and what they look at."""

    def __init__(self, matter: str, app_url: str, owner_url: str) -> None:
        # Django can be set up only once the environment names the installation.
        from config.wsgi import application

        self._application = application
        with psycopg.connect(app_url, autocommit=True) as connection:
            self._prepared: Prepared = import_module(f"bench.of_{matter}").prepare(connection)
        with psycopg.connect(owner_url, autocommit=True) as owner:
            owner.execute("VACUUM ANALYZE")
        self.count = self._prepared.count

    def answer(self, case: str, count: int) -> dict[str, Any]:
        """Answer some requests; tell of each its CPU and the rows that it showed."""
        app, server, rows = [], [], []
        for one in itertools.islice(self._prepared.requests[case], count):
            at_first, began = _server_ms(), time.process_time()
            status, body = ask(self._application, one)
            app.append((time.process_time() - began) * 1000)
            server.append(_server_ms() - at_first)
            if not status.startswith("200"):
                raise SystemExit(f"{case}: {status}")
            rows.append(len(self._prepared.row.findall(body.decode())))
        return {"app": app, "postgres": server, "rows": rows}


def stock_hours(connection: psycopg.Connection[Any]) -> None:
    """Fill the pages of hours of both districts alike: the loaded records of the small one are few."""
    row = connection.execute(
        "SELECT team.id, team.place_id, team.county_id, member.person_id FROM people_team team"
        " JOIN people_account leader ON leader.person_id = team.leader_id AND leader.id = %s"
        " JOIN people_account member ON member.id = %s",
        [account_id(LEADER), account_id(VOLUNTEER)],
    ).fetchone()
    assert row, "the demo's leader leads a team"
    found = connection.execute("SELECT 1 FROM hours_occasion WHERE title = %s LIMIT 1", [NIGHTS]).fetchone()
    if found:
        return  # measured before
    night = datetime(last_year(), 3, 1, 2, tzinfo=BUSINESS)
    *team, person = row
    make_hours(connection, team=tuple(team), person=person, begins=night, count=SERVED)
    waits = datetime.now(BUSINESS).replace(hour=3, minute=0, second=0, microsecond=0) - timedelta(
        days=SERVED + 40
    )
    make_hours(connection, team=tuple(team), person=person, begins=waits, count=SERVED, what=WAITING)


def last_year() -> int:
    return datetime.now(BUSINESS).year - 1


def team_of_leader(connection: psycopg.Connection[Any]) -> tuple[Any, ...]:
    """Return the team that the demo's leader leads: id, place, county, leader, public id."""
    team: tuple[Any, ...] | None = connection.execute(
        "SELECT team.id, team.place_id, team.county_id, team.leader_id, team.uuid FROM people_team team"
        " JOIN people_account account ON account.person_id = team.leader_id WHERE account.id = %s",
        [account_id(LEADER)],
    ).fetchone()
    assert team, "the demo's leader leads a team"
    return team


def account_id(phone: str) -> int:
    # Django is set up by now.
    from sidan.people.models import Account

    return int(Account.objects.get(phone_hash=phone).pk)


def session_of(phone: str) -> str:
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


def get(path: str, session: str) -> bytes:
    """Return a request of somebody who is signed in."""
    return request(method="GET", path=path, cookie=f"sessionid={session}")


def again(path: str, session: str) -> Iterator[bytes]:
    """Return the same request, as often as one likes."""
    return itertools.repeat(get(path, session))


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
        inside = Inside(sys.argv[1], urls.app, urls.owner)
        ready = {"count": inside.count, "machine": machine(urls.app)}
        print(json.dumps(ready), file=answers, flush=True)
        for line in sys.stdin:
            case, count = json.loads(line)
            print(json.dumps(inside.answer(case, count)), file=answers, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
