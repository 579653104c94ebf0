"""The days off and worked weekends of 2025 as published, for installations that began without them."""

import csv
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from django.db import migrations

FILE = Path(__file__).resolve().parent.parent / "data" / "working_days.csv"
YEAR = "2025-"
PUBLISHED = datetime(2024, 11, 12, 12, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


def load(apps, schema_editor):
    """Write down the days of that year of which the country has said nothing here; a new installation has them all."""
    entries = apps.get_model("places", "WorkingDayEntry")
    said = {day.isoformat() for day in entries.objects.filter(place=None).values_list("day", flat=True)}
    with FILE.open(encoding="utf-8", newline="") as lines:
        rows = [
            entries(day=row["day"], kind=row["kind"], occasion=row["occasion"], at=PUBLISHED)
            for row in csv.DictReader(lines)
            if row["day"].startswith(YEAR) and row["day"] not in said
        ]
    entries.objects.bulk_create(rows)


class Migration(migrations.Migration):
    dependencies = [("places", "0008_what_was_said_of_days_is_never_changed")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
