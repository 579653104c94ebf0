"""Who entered an order for somebody has it asked about in one working day; a closing in three, what was not well too.

No rule of the country gives the numbers; they were days of the clock before. What these clocks did is never changed.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import migrations

from sidan.core.database import append_only

BEGINS = datetime(2026, 11, 22, tzinfo=ZoneInfo("Asia/Shanghai"))
# step, working days
LIMITS = [("confirm", 1), ("call_back", 3), ("follow_up", 3)]


def write(apps, schema_editor):
    """Write the first words on them."""
    limits = apps.get_model("limits", "Limit")
    limits.objects.bulk_create(
        limits(step=step, amount=days, unit="working_days", at_half="who_acts", at_end="remind", at=BEGINS)
        for step, days in LIMITS
    )


class Migration(migrations.Migration):
    dependencies = [("limits", "0015_what_is_done_beside_an_order_has_clocks")]
    operations = [migrations.RunPython(write, migrations.RunPython.noop), append_only("limits_taskfiring")]
