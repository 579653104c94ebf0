"""What a page costs with a hundred times as many orders: CPU of the whole request, the page's and PostgreSQL's.

    python -m bench.growth [--small FOLDER --large FOLDER]

Two districts with the same places and people, one with 1,200 orders and one with 120,000, are loaded as `sidan demo
--orders` loads them (or taken from the data folders given). One process beside each database answers the requests
itself, by turns in one run. CPU is read around every request: the process's own, and that of its one backend.
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
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from bench import report
from bench.processes import yardstick_ms
from bench.site import ROOT, clean_environment, own_folder

SIZES: Final = {"small": 1_200, "large": 120_000}
LOADS_WITHIN_SECONDS: Final = 300
GROWS_AT_MOST: Final = 1.3
POSTGRES_AT_MOST_MS: Final = 10.0
CASES: Final = ("queue", "by_number", "by_name", "by_words", "board", "figures")


@dataclass
class Spent:
    """What the requests of one case cost with one number of orders, each in milliseconds of CPU."""

    app: list[float] = field(default_factory=list)
    postgres: list[float] = field(default_factory=list)
    rows: int = 0
    """The fewest rows that an answer showed."""

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
        # the line that says that it is ready
        self._line()
        self.spent = {case: Spent() for case in CASES}

    def measure(self, case: str, count: int) -> None:
        """Let it answer some requests of a case."""
        assert self._process.stdin
        self._process.stdin.write(json.dumps([case, count]) + "\n")
        self._process.stdin.flush()
        told, spent = self._line(), self.spent[case]
        spent.app += told["app"]
        spent.postgres += told["postgres"]
        spent.rows = told["rows"]

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
    """Run it all; the status is 1 where a page grows too much."""
    parser = argparse.ArgumentParser(prog="python -m bench.growth", description=__doc__)
    for name, orders in SIZES.items():
        parser.add_argument(
            f"--{name}", type=Path, metavar="FOLDER", help=f"a district of {orders:,} orders, loaded before"
        )
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--requests", type=int, default=25, help="of each case, district and round")
    options = parser.parse_args()
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
        yardsticks = [yardstick_ms()]
        for nth in range(options.rounds):
            print(f"round {nth + 1}", flush=True)
            yardsticks.append(yardstick_ms())
            for case in CASES:
                for district in districts.values():
                    district.measure(case, options.requests)
        rows += [_row(case, districts["small"].spent[case], districts["large"].spent[case]) for case in CASES]
    missed = list(_shown(rows))
    print(report.disturbance(yardsticks))
    print(f"Missed: {', '.join(missed)}." if missed else "Every goal is reached.")
    report.keep(rows)
    return 1 if missed else 0


def _load(folder: Path, orders: int) -> dict[str, Any]:
    """Load a district as a person does, from nothing, and say how long it took and what the loader computed."""
    print(f"loading {orders:,} orders", flush=True)
    began, before = time.monotonic(), _children_seconds()
    subprocess.run(
        [sys.executable, "-m", "ops.cli", "demo", "--no-serve", "--orders", str(orders)], cwd=ROOT, check=True,
        env=clean_environment(folder, port=18_439, live_port=18_440), stdout=subprocess.DEVNULL,
    )  # fmt: skip
    seconds, computed = time.monotonic() - began, _children_seconds() - before
    return {"name": f"load_{orders}", "seconds": round(seconds, 1), "cpu_seconds": round(computed, 1)}


def _children_seconds() -> float:
    """Return the CPU of all children that have ended: of a load all but that of PostgreSQL, which is nobody's child."""
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
        "rows": large.rows,
        "rows_small": small.rows,
    }


def _shown(rows: Sequence[dict[str, Any]]) -> Iterator[str]:
    """Print the table; give the names of what misses its goal."""
    print(
        f"\n{'':20}{'growth':>8}{'CPU ms':>8}{'at 1,200':>10}{'pg ms':>8}{'at 1,200':>10}{'pg p95':>8}{'rows':>10}"
    )
    for row in rows:
        if "seconds" in row:
            is_missed = row["seconds"] > LOADS_WITHIN_SECONDS
            told = f"{row['seconds']:8.1f} seconds, {row['cpu_seconds']:.1f} of CPU without PostgreSQL's"
            print(f"{row['name']:20}{told}{'  missed' if is_missed else ''}")
        else:
            is_missed = row["growth"] > GROWS_AT_MOST or row["pg_p95_ms"] > POSTGRES_AT_MOST_MS
            print(
                f"{row['name']:20}{row['growth']:8.2f}{row['cpu_ms']:8.2f}{row['cpu_ms_small']:10.2f}"
                f"{row['pg_cpu_ms']:8.2f}{row['pg_cpu_ms_small']:10.2f}{row['pg_p95_ms']:8.2f}"
                f"{row['rows']:5}/{row['rows_small']}{'  missed' if is_missed else ''}"
            )
        if is_missed:
            yield row["name"]


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    sys.exit(main())
