"""Measure in rounds, print the table, keep it in bench/results/latest.json if there were three rounds or more."""

import argparse
import multiprocessing
import statistics
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import psycopg

from bench import report
from bench.cases import CASES, Case, stock_for
from bench.floor import run_floor
from bench.http_load import CLIENTS, Outcome, run_units
from bench.processes import cpu_ms, yardstick_ms
from bench.site import Site, measured_site
from bench.stock import make_orders

FLOOR_PROCESSES = 2
WAITING_IN_QUEUE = 400
PACED_SECONDS = 30.0
LEAST_ROUNDS = 3
ENOUGH_HTTP, ENOUGH_FLOOR = 250, 1_500
"""Units a second that no machine of ours exceeds: so many orders are made ready for each second of a run."""


@dataclass
class Seen:
    """What the rounds of one case showed."""

    rates: list[float] = field(default_factory=list)
    floors: list[float] = field(default_factory=list)
    app_cpu: list[float] = field(default_factory=list)
    pg_cpu: list[float] = field(default_factory=list)
    client_cpu: list[float] = field(default_factory=list)
    latencies: list[float] = field(default_factory=list)
    paced: list[float] = field(default_factory=list)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run it all; the exit status is 1 when a request was answered wrongly."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--seconds", type=float, default=4.0, help="of each run over HTTP; the floor takes half"
    )
    parser.add_argument("--only", default="", help="one case: " + ", ".join(case.name for case in CASES))
    options = parser.parse_args(arguments)
    chosen = [case for case in CASES if options.only in ("", case.name)]
    seen = {case.name: Seen() for case in chosen}
    spawned = multiprocessing.get_context("spawn")
    with measured_site() as site, ProcessPoolExecutor(1 + FLOOR_PROCESSES, mp_context=spawned) as pool:
        bench = Bench(site, pool, options.seconds)
        bench.warm_up(chosen)
        yardsticks = [yardstick_ms()]
        for nth in range(options.rounds):
            for case in chosen:
                print(f"round {nth + 1}: {case.words}", flush=True)
                bench.measure(case, seen[case.name])
                yardsticks.append(yardstick_ms())
        for case in (case for case in chosen if case.pace):
            print(f"as it comes: {case.words}", flush=True)
            seen[case.name].paced = bench.as_it_comes(case)
        rows = [summary(case, seen[case.name]) for case in chosen]
        clients = {name: one.client_cpu for name, one in seen.items()}
        report.show(rows, url=site.urls.app, clients=clients, yardsticks=yardsticks)
    if options.rounds >= LEAST_ROUNDS:
        report.keep(rows)
    return 0


class Bench:
    """The site, the processes of the clients, and how long a run takes."""

    def __init__(self, site: Site, pool: ProcessPoolExecutor, seconds: float) -> None:
        self._site, self._pool, self._seconds = site, pool, seconds
        self._connection = psycopg.connect(site.urls.app, autocommit=True)

    def warm_up(self, cases: Sequence[Case]) -> None:
        """Fill the queue, let every worker load its code and every connection plan its statements."""
        make_orders(self._connection, self._site.county, count=WAITING_IN_QUEUE, state="submitted")
        self._analyse()
        for case in cases:
            self._over_http(case, seconds=1.0)
        # As autovacuum does within a minute: plans made for a table of twenty rows read all of it for ever after.
        self._analyse()

    def _analyse(self) -> None:
        with psycopg.connect(self._site.urls.owner, autocommit=True) as owner:
            owner.execute("ANALYZE")

    def measure(self, case: Case, seen: Seen) -> None:
        """One run over HTTP and one of the floor, one right after the other."""
        before = cpu_ms(self._site.web_pid), cpu_ms(self._site.postmaster_pid)
        outcome = self._over_http(case, seconds=self._seconds)
        after = cpu_ms(self._site.web_pid), cpu_ms(self._site.postmaster_pid)
        requests = max(1, len(outcome.latencies))
        seen.rates.append(outcome.units / outcome.seconds)
        seen.app_cpu.append((after[0] - before[0]) / requests)
        # What making the stock ready costs PostgreSQL is spent before `_over_http` starts its clients.
        seen.pg_cpu.append((after[1] - before[1] - self._stock_cpu) / requests)
        seen.client_cpu.append(outcome.cpu_ms / requests)
        seen.latencies += outcome.latencies
        seen.floors.append(self._floor(case))
        self._clear_the_queue()

    def as_it_comes(self, case: Case) -> list[float]:
        """Return how long answers take while people come no faster than they do; sorted."""
        return sorted(self._over_http(case, seconds=PACED_SECONDS, pace=case.pace).latencies)

    def _clear_the_queue(self) -> None:
        """Take out what a run left waiting: a county's queue holds hundreds of orders, not a benchmark's thousands."""
        self._connection.execute(
            "UPDATE orders_order SET state = 'cancelled', turn = turn + 1 WHERE state IN ('submitted', 'admitted')"
            " AND id NOT IN (SELECT id FROM orders_order WHERE state = 'submitted' ORDER BY id LIMIT %s)",
            [WAITING_IN_QUEUE],
        )

    def _over_http(self, case: Case, *, seconds: float, pace: float = 0.0) -> Outcome:
        before = cpu_ms(self._site.postmaster_pid)
        ready = stock_for(case, self._connection, self._site.county, int(seconds * ENOUGH_HTTP))
        self._stock_cpu = cpu_ms(self._site.postmaster_pid) - before
        units = case.units(self._site.county, ready)
        outcome = self._pool.submit(run_units, self._site.port, units, seconds, case.clients, pace).result()
        if outcome.wrong:
            raise SystemExit(f"{case.name}: {len(outcome.wrong)} wrong answers, such as {outcome.wrong[0]}")
        return outcome

    def _floor(self, case: Case) -> float:
        seconds = self._seconds / 2
        items = stock_for(case, self._connection, self._site.county, int(seconds * ENOUGH_FLOOR))
        share = len(items) // FLOOR_PROCESSES
        runs = [
            self._pool.submit(
                run_floor, case.name, self._site.urls.app, self._site.county, items[nth * share : (nth + 1) * share],
                seconds, CLIENTS // FLOOR_PROCESSES,
            )
            for nth in range(FLOOR_PROCESSES)
        ]  # fmt: skip
        done = [run.result() for run in runs]
        return sum(units for units, _took in done) / max(took for _units, took in done)


def summary(case: Case, seen: Seen) -> dict[str, Any]:
    """Return the case's line: medians of the rounds, because the machine is never quiet."""
    ordered = sorted(seen.latencies)
    ratios = [rate / floor for rate, floor in zip(seen.rates, seen.floors, strict=True)]
    return {
        "name": case.name,
        "requests_per_unit": case.requests,
        "rps": round(statistics.median(seen.rates), 1),
        "p50_ms": round(ordered[len(ordered) // 2] * 1000, 1),
        "p95_ms": round(ordered[int(len(ordered) * 0.95)] * 1000, 1),
        "app_cpu_ms": round(statistics.median(seen.app_cpu), 2),
        "pg_cpu_ms": round(statistics.median(seen.pg_cpu), 2),
        "floor_rps": round(statistics.median(seen.floors), 1),
        "ratio": round(statistics.median(ratios), 3),
        **(
            {"as_it_comes_p95_ms": round(seen.paced[int(len(seen.paced) * 0.95)] * 1000, 1)}
            if seen.paced
            else {}
        ),
    }


if __name__ == "__main__":
    sys.exit(main())
