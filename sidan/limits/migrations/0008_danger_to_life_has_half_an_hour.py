"""What speaks of danger to life is looked at, offered, answered and called about within half an hour of the clock.

No rule of the country gives the number: whoever wrote was told to call 120, 119 or 110 at once, and this is the time
in which the office sees to it that somebody did. A place may say otherwise.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import migrations

BEGINS = datetime(2026, 11, 22, tzinfo=ZoneInfo("Asia/Shanghai"))
# step, at the end
LIMITS = [("admit", "up"), ("dispatch", "up"), ("accept", "to_pool"), ("contact", "remind")]


def write(apps, schema_editor):
    """Write the first word on each step that cannot wait."""
    limits = apps.get_model("limits", "Limit")
    limits.objects.bulk_create(
        limits(
            step=step,
            urgency="danger",
            amount=30,
            unit="minutes",
            at_half="who_acts_and_office",
            at_end=end,
            at=BEGINS,
        )
        for step, end in LIMITS
    )


class Migration(migrations.Migration):
    dependencies = [("limits", "0007_each_word_is_said_once")]
    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
