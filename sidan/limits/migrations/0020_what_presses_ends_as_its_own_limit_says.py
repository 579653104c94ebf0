"""What presses may be over by a general limit: its own says what is done then, and the clock names it."""

import django.db.models.deletion
from django.db import migrations, models

CLOCKS = ("timer", "wishtimer", "tasktimer")


class Migration(migrations.Migration):
    dependencies = [("limits", "0019_a_visit_is_due_by_the_time_that_was_agreed")]

    operations = [
        migrations.AddField(
            clock,
            "acts_by",
            models.ForeignKey(
                db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+",
                to="limits.limit",
            ),
        )
        for clock in CLOCKS
    ]  # fmt: skip
