"""What a county of many activities is asked: its calendar, its activities and the hours that came of them."""

import itertools
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, Final
from urllib.parse import quote

import psycopg

from bench.district import (
    BUSINESS,
    LEADER,
    MANAGER,
    RESIDENT,
    SURNAME,
    VOLUNTEER,
    Prepared,
    again,
    get,
    last_year,
    session_of,
    stock_hours,
    team_of_leader,
)

ROW: Final = re.compile(
    r'<tr data-row=|class="order-row"|<tr>\s*<th scope="row"|class="days-occasion|class="activity-card"|<dt>'
)
DRAWN: Final = 300
"""So many activities are read by turns, of all years alike."""
PAST: Final = """
SELECT held.uuid FROM activities_activity held WHERE held.state = 'filed'
  AND (SELECT sum(post.taken) FROM activities_post post WHERE post.activity_id = held.id) > 20
ORDER BY md5(held.uuid::text) LIMIT %s
"""
RARE_SPEAKER: Final = """
SELECT lecturer FROM activities_activity WHERE state = 'filed' AND char_length(lecturer) = 3
GROUP BY lecturer HAVING count(*) = 1 ORDER BY lecturer LIMIT 1
"""
RARE_HELPER: Final = """
SELECT person.name FROM people_person person WHERE char_length(person.name) = 3
  AND NOT EXISTS (SELECT 1 FROM people_person other WHERE other.name = person.name AND other.id <> person.id)
  AND (SELECT count(*) FROM hours_entry entry WHERE entry.person_id = person.id) BETWEEN 3 AND 6
ORDER BY person.id LIMIT 1
"""


def prepare(connection: psycopg.Connection[Any]) -> Prepared:
    """Fill the pages, count the figures as the job does, and say what is asked."""
    # Django is set up by now.
    from sidan.analytics.operations import catch_up

    stock_hours(connection)
    for _again in range(2):
        catch_up()
    [(activities,)] = connection.execute("SELECT count(*) FROM activities_activity").fetchall()
    found = [row[0] for row in connection.execute(PAST, [DRAWN]).fetchall()]
    [(speaker,)] = connection.execute(RARE_SPEAKER).fetchall()
    [(helper,)] = connection.execute(RARE_HELPER).fetchall()
    day = _last_month()
    resident, volunteer, leader, manager = map(session_of, (RESIDENT, VOLUNTEER, LEADER, MANAGER))
    team, year = team_of_leader(connection)[4], day.year
    requests = {
        "month": again(f"/calendar/?day={day}", resident),
        "day": again(f"/calendar/?view=day&day={day}", resident),
        "list": again(f"/calendar/?view=list&day={day}", resident),
        "coming": again("/activities/", resident),
        "activity": _each("/activities/{}/", found, resident),
        "activity_of_office": _each("/console/activities/{}/", found, manager),
        "signed_up": _each("/console/activities/{}/people/", found, manager),
        "came": _each("/console/activities/{}/came/", found, manager),
        "filed": again("/console/activities/?chip=filed", manager),
        "filed_by_rare_word": again(f"/console/activities/?chip=filed&q={quote(speaker)}", manager),
        "hours_mine": again(f"/hours/?year={last_year()}", volunteer),
        "hours_of_team": again(f"/console/hours/teams/{team}/?year={year}", leader),
        "figures": again("/console/figures/", manager),
        "hours": again("/console/hours/", manager),
        "hours_by_name": again(f"/console/hours/?q={quote(SURNAME)}", manager),
        "hours_by_rare_name": again(f"/console/hours/?q={quote(helper)}", manager),
    }
    return Prepared(activities, requests, ROW)


def _last_month() -> date:
    """Return the middle of the last month that is over: both counties held as much in it."""
    today = datetime.now(BUSINESS).date()
    return (today.replace(day=1) - timedelta(days=1)).replace(day=15)


def _each(path: str, uuids: list[Any], session: str) -> Iterator[bytes]:
    return (get(path.format(uuid), session) for uuid in itertools.cycle(uuids))
