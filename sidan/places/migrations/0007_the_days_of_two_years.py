"""The days off and worked weekends of 2026 as published, and of 2027 by law until the State Council has published."""

import csv
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from django.db import migrations

FILE = Path(__file__).resolve().parent.parent / "data" / "working_days.csv"
PUBLISHED = datetime(2025, 11, 4, 12, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


def load(apps, schema_editor):
    """Write down every day of the file; a new installation begins with what the file says by then."""
    entries = apps.get_model("places", "WorkingDayEntry")
    with FILE.open(encoding="utf-8", newline="") as lines:
        rows = [
            entries(day=row["day"], kind=row["kind"], occasion=row["occasion"], at=PUBLISHED)
            for row in csv.DictReader(lines)
        ]
    entries.objects.bulk_create(rows)


class Migration(migrations.Migration):
    dependencies = [("places", "0006_which_days_are_worked")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
