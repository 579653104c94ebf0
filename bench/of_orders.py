"""What a district of many orders is asked, and what is put into it before so that its pages are full."""

import itertools
import re
from typing import Any, Final
from urllib.parse import quote

import psycopg

from bench.district import (
    DISPATCHER,
    LEADER,
    MANAGER,
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
from bench.stock import make_orders

CARDS: Final = 50
LAST_MINUTE: Final = 3
"""Orders that the job has not counted yet: a district of 120,000 in two years places one in three minutes."""
FREQUENT: Final = "上门"
RARE: Final = "鹦鹉"
"""Only the orders of the last minute have it."""
ABSENT: Final = "骆驼"
RARE_NEED: Final = f"想请人帮忙找回飞走的{RARE}"
ROW: Final = re.compile(r'<tr data-row=|<article|class="order-row"|<tr>\s*<th scope="row"')


def prepare(connection: psycopg.Connection[Any]) -> Prepared:
    """Fill the pages, and say what is asked."""
    _stock(connection)
    found = connection.execute("SELECT number FROM orders_order ORDER BY uuid LIMIT 500").fetchall()
    [(orders,)] = connection.execute("SELECT count(*) FROM orders_order").fetchall()
    numbers, team = itertools.cycle([row[0] for row in found]), team_of_leader(connection)[4]
    dispatcher, volunteer, leader, manager = map(session_of, (DISPATCHER, VOLUNTEER, LEADER, MANAGER))
    requests = {
        "queue": again("/console/queue/", dispatcher),
        "by_number": (get(f"/console/queue/?q={number}", dispatcher) for number in numbers),
        "by_name": again(f"/console/queue/?q={quote(SURNAME)}", dispatcher),
        "by_frequent_word": again(f"/console/queue/?q={quote(FREQUENT)}", dispatcher),
        "by_rare_word": again(f"/console/queue/?q={quote(RARE)}", dispatcher),
        "by_absent_word": again(f"/console/queue/?q={quote(ABSENT)}", dispatcher),
        "board": again("/console/board/", leader),
        "figures": again("/console/figures/", manager),
        "hours": again("/console/hours/", manager),
        "hours_by_name": again(f"/console/hours/?q={quote(SURNAME)}", manager),
        "hours_mine": again(f"/hours/?year={last_year()}", volunteer),
        "hours_of_team": again(f"/console/hours/teams/{team}/?year={last_year()}", leader),
        "hours_late": again("/console/hours/claims/?chip=late", manager),
    }
    return Prepared(orders, requests, ROW)


def _stock(connection: psycopg.Connection[Any]) -> None:
    """Fill the board of the demo's leader, and count the figures as the job does: all but the last minute."""
    # Django is set up by now.
    from sidan.analytics.operations import catch_up

    county = _county(connection)
    held = connection.execute(
        "SELECT count(*) FROM orders_assignment WHERE team_id = %s AND state IN ('offered', 'accepted')",
        [county["teams"][0]["id"]],
    ).fetchone()
    make_orders(connection, county, count=max(0, CARDS - (held[0] if held else 0)), state="scheduled")
    stock_hours(connection)
    for _again in range(2):
        catch_up()
    make_orders(connection, county, count=LAST_MINUTE, state="admitted", need=RARE_NEED)


def _county(connection: psycopg.Connection[Any]) -> dict[str, Any]:
    """Tell of the district what `bench.stock` needs to make orders for the team of the demo's leader."""
    rows = connection.execute(
        "SELECT person.id, account.id, person.home_place_id FROM people_account account"
        " JOIN people_person person ON person.id = account.person_id WHERE person.home_place_id IS NOT NULL"
        " ORDER BY account.id LIMIT 64"
    ).fetchall()
    people = [{"person": person, "account": account, "home": home} for person, account, home in rows]
    # Those that take so many a month would turn some of them away, as they should.
    projects = connection.execute(
        "SELECT id, category_id FROM catalogue_project WHERE month_capacity IS NULL ORDER BY id LIMIT 16"
    ).fetchall()
    team = team_of_leader(connection)
    return {
        "center": team[2],
        "residents": people,
        "dispatchers": people,
        "projects": [{"id": project, "category": category} for project, category in projects],
        "teams": [{"id": team[0], "members": people}],
    }
