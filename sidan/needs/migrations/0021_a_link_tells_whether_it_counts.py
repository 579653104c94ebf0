"""A link of a need says by a row when it counts no longer, and when again."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("needs", "0020_needs_whose_order_was_merged_are_traced")]
    operations = [
        migrations.CreateModel(
            name="NeedTraceStanding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("stands", models.BooleanField()),
                ("at", models.DateTimeField()),
                (
                    "trace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="standings",
                        to="needs.needtrace",
                    ),
                ),
            ],
            options={"ordering": ["id"]},
        )
    ]
