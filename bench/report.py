"""The table on the screen and the file beside it."""

import json
import os
import platform
import statistics
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import psycopg

from bench.cases import CASES

RESULTS = Path(__file__).parent / "results" / "latest.json"
AIM_RATIO = 1 / 8
HEAD = f"{'':24}{'units/s':>9}{'p50 ms':>8}{'p95 ms':>8}{'app ms':>8}{'pg ms':>7}{'floor/s':>9}{'ratio':>7}"


def show(
    rows: Sequence[Mapping[str, Any]],
    *,
    url: str,
    clients: Mapping[str, Sequence[float]],
    yardsticks: Sequence[float],
) -> None:
    """Print the machine, the table, what the clients themselves cost, and how disturbed the machine was."""
    cases = {case.name: case for case in CASES}
    print(f"\n{machine(url)}\n\n{HEAD}")
    for row in rows:
        case = cases[row["name"]]
        missed = ["CPU"] if row["app_cpu_ms"] > case.aim_cpu_ms else []
        missed += ["rate"] if row["rps"] < case.aim_rate else []
        missed += ["ratio"] if case.aim_cpu_ms < 12 and row["ratio"] < AIM_RATIO else []
        print(
            f"{case.words:24}{row['rps']:9.1f}{row['p50_ms']:8.1f}{row['p95_ms']:8.1f}{row['app_cpu_ms']:8.2f}"
            f"{row['pg_cpu_ms']:7.2f}{row['floor_rps']:9.1f}{row['ratio']:7.3f}"
            f"{'  missed: ' + ', '.join(missed) if missed else ''}"
        )
    for row in (row for row in rows if "as_it_comes_p95_ms" in row):
        pace = cases[row["name"]].pace
        print(
            f"{row['name']}: p95 {row['as_it_comes_p95_ms']} ms while {pace:.1f} a second come, as they do."
        )
    costs = ", ".join(
        f"{cases[name].words} {statistics.median(spent):.2f}" for name, spent in clients.items()
    )
    print(
        "\nA unit of two requests counts once; times and CPU are of one request. The clients' own CPU, counted apart, "
        f"in ms a request: {costs}."
    )
    print(disturbance(yardsticks))


def disturbance(yardsticks: Sequence[float]) -> str:
    """Say how disturbed the machine was: what a fixed piece of work cost between the runs."""
    middle, worst = statistics.median(yardsticks), max(yardsticks)
    return f"A fixed million steps of Python took {middle:.0f} ms of CPU here between the runs, {worst:.0f} at worst."


def keep(rows: Sequence[Mapping[str, Any]], *, instead_of: str = "") -> None:
    """Write the results where the next run and the documents look for them; those of other cases stay, but for those
    whose names begin with `instead_of`."""
    RESULTS.parent.mkdir(exist_ok=True)
    before = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else []
    if instead_of:
        before = [row for row in before if not row["name"].startswith(instead_of)]
    kept = {row["name"]: row for row in [*before, *rows]}
    lines = ",\n".join("  " + json.dumps(row) for row in kept.values())
    RESULTS.write_text(f"[\n{lines}\n]\n", encoding="utf-8")
    print(f"kept in {RESULTS}")


def machine(url: str) -> str:
    """Name the machine that the figures belong to, and its database server."""
    with psycopg.connect(url) as connection:
        row = connection.execute(
            "SELECT current_setting('server_version'), current_setting('fsync')"
        ).fetchone()
    info = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    model = next((line.partition(": ")[2] for line in info.splitlines() if line.startswith("model name")), "")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    server, fsync = row or ("", "")
    return (
        f"{os.cpu_count()} cores, {model}, {memory:.0f} GB, {platform.system()} {platform.release()}, Python "
        f"{platform.python_version()}, PostgreSQL {server}, fsync {fsync}, load {os.getloadavg()[2]:.1f}"
    )
