"""`sidan manage open_first_account`: the first two administrators of a new installation.

The security administrator grants every role but opens no account, the system administrator opens accounts but grants
nothing: it takes both to let a third one in.
"""

import sys
from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from sidan.core import clock
from sidan.core.actor import SYSTEM
from sidan.core.errors import DomainError
from sidan.core.scope import everything
from sidan.people import operations
from sidan.people.enums import Role
from sidan.people.models import RoleGrant
from sidan.places.enums import PlaceState
from sidan.places.models import Place


class Command(BaseCommand):
    help = (
        "Open the account of the first security administrator, or with --role system_admin of the first system "
        "administrator, at the uppermost place. The password is asked for, or read from standard input."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--name", required=True)
        parser.add_argument("--phone", required=True, help="the mobile number to sign in with")
        parser.add_argument(
            "--role", choices=[Role.SECURITY_ADMIN, Role.SYSTEM_ADMIN], default=Role.SECURITY_ADMIN
        )

    def handle(self, *args: Any, **options: Any) -> None:
        role = Role(options["role"])
        if RoleGrant.objects.filter(role=role, ended_at=None).exists():
            raise CommandError(f"there is a {role.label.lower()} already, who goes on in the console")
        root = Place.objects.filter(parent=None, state=PlaceState.OPEN).order_by("id").first()
        if root is None:
            raise CommandError("there is no place yet: run `sidan manage open_first_place` first")
        password = getpass("password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
        try:
            with everything("the first account"), transaction.atomic():
                account = operations.open_account(
                    actor=SYSTEM, at=clock.now(), phone=options["phone"], name=options["name"],
                    home_place_id=root.pk, password=password,
                )  # fmt: skip
                operations.grant_role(
                    actor=SYSTEM,
                    at=clock.now(),
                    account_id=account.pk,
                    role=role,
                    place_id=root.pk,
                )
        except DomainError as error:
            details = " ".join(str(problem.detail) for problem in getattr(error, "errors", ()))
            raise CommandError(details or str(error)) from None
        self.stdout.write(f"{options['name']} is {role.label.lower()} at {root.name}")
