"""What `python -m bench.growth` found: its goals, a table for the screen, and the same in docs/performance.md."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from bench.site import ROOT

LOADS_WITHIN_SECONDS: Final = 300
GROWS_AT_MOST: Final = 1.3
POSTGRES_AT_MOST_MS: Final = 10.0
FULL_PAGE: Final = 50
FULL_LIST: Final = 24
"""Cards on a page of the portal."""
ANY: Final = 10**6
PAPER: Final = ROOT / "docs" / "performance.md"


@dataclass(frozen=True, slots=True)
class Matter:
    """What one district has few of and the other many."""

    name: str
    """As `sidan demo` asks for it."""
    sizes: Mapping[str, int]
    few: str
    """How the small one is called at the head of a column."""
    prefix: str
    """Of the names under which its rows are kept."""
    pages: Mapping[str, tuple[str, int, int]]
    """Each page: how it is called, and how many rows it must show at least and at most."""

    @property
    def place(self) -> re.Pattern[str]:
        """Where its table stands in the document."""
        return re.compile(rf"(?<=<!-- growth of {self.name} -->\n).*?(?=<!-- end -->)", re.DOTALL)


ORDERS: Final = Matter(
    name="orders", sizes={"small": 1_200, "large": 120_000}, few="at 1,200", prefix="growth_",
    pages={
        "queue": ("queue of 50", FULL_PAGE, ANY),
        "by_number": ("search by number", 1, 1),
        "by_name": ("search by name", FULL_PAGE, ANY),
        "by_frequent_word": ("search by a frequent word", FULL_PAGE, ANY),
        "by_rare_word": ("search by a rare word", 1, FULL_PAGE - 1),
        "by_absent_word": ("search by a word that none has", 0, 0),
        "board": ("board of a team, 50 cards", FULL_PAGE, ANY),
        "figures": ("figures of the district", 1, ANY),
        "hours": ("hours of the county, 50 records", FULL_PAGE, ANY),
        "hours_by_name": ("hours of one surname", FULL_PAGE, ANY),
        "hours_mine": ("one's own hours of a year", FULL_PAGE, ANY),
        "hours_of_team": ("hours of a team by member", 1, ANY),
        "hours_late": ("hours that wait too long", FULL_PAGE, ANY),
    },
)  # fmt: skip
ACTIVITIES: Final = Matter(
    name="activities", sizes={"small": 694, "large": 25_000}, few="at a month", prefix="held_growth_",
    pages={
        "month": ("calendar, a month of the county", 3 * 28, ANY),
        "day": ("calendar, a day", 20, ANY),
        "list": ("calendar, a list", FULL_LIST, ANY),
        "coming": ("what comes, portal", 15, ANY),
        "activity": ("an activity, portal", 5, ANY),
        "activity_of_office": ("an activity, office", 7, ANY),
        "signed_up": ("who signed up for it", 20, FULL_PAGE),
        "came": ("who came to it", FULL_LIST, FULL_PAGE),
        "filed": ("what is filed, 50", FULL_PAGE, ANY),
        "filed_by_rare_word": ("what is filed, by a rare word", 1, FULL_PAGE - 1),
        "hours_mine": ("a person's hours of a year", FULL_PAGE, ANY),
        "hours_of_team": ("a team's totals, by member", 5, ANY),
        "figures": ("the county's totals", 1, ANY),
        "hours": ("hours of the county, 50 records", FULL_PAGE, ANY),
        "hours_by_name": ("hours of one surname", FULL_PAGE, ANY),
        "hours_by_rare_name": ("hours of a rare name", 1, FULL_PAGE - 1),
    },
)  # fmt: skip
MATTERS: Final = {matter.name: matter for matter in (ORDERS, ACTIVITIES)}

Row = Mapping[str, Any]


def missed(row: Row) -> list[str]:
    """Return which goals a row misses."""
    if "seconds" in row:
        return ["time"] if row["seconds"] > LOADS_WITHIN_SECONDS else []
    _words, least, most = _page(row)
    goals = {
        "growth": row["growth"] <= GROWS_AT_MOST,
        "PostgreSQL": row["pg_p95_ms"] <= POSTGRES_AT_MOST_MS,
        "rows": all(least <= row[shown] <= most for shown in ("rows", "rows_small")),
    }
    return [goal for goal, is_reached in goals.items() if not is_reached]


def _page(row: Row) -> tuple[str, int, int]:
    matter = next(each for each in MATTERS.values() if row["name"].startswith(each.prefix))
    return matter.pages[row["name"].removeprefix(matter.prefix)]


def screen(rows: Sequence[Row], *, few: str) -> str:
    """Return the table for the screen."""
    head = f"\n{'':32}{'growth':>8}{'CPU ms':>8}{few:>12}{'pg ms':>8}{few:>12}{'pg p95':>8}{'rows':>10}"
    return "\n".join([head, *map(_line, rows)])


def _line(row: Row) -> str:
    missing = f"  missed: {', '.join(missed(row))}" if missed(row) else ""
    if "seconds" in row:
        return f"{row['name']:32}{_loaded(row)}{missing}"
    return (
        f"{_page(row)[0]:32}{row['growth']:8.2f}{row['cpu_ms']:8.2f}{row['cpu_ms_small']:12.2f}"
        f"{row['pg_cpu_ms']:8.2f}{row['pg_cpu_ms_small']:12.2f}{row['pg_p95_ms']:8.2f}"
        f"{row['rows']:6}/{row['rows_small']}{missing}"
    )


def _loaded(row: Row) -> str:
    return (
        f"{row['seconds']:.1f} seconds from an empty database, {row['cpu_seconds']:.1f} of CPU without PostgreSQL's;"
        f" {row['migrate_seconds']:.1f} before it for the server and its tables"
    )


def verdict(rows: Sequence[Row]) -> str:
    """Say which goals are missed."""
    misses = [f"{row['name']} ({', '.join(missed(row))})" for row in rows if missed(row)]
    return f"Missed: {'; '.join(misses)}." if misses else "Every goal is reached."


def write(rows: Sequence[Row], *, matter: Matter, told: Sequence[str], paper: Path = PAPER) -> None:
    """Put the table of a whole run into the document, in the place of the one before.

    Raises:
        ValueError: the document has no place for it.
    """
    text = paper.read_text(encoding="utf-8")
    if not matter.place.search(text):
        raise ValueError(f"{paper} has no <!-- growth of {matter.name} --> … <!-- end -->")
    table = _table(rows, matter, told)
    paper.write_text(matter.place.sub(lambda _found: table, text), encoding="utf-8")
    print(f"written in {paper}")


def _table(rows: Sequence[Row], matter: Matter, told: Sequence[str]) -> str:
    at, few = datetime.now(ZoneInfo("Asia/Shanghai")), matter.few
    loads = [f"- Loading {row['count']:,} {matter.name}: {_loaded(row)}." for row in rows if "seconds" in row]
    pages = [
        f"| {_page(row)[0]} | {row['growth']:.2f} | {row['cpu_ms']:.1f} | {row['cpu_ms_small']:.1f} |"
        f" {row['pg_cpu_ms']:.1f} | {row['pg_cpu_ms_small']:.1f} | {row['pg_p95_ms']:.1f} |"
        f" {row['rows']}, {row['rows_small']} | {', '.join(missed(row)) or 'no'} |"
        for row in rows
        if "seconds" not in row
    ]
    return "\n".join(
        [
            f"Written by the command on {at:%Y-%m-%d at %H:%M} in Beijing. {told[0]}. {told[1]} {verdict(rows)}",
            "",
            f"| page | growth | CPU ms | {few} | PostgreSQL ms | {few} | PostgreSQL p95 | rows | missed |",
            "|---|---|---|---|---|---|---|---|---|",
            *pages,
            "",
            *loads,
            *([""] if loads else []),
        ]
    )
