"""`sidan manage recount_figures`: count every figure anew, where `sidan doctor` finds the counters broken."""

from typing import Any

from django.core.management.base import BaseCommand

from sidan.analytics import operations


class Command(BaseCommand):
    help = "Throw the kept figures away and count all of them anew; pages stay right meanwhile."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        operations.rebuild()
        # the first notes how far there is to count, the second counts
        operations.catch_up()
        taken = operations.catch_up()
        if taken:
            self.stdout.write(f"{taken} rows were counted anew.")
        else:
            self.stdout.write("The figures are begun anew; the job of the next minutes counts them.")
