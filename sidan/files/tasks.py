"""Periodic jobs of files."""

from datetime import datetime

from sidan.core.jobs import periodic
from sidan.files import operations


@periodic(name="files.remove_orphans", cron="37 19 * * *")
def remove_orphans(*, at: datetime) -> None:
    """Remove what nobody uses (03:37 in China)."""
    operations.remove_orphans(at=at)
    operations.remove_stray_bytes(at=at)
