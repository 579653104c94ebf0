"""`rotate_field_keys`: encrypt every encrypted value under the highest key version and the chosen cipher."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sidan.core.crypto import CryptoError, field_keys
from sidan.core.rotation import encrypted_columns, rotate


class Command(BaseCommand):
    """May run while the installation serves, may be stopped, goes on where it was."""

    help = (
        "Encrypts every encrypted value under the highest version in SIDAN_FIELD_KEYS and the cipher of SIDAN_CIPHER. "
        "Keep the old version in the setting until this has finished, and as long as backups made before are of use."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Move all columns and tell how far it is."""
        head = field_keys().active_head
        try:
            for label, moved in rotate(columns=encrypted_columns(), head=head, tell=self._tell):
                self.stdout.write(f"{label}: {moved} moved")
        except CryptoError as exc:
            raise CommandError(str(exc)) from exc
        self.stdout.write(self.style.SUCCESS(f"All values are under field key version {head[0]}."))

    def _tell(self, label: str, done: int, total: int) -> None:
        self.stderr.write(f"{label}: {done} of {total}")
