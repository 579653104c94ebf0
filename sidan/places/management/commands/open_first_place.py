"""`sidan manage open_first_place`: the uppermost place of a new installation, once."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError, no_translations

from sidan.core import clock
from sidan.core.actor import SYSTEM
from sidan.core.errors import DomainError
from sidan.places.enums import PlaceKind, Setting
from sidan.places.models import Place
from sidan.places.operations import open_place


class Command(BaseCommand):
    help = (
        "Open the uppermost place of a new installation: a province, a city, a center, or a single village."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--kind", choices=PlaceKind.values, default=PlaceKind.CENTER.value)
        parser.add_argument("--name", required=True, help="as on the sign, such as 寻乌县新时代文明实践中心")
        parser.add_argument("--division", metavar="CODE", help="the official 12-digit code it stands on")

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        if Place.objects.filter(parent=None).exists():
            raise CommandError("there is an uppermost place already; open others under it in the console")
        try:
            place = open_place(
                actor=SYSTEM, at=clock.now(), kind=options["kind"], name=options["name"], parent_id=None,
                setting=Setting.OTHER, division_code=options["division"],
            )  # fmt: skip
        except DomainError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"{place.name} is open: {place.uuid}")
