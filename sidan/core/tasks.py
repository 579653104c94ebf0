"""Periodic jobs of the ground."""

from datetime import datetime

from sidan.core.idempotency import forget_old_answers
from sidan.core.jobs import periodic
from sidan.core.stalled import forget_old_jobs, take_up_stalled

__all__ = ["forget_answers", "forget_old_jobs", "take_up_stalled"]


@periodic(name="core.forget_old_answers", cron="17 19 * * *")
def forget_answers(*, at: datetime) -> int:
    """Remove answers of repeated writes after a week (03:17 in China)."""
    return forget_old_answers(at=at)
