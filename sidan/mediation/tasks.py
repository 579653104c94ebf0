"""Jobs of mediation."""

from datetime import datetime

from sidan.core.jobs import periodic
from sidan.mediation import operations


@periodic(name="mediation.remind", cron="7 0 * * *")
def remind(*, at: datetime) -> None:
    """Remind of sittings and follow-ups (08:07 in China)."""
    operations.remind(at=at)
