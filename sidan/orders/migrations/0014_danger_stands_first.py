"""What speaks of danger to life stands above every queue: found by an index of its own."""

from django.db import migrations, models

OPEN = [
    "submitted", "admitted", "dispatched", "accepted", "scheduled", "under_way", "done", "failed", "reopened",
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("orders", "0013_orders_know_when_they_are_due")]

    operations = [
        migrations.AddIndex(
            model_name="order",
            index=models.Index(
                condition=models.Q(("state__in", OPEN), ("urgency", "danger")),
                fields=["state_since", "id"],
                name="orders_open_in_danger",
            ),
        ),
    ]
