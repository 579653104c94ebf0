"""A wish is answered within three working days; where its words speak of danger to life, in half an hour of the clock.

No rule of the country gives the numbers. What the clocks of wishes did is never changed, as that of orders.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import migrations

from sidan.core.database import append_only

BEGINS = datetime(2026, 11, 22, tzinfo=ZoneInfo("Asia/Shanghai"))
# urgency, amount, unit
LIMITS = [("normal", 3, "working_days"), ("danger", 30, "minutes")]


def write(apps, schema_editor):
    """Write the first word on the answer."""
    limits = apps.get_model("limits", "Limit")
    limits.objects.bulk_create(
        limits(
            step="answer",
            urgency=urgency,
            amount=amount,
            unit=unit,
            at_half="who_acts",
            at_end="up",
            at=BEGINS,
        )
        for urgency, amount, unit in LIMITS
    )


class Migration(migrations.Migration):
    dependencies = [("limits", "0009_clocks_of_wishes")]
    operations = [migrations.RunPython(write, migrations.RunPython.noop), append_only("limits_wishfiring")]
