"""Jobs of the trail."""

from datetime import datetime

from sidan.audit.operations import make_months_ahead
from sidan.core.jobs import periodic


@periodic(name="audit.make_months", cron="7 18 * * *")
def make_months(*, at: datetime) -> int:
    """Keep the partitions of the coming months ready (02:07 in China, every night: one missed night harms nothing)."""
    return make_months_ahead(at=at)
