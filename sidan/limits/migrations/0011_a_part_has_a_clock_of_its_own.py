"""Each part of an order that was split has a clock of its own."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("limits", "0010_a_wish_is_answered_in_three_working_days"),
        ("orders", "0033_parts_have_times_and_calls"),
    ]

    operations = [
        migrations.AddField(
            "timer",
            "part",
            models.ForeignKey(
                db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+",
                to="orders.workpart",
            ),
        ),
    ]  # fmt: skip
