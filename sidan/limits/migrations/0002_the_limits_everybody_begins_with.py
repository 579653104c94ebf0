"""The limits that hold everywhere until a place says otherwise (no rule of the country gives numbers: R-Z3)."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import migrations

BEGINS = datetime(2026, 11, 22, tzinfo=ZoneInfo("Asia/Shanghai"))
# step, urgency, amount, unit, at half, at the end
LIMITS = [
    ("admit", "normal", 1, "working_days", "who_acts", "up"),
    ("dispatch", "normal", 1, "working_days", "who_acts", "up"),
    ("accept", "normal", 24, "hours", "who_acts", "to_pool"),
    ("accept", "urgent", 2, "hours", "who_acts", "to_pool"),
    ("contact", "normal", 24, "hours", "who_acts", "remind"),
    ("visit", "normal", 168, "wished", "who_acts", "remind"),
    # The records of a service are due within ten working days (Order 67 of the Ministry of Civil Affairs).
    ("report", "normal", 10, "working_days", "who_acts", "remind"),
    ("review", "normal", 168, "hours", "who_acts", "close"),
]


def write(apps, schema_editor):
    """Write the first word on every step."""
    limits = apps.get_model("limits", "Limit")
    limits.objects.bulk_create(
        limits(step=step, urgency=urgency, amount=amount, unit=unit, at_half=half, at_end=end, at=BEGINS)
        for step, urgency, amount, unit, half, end in LIMITS
    )


class Migration(migrations.Migration):
    dependencies = [("limits", "0001_limits_and_their_clocks")]
    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
