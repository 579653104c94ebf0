"""The chips of the queue count open orders by an index of their own, and words are found by one."""

import django.contrib.postgres.indexes
from django.db import migrations, models

OPEN = [
    "submitted", "admitted", "dispatched", "accepted", "scheduled", "under_way", "done", "failed", "reopened",
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0024_older_orders_are_found_by_all_their_words"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="order",
            index=models.Index(
                condition=models.Q(("state__in", OPEN)),
                fields=["state", "state_since", "id"],
                name="orders_open_by_state",
            ),
        ),
        migrations.AddIndex(
            model_name="ordertext",
            index=django.contrib.postgres.indexes.GinIndex(fields=["search"], name="orders_text_search"),
        ),
        migrations.AddIndex(
            model_name="orderhandover",
            index=models.Index(
                condition=models.Q(("kind", "ask_help")),
                fields=["order", "to_place"],
                name="orders_help_asked",
            ),
        ),
    ]
