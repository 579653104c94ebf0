"""`sidan manage check_data`: whether the rows keep the rules that the apps declare."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from sidan.core.soundness import look_at_all


class Command(BaseCommand):
    help = "Count the rows that break a rule of the data; the status is 1 when there are any. It reads only."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="a list of [sentence, rows that break it]")

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(look_at_all())
        if options["json"]:
            self.stdout.write(json.dumps([[kept.rule.holds, kept.broken] for kept in found]))
            return
        for kept in found:
            self.stdout.write(
                f"{'ok' if not kept.broken else f'{kept.broken:,} WRONG':<12} {kept.rule.holds}"
            )
        if any(kept.broken for kept in found):
            raise SystemExit(1)
