"""Each part of an order that was split has a time of its own, and may be called openly."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("orders", "0032_a_visit_may_have_its_point")]

    operations = [
        migrations.AddField("workpart", "due_at", models.DateTimeField(null=True)),
        migrations.AddField("workpart", "half_at", models.DateTimeField(null=True)),
        migrations.AddField(
            "opencall",
            "part",
            models.ForeignKey(
                db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="calls",
                to="orders.workpart",
            ),
        ),
    ]  # fmt: skip
