"""Jobs of the ledger. They run at least once; what is filed is not due again."""

from datetime import datetime
from typing import Final

from django.conf import settings

from sidan.core.jobs import each_alone, periodic
from sidan.dossiers import operations, queries

MOST_IN_ONE_RUN: Final = 500


@periodic(name="dossiers.file", cron="7 * * * *")
def file_activities(*, at: datetime) -> int:
    """File each hour what is whole, and what has been over for as many days as the installation says."""
    days = settings.DOSSIER_DAYS
    return each_alone(
        queries.due_to_be_filed(at=at, days=days, most=MOST_IN_ONE_RUN),
        lambda activity_id: operations.file_due(at=at, activity_id=activity_id, days=days),
    )
