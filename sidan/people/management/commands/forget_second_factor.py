"""`sidan forget-second-factor`: for somebody who has lost the telephone and whom nobody may help in the console."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sidan.core import clock
from sidan.core.actor import SYSTEM
from sidan.core.errors import NotFound
from sidan.core.scope import everything
from sidan.people import operations


class Command(BaseCommand):
    help = (
        "Take the second factor off the account with this telephone; the trail keeps that it was done here."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("phone", help="the mobile number that the person signs in with")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with everything("a second factor that was lost"):
                operations.forget_totp(actor=SYSTEM, at=clock.now(), phone=options["phone"])
        except NotFound:
            raise CommandError("no account with a second factor has this telephone") from None
        self.stdout.write(
            "The second factor is gone, and so are the account's tokens. The password still holds; "
            "set up a new telephone at the next sign-in."
        )
