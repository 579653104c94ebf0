"""`sidan manage load_working_days [file]`: the country's holidays and the weekends worked for them."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from sidan.core.actor import SYSTEM
from sidan.core.clock import now
from sidan.places.operations import load_national_days, read_national_days
from sidan.places.operations.working_days import NATIONAL_FILE


class Command(BaseCommand):
    help = "Write down the country's days off and worked weekends from a file (default: the one that comes along)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """A file of one's own, as soon as the State Council has published the next year."""
        parser.add_argument("file", nargs="?", type=Path, default=NATIONAL_FILE)

    def handle(self, *args: Any, **options: Any) -> None:
        """Load the file; what is known already is passed over."""
        days = read_national_days(path=options["file"])
        new = load_national_days(actor=SYSTEM, at=now(), days=days)
        print(f"{len(days)} days read, {new} new")
