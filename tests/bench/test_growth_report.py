"""The benchmark of growth says what it missed, a page that is not full too, and writes its own table."""

from pathlib import Path
from typing import Any

import pytest

from bench.growth_report import ACTIVITIES, MATTERS, ORDERS, PAPER, Matter, missed, screen, verdict, write

GOOD: dict[str, Any] = {
    "name": "growth_queue", "growth": 1.1, "cpu_ms": 9.0, "cpu_ms_small": 8.0, "pg_cpu_ms": 2.0, "pg_cpu_ms_small": 1.8,
    "pg_p95_ms": 4.0, "rows": 50, "rows_small": 50,
}  # fmt: skip
LOADED: dict[str, Any] = {
    "name": "load_120000", "of": "orders", "count": 120_000, "seconds": 250.0, "cpu_seconds": 200.0,
    "migrate_seconds": 20.0,
}  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "misses"),
    [
        ({}, []),
        ({"growth": 1.31}, ["growth"]),
        ({"pg_p95_ms": 10.1, "growth": 2.0}, ["growth", "PostgreSQL"]),
        ({"rows": 49}, ["rows"]),
        ({"rows_small": 12}, ["rows"]),
        ({"name": "growth_board", "rows": 52, "rows_small": 50}, []),
        ({"name": "growth_by_number", "rows": 0, "rows_small": 1}, ["rows"]),
        ({"name": "growth_by_rare_word", "rows": 3, "rows_small": 3}, []),
        ({"name": "growth_by_rare_word", "rows": 50, "rows_small": 3}, ["rows"]),
        ({"name": "growth_by_rare_word", "rows": 3, "rows_small": 0}, ["rows"]),
        ({"name": "growth_by_absent_word", "rows": 0, "rows_small": 0}, []),
        ({"name": "growth_by_absent_word", "rows": 1, "rows_small": 0}, ["rows"]),
        ({"name": "growth_figures", "rows": 136, "rows_small": 136}, []),
        ({"name": "growth_figures", "rows": 0, "rows_small": 0}, ["rows"]),
        ({"name": "held_growth_month", "rows": 105, "rows_small": 101}, []),
        ({"name": "held_growth_month", "rows": 105, "rows_small": 60}, ["rows"]),
        ({"name": "held_growth_hours_by_rare_name", "rows": 50, "rows_small": 2}, ["rows"]),
    ],
)
def test_a_page_that_grows_or_is_not_full_misses_its_goal(changes: dict[str, Any], misses: list[str]) -> None:
    assert missed({**GOOD, **changes}) == misses


def test_a_load_that_takes_too_long_misses_its_goal_and_what_came_before_it_does_not_count() -> None:
    assert missed({**LOADED, "migrate_seconds": 400.0}) == []
    assert missed({**LOADED, "seconds": 300.1}) == ["time"]
    assert "20.0 before it" in screen([LOADED], few=ORDERS.few)


def test_what_is_missed_is_said() -> None:
    assert verdict([GOOD, LOADED]) == "Every goal is reached."
    assert verdict([{**GOOD, "rows": 3}, LOADED]) == "Missed: growth_queue (rows)."


def test_a_whole_run_puts_its_table_where_the_last_one_was(tmp_path: Path) -> None:
    paper = tmp_path / "performance.md"
    other = "<!-- growth of activities -->\nof others\n<!-- end -->\n"
    paper.write_text(
        f"before\n<!-- growth of orders -->\nold\n<!-- end -->\nafter\n{other}", encoding="utf-8"
    )
    for growth in (1.25, 1.05):
        write(
            [{**GOOD, "growth": growth}, LOADED], matter=ORDERS, told=["2 cores", "A yardstick."], paper=paper
        )
    text = paper.read_text(encoding="utf-8")
    assert text.startswith("before\n<!-- growth of orders -->\n")
    assert text.endswith(f"<!-- end -->\nafter\n{other}")
    assert "| queue of 50 | 1.05 |" in text
    assert "1.25" not in text
    assert "old" not in text
    assert "Loading 120,000 orders: 250.0 seconds from an empty database" in text


@pytest.mark.parametrize("matter", MATTERS.values(), ids=MATTERS)
def test_the_document_has_a_place_for_the_table(matter: Matter) -> None:
    assert len(matter.place.findall(PAPER.read_text(encoding="utf-8"))) == 1


def test_rows_of_one_matter_are_kept_beside_those_of_the_other() -> None:
    assert not ACTIVITIES.prefix.startswith(ORDERS.prefix)
    assert not ORDERS.prefix.startswith(ACTIVITIES.prefix)
