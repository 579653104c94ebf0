"""What a page costs with many times as many things: CPU of the whole request, the page's and PostgreSQL's.

    python -m bench.growth [orders|activities …] [--small FOLDER --large FOLDER]

Two districts with the same places and people are loaded for each matter: one with 1,200 orders and one with 120,000;
one with a month of activities and one with three years. They are loaded as `sidan demo --orders` and `--activities` do
(or taken from the data folders given). One process beside each database answers the requests itself, by turns in one
run. CPU is read around every request: the process's own, and that of its one backend.

A whole run of a matter (both sizes, at least as many rounds and requests as by default) is kept: in
bench/results/latest.json and, as a table, in docs/performance.md. Any other run is only printed.
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
from bench.growth_report import MATTERS, Matter
from bench.processes import yardstick_ms
from bench.site import ROOT, clean_environment, own_folder

ROUNDS: Final = 6
REQUESTS: Final = 25


@dataclass
class Spent:
    """What the requests of one case cost in one district, each in milliseconds of CPU."""

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

    def __init__(self, matter: Matter, folder: Path, port: int) -> None:
        environment = clean_environment(folder, port=port, live_port=port + 1)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bench.district", matter.name], cwd=ROOT, env=environment, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        ready = self._line()
        self.count: int = ready["count"]
        self.machine: str = ready["machine"]
        self.spent = {case: Spent() for case in matter.pages}

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
        for case in self.spent:
            self.measure(case, count)
        self.spent = {case: Spent() for case in self.spent}

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
    found = [_run(matter, options) for matter in options.matters]
    return 1 if any(growth_report.missed(row) for rows in found for row in rows) else 0


def _run(matter: Matter, options: argparse.Namespace) -> list[dict[str, Any]]:
    """Measure one matter; print what was found, and keep it if the run is a whole one."""
    with contextlib.ExitStack() as stack:
        folders, rows = {}, []
        for name, size in matter.sizes.items():
            folder = getattr(options, name)
            if folder is None:
                folder = stack.enter_context(own_folder())
                rows.append(_load(folder, matter, size))
            folders[name] = folder
        districts = {
            name: District(matter, folder, 18_441 + 2 * nth)
            for nth, (name, folder) in enumerate(folders.items())
        }
        for district in districts.values():
            stack.callback(district.stop)
            district.warm_up(options.requests)
        yardsticks = _measured(districts, options.rounds, options.requests)
        spent = {name: district.spent for name, district in districts.items()}
    rows += [_row(matter.prefix + case, spent["small"][case], spent["large"][case]) for case in matter.pages]
    told = [districts["large"].machine, report.disturbance(yardsticks)]
    print(growth_report.screen(rows, few=matter.few), *told, growth_report.verdict(rows), sep="\n")
    lacks = _lacks(matter, districts, options)
    if lacks:
        print(f"Nothing is kept: {lacks}.")
    else:
        report.keep(rows, instead_of=matter.prefix)
        growth_report.write(rows, matter=matter, told=told)
    return rows


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.growth", description=__doc__)
    parser.add_argument(
        "matters", nargs="*", type=_matter, default=[*MATTERS.values()], metavar=" | ".join(MATTERS),
        help="all of them where none is named",
    )  # fmt: skip
    for name in ("small", "large"):
        parser.add_argument(f"--{name}", type=Path, metavar="FOLDER", help="loaded before, for one matter")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--requests", type=int, default=REQUESTS, help="of each case, district and round")
    options = parser.parse_args()
    if (options.small or options.large) and len(options.matters) != 1:
        parser.error("folders are those of one matter: name it")
    return options


def _matter(name: str) -> Matter:
    if name not in MATTERS:
        raise argparse.ArgumentTypeError(f"one of {', '.join(MATTERS)}")
    return MATTERS[name]


def _measured(districts: Mapping[str, District], rounds: int, requests: int) -> list[float]:
    """Let the districts answer by turns; return what the yardstick cost between the rounds."""
    yardsticks = [yardstick_ms()]
    for nth in range(rounds):
        print(f"round {nth + 1}", flush=True)
        yardsticks.append(yardstick_ms())
        for case in districts["small"].spent:
            for district in districts.values():
                district.measure(case, requests)
    return yardsticks


def _lacks(matter: Matter, districts: Mapping[str, District], options: argparse.Namespace) -> str:
    """Say why a run is not a whole one, if it is not."""
    for name, size in matter.sizes.items():
        if districts[name].count < size:
            return f"the district that should have {size:,} {matter.name} has {districts[name].count:,}"
    if options.rounds < ROUNDS or options.requests < REQUESTS:
        return f"a whole run has {ROUNDS} rounds of {REQUESTS} requests"
    return ""


def _load(folder: Path, matter: Matter, size: int) -> dict[str, Any]:
    """Make an installation with an empty database, then load a district; say how long each took.

    The CPU is that of the loader without PostgreSQL's, which is nobody's child.
    """
    print(f"loading {size:,} {matter.name}", flush=True)
    migrating, _cpu = _timed(folder, "migrate")
    seconds, cpu = _timed(folder, "demo", "--no-serve", f"--{matter.name}", str(size))
    return {
        "name": f"load_{size}", "of": matter.name, "count": size, "seconds": round(seconds, 1),
        "cpu_seconds": round(cpu, 1), "migrate_seconds": round(migrating, 1),
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


def _row(name: str, small: Spent, large: Spent) -> dict[str, Any]:
    return {
        "name": name,
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
