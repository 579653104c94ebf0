"""`rotate_lookup_keys`: make every lookup hash anew under the highest key version."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sidan.core.crypto import CryptoError, lookup_keys
from sidan.core.rotation import hashed_columns, rotate


class Command(BaseCommand):
    """Run off line (no web and no worker process), may be stopped, goes on where it was."""

    help = (
        "Makes every lookup hash anew under the highest version in SIDAN_LOOKUP_KEYS, from the encrypted value beside "
        "it. Stop the web and worker processes before: with two versions in a column its unique index cannot tell that "
        "two hashes are of one value."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Move all columns and tell how far it is."""
        head = lookup_keys().active_head
        columns, lost = hashed_columns()
        try:
            for label, moved in rotate(columns=columns, head=head, tell=self._tell):
                self.stdout.write(f"{label}: {moved} moved")
        except CryptoError as exc:
            raise CommandError(str(exc)) from exc
        for label in lost:
            self.stdout.write(f"{label}: left to run out (its plain value is not kept)")
        self.stdout.write(self.style.SUCCESS(f"All hashes are under lookup key version {head[0]}."))

    def _tell(self, label: str, done: int, total: int) -> None:
        self.stderr.write(f"{label}: {done} of {total}")
