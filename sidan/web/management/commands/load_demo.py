"""`sidan demo` and `sidan manage load_demo`: the invented county."""

import time
from argparse import ArgumentParser
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from sidan.analytics.models import Counted
from sidan.analytics.operations import catch_up, catch_up_source, rebuild
from sidan.core import clock
from sidan.core.figures import Source, sources
from sidan.core.scope import everything
from sidan.core.soundness import Kept, Rule, look_at, rules
from sidan.web.demo import (
    FULL,
    PASSWORD,
    SMALL,
    DemoRefused,
    Size,
    busy_county,
    demo_accounts,
    demo_terminal,
    district,
    load_county,
)

SIZES = {size.name: size for size in (SMALL, FULL)}
COUNTED_AT_ONCE = 2
"""Sources of figures: PostgreSQL works on each in a process of its own, and a small machine has two cores."""
STEP = 5000
"""Rows between two lines of progress."""


class Command(BaseCommand):
    help = (
        "Load the demo county: Xunwu with its real townships and villages, invented people, and six months of orders. "
        "Refuses where there is data already, and in production. --accounts prints whom one can sign in as."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--size", choices=sorted(SIZES), default=SMALL.name)
        parser.add_argument(
            "--full", action="store_const", dest="size", const=FULL.name, help="the reported size"
        )
        parser.add_argument(
            "--orders",
            type=int,
            metavar="NUMBER",
            help="a district of 1,000 places with so many orders instead",
        )
        parser.add_argument(
            "--activities",
            type=int,
            metavar="NUMBER",
            help="the same with few orders and so many activities, held in the months that are over",
        )
        parser.add_argument(
            "--today", type=date.fromisoformat, help="the day on which the county stands (default: today)"
        )
        parser.add_argument("--accounts", action="store_true", help="only print the demo accounts")
        parser.add_argument(
            "--accounts-file", type=Path, metavar="FILE", help="write the accounts there instead of printing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["accounts"]:
            self._load(options)
        lines = "".join(f"{line}\n" for line in self._account_lines())
        if options["accounts_file"]:
            options["accounts_file"].write_text(lines, encoding="utf-8")
        else:
            self.stdout.write(lines, ending="")

    def _load(self, options: dict[str, Any]) -> None:
        began = time.monotonic()
        _take_memory()
        size = _size(options)
        today = options["today"] or clock.business_date(clock.now())
        try:
            loaded = load_county(size=size, today=today, tell=self._progress)
        except DemoRefused as refused:
            raise CommandError(str(refused)) from None
        self._count()
        self._check()
        self.stdout.write(
            f"Loaded {loaded.places} places, {loaded.accounts:,} accounts, {loaded.orders:,} orders "
            f"and {loaded.activities:,} activities in {time.monotonic() - began:.1f} s."
        )

    def _count(self) -> None:
        """Fill the counters of figures, as the job does: what ended before the first note is taken in by the second.

        What takes longest comes first, so that nobody is left alone with it.
        """
        rebuild()
        catch_up()
        rows = dict(Counted.objects.values_list("source", "seen_to"))
        with ThreadPoolExecutor(COUNTED_AT_ONCE) as pool:
            taken = sum(pool.map(_count_source, sorted(sources(), key=lambda source: -rows[source.code])))
        self.stdout.write(f"  figures: {taken:,} rows counted")

    def _check(self) -> None:
        """What was written in bulk must keep the rules that `sidan doctor` asks for."""
        with ThreadPoolExecutor(COUNTED_AT_ONCE) as pool:
            found = list(pool.map(_kept, rules()))
        broken = [f"{kept.broken:,} rows break: {kept.rule.holds}" for kept in found if kept.broken]
        if broken:
            raise CommandError("; ".join(broken))
        self.stdout.write(f"  checks: {len(found)} rules hold")

    def _progress(self, what: str, done: int, total: int) -> None:
        if done % STEP == 0 or (done == total and total >= STEP):
            self.stdout.write(f"  {what}: {done:,} of {total:,}")

    def _account_lines(self) -> Iterator[str]:
        with everything("the demo accounts are shown to whoever started the demo"):
            rows = demo_accounts()
            setup_code = demo_terminal(at=clock.now())
        if not rows:
            yield "There are no demo accounts here."
            return
        yield f"Demo accounts, all with the password {PASSWORD}:"
        for role, name, phone, place in rows:
            yield f"  {role:<15} {phone}  {name}  {place}"
        if setup_code:
            yield f"  terminal        /kiosk/, set up once by the code {setup_code}"


def _size(options: dict[str, Any]) -> Size:
    if options["activities"]:
        return busy_county(activities=options["activities"])
    return district(orders=options["orders"]) if options["orders"] else SIZES[options["size"]]


def _count_source(source: Source) -> int:
    with _own_session():
        return catch_up_source(source)


def _kept(rule: Rule) -> Kept:
    with _own_session():
        return look_at(rule)


@contextmanager
def _own_session() -> Iterator[None]:
    """Give the work of a thread a session of its own, which ends with it."""
    try:
        _take_memory()
        yield
    finally:
        connection.close()


def _take_memory() -> None:
    """Let a session sort and sum millions of rows in memory, and commit without waiting for the disk.

    Loading begins anew after a crash, so nothing of it has to be durable before the next checkpoint. The indexes of
    search take in at once what came, before it is counted.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET work_mem = '128MB'")
        cursor.execute("SET synchronous_commit = off")
        cursor.execute("SET gin_pending_list_limit = '1GB'")
