"""On which devices an account signed in, as keyed hashes: compared only, and forgotten after half a year."""

from datetime import date, datetime

from sidan.core.clock import business_date
from sidan.people.models import DeviceMark


def note_device(*, at: datetime, account_id: int, mark: str) -> None:
    """Remember that an account signed in where this mark is; again on a later day moves the day on."""
    day = business_date(at)
    row, is_new = DeviceMark.objects.get_or_create(
        account_id=account_id, mark_hash=mark, defaults={"seen_on": day}
    )
    if not is_new and row.seen_on < day:
        DeviceMark.objects.filter(pk=row.pk).update(seen_on=day)


def forget_devices(*, before: date) -> int:
    """Remove what was not seen since a day; returns how many rows went."""
    return DeviceMark.objects.filter(seen_on__lt=before).delete()[0]
