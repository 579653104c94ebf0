"""What a page costs with a hundred times as many orders: CPU of the whole request, the page's and PostgreSQL's.

    python -m bench.growth [--small FOLDER --large FOLDER]

Two districts with the same places and people, one with 1,200 orders and one with 120,000, are loaded as `sidan demo
--orders` loads them (or taken from the data folders given). One process beside each database answers the requests
itself, by turns in one run. CPU is read around every request: the process's own, and that of its one backend.

A whole run (both sizes, at least as many rounds and requests as by default) is kept: in bench/results/latest.json and,
as a table, in docs/performance.md. Any other run is only printed.
"""

import argparse
import contextlib
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from bench import growth_report, report
from bench.processes import yardstick_ms
from bench.site import ROOT, clean_environment, own_folder

SIZES: Final = {"small": 1_200, "large": 120_000}
ROUNDS: Final = 6
REQUESTS: Final = 25
CASES: Final = tuple(growth_report.PAGES)


@dataclass
class Spent:
    """What the requests of one case cost with one number of orders, each in milliseconds of CPU."""

    app: list[float] = field(default_factory=list)
    postgres: list[float] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    """How many each answer showed."""

    def whole(self) -> float:
        """Return the median of a whole request."""
        return statistics.median(map(sum, zip(self.app, self.postgres, strict=True)))

    def postgres_p95(self) -> float:
        """Return what nineteen of twenty requests stay below in PostgreSQL."""
        return sorted(self.postgres)[int(len(self.postgres) * 0.95)]


class District:
    """One district with the process that answers for it."""

    def __init__(self, folder: Path, port: int) -> None:
        environment = clean_environment(folder, port=port, live_port=port + 1)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bench.district"], cwd=ROOT, env=environment, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        ready = self._line()
        self.orders: int = ready["orders"]
        self.machine: str = ready["machine"]
        self.spent = {case: Spent() for case in CASES}

    def measure(self, case: str, count: int) -> None:
        """Let it answer some requests of a case."""
        assert self._process.stdin
        self._process.stdin.write(json.dumps([case, count]) + "\n")
        self._process.stdin.flush()
        told, spent = self._line(), self.spent[case]
        spent.app += told["app"]
        spent.postgres += told["postgres"]
        spent.rows += told["rows"]

    def warm_up(self, count: int) -> None:
        """Let it load its code and PostgreSQL its pages and plans."""
        for case in CASES:
            self.measure(case, count)
        self.spent = {case: Spent() for case in CASES}

    def stop(self) -> None:
        """End it; its database stops with it."""
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait(timeout=60)

    def _line(self) -> Any:
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit("a district could not be measured; what stopped it stands above")
        return json.loads(line)


def main() -> int:
    """Run it all; the status is 1 where a goal is missed."""
    options = _options()
    with contextlib.ExitStack() as stack:
        folders, rows = {}, []
        for name, orders in SIZES.items():
            folder = getattr(options, name)
            if folder is None:
                folder = stack.enter_context(own_folder())
                rows.append(_load(folder, orders))
            folders[name] = folder
        districts = {
            name: District(folder, 18_441 + 2 * nth) for nth, (name, folder) in enumerate(folders.items())
        }
        for district in districts.values():
            stack.callback(district.stop)
            district.warm_up(options.requests)
        yardsticks = _measured(districts, options.rounds, options.requests)
        rows += [_row(case, districts["small"].spent[case], districts["large"].spent[case]) for case in CASES]
    told = [districts["large"].machine, report.disturbance(yardsticks)]
    print(growth_report.screen(rows), *told, growth_report.verdict(rows), sep="\n")
    lacks = _lacks(districts, options)
    if lacks:
        print(f"Nothing is kept: {lacks}.")
    else:
        report.keep(rows, instead_of="growth_")
        growth_report.write(rows, told=told)
    return 1 if any(map(growth_report.missed, rows)) else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.growth", description=__doc__)
    for name, orders in SIZES.items():
        parser.add_argument(
            f"--{name}", type=Path, metavar="FOLDER", help=f"a district of {orders:,} orders, loaded before"
        )
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--requests", type=int, default=REQUESTS, help="of each case, district and round")
    return parser.parse_args()


def _measured(districts: Mapping[str, District], rounds: int, requests: int) -> list[float]:
    """Let the districts answer by turns; return what the yardstick cost between the rounds."""
    yardsticks = [yardstick_ms()]
    for nth in range(rounds):
        print(f"round {nth + 1}", flush=True)
        yardsticks.append(yardstick_ms())
        for case in CASES:
            for district in districts.values():
                district.measure(case, requests)
    return yardsticks


def _lacks(districts: Mapping[str, District], options: argparse.Namespace) -> str:
    """Say why a run is not a whole one, if it is not."""
    for name, orders in SIZES.items():
        if districts[name].orders < orders:
            return f"the district that should have {orders:,} orders has {districts[name].orders:,}"
    if options.rounds < ROUNDS or options.requests < REQUESTS:
        return f"a whole run has {ROUNDS} rounds of {REQUESTS} requests"
    return ""


def _load(folder: Path, orders: int) -> dict[str, Any]:
    """Make an installation with an empty database, then load a district; say how long each took.

    The CPU is that of the loader without PostgreSQL's, which is nobody's child.
    """
    print(f"loading {orders:,} orders", flush=True)
    migrating, _cpu = _timed(folder, "migrate")
    seconds, cpu = _timed(folder, "demo", "--no-serve", "--orders", str(orders))
    return {
        "name": f"load_{orders}", "orders": orders, "seconds": round(seconds, 1), "cpu_seconds": round(cpu, 1),
        "migrate_seconds": round(migrating, 1),
    }  # fmt: skip


def _timed(folder: Path, *command: str) -> tuple[float, float]:
    """Run a command of an installation; return the seconds it took, and those of CPU that its processes used."""
    began, before = time.monotonic(), _children_seconds()
    subprocess.run(
        [sys.executable, "-m", "ops.cli", *command], cwd=ROOT, check=True,
        env=clean_environment(folder, port=18_439, live_port=18_440), stdout=subprocess.DEVNULL,
    )  # fmt: skip
    return time.monotonic() - began, _children_seconds() - before


def _children_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _row(case: str, small: Spent, large: Spent) -> dict[str, Any]:
    return {
        "name": f"growth_{case}",
        "growth": round(large.whole() / small.whole(), 2),
        "cpu_ms": round(large.whole(), 2),
        "cpu_ms_small": round(small.whole(), 2),
        "pg_cpu_ms": round(statistics.median(large.postgres), 2),
        "pg_cpu_ms_small": round(statistics.median(small.postgres), 2),
        "pg_p95_ms": round(large.postgres_p95(), 2),
        "rows": min(large.rows),
        "rows_small": min(small.rows),
    }


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    sys.exit(main())
