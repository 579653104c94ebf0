"""Everybody begins with those one level up being told of a report that is late: another word, the first one stays."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import migrations

BEGINS = datetime(2026, 11, 22, tzinfo=ZoneInfo("Asia/Shanghai"))


def write(apps, schema_editor):
    """Say the same as before with another end, where nobody has changed it since."""
    limits = apps.get_model("limits", "Limit")
    words = limits.objects.filter(place=None, category=None, level="", step="report", urgency="normal")
    last = words.order_by("-word").first()
    if last is not None and last.at_end == "remind":
        limits.objects.create(
            step="report",
            urgency="normal",
            word=last.word + 1,
            amount=last.amount,
            unit=last.unit,
            at_half=last.at_half,
            at_end="up",
            at=BEGINS,
        )


class Migration(migrations.Migration):
    dependencies = [("limits", "0017_what_is_late_is_told_again_each_working_day")]
    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
