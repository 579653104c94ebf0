"""Who must answer a wish, until when, and whether its words speak of danger to life."""

import django.db.models.deletion
from django.db import migrations, models

URGENCIES = [("normal", "Normal"), ("urgent", "Urgent"), ("danger", "Danger to life")]


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0013_orders_know_when_they_are_due"),
        ("places", "0008_what_was_said_of_days_is_never_changed"),
        ("wishes", "0004_wishes_of_before_are_found_too"),
    ]
    operations = [
        migrations.AddField(
            "wish",
            "holder",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.place"
            ),
        ),
        migrations.AddField(
            "wish", "urgency", models.CharField(max_length=8, choices=URGENCIES, default="normal")
        ),
        migrations.AddField("wish", "due_at", models.DateTimeField(null=True)),
        migrations.AddField("wish", "half_at", models.DateTimeField(null=True)),
    ]
