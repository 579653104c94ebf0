"""An order may end because another one of the same person asks for the same."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from sidan.core.database import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0021_the_database_keeps_what_is_private"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="OrderMerge",
            fields=[
                (
                    "step",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name="merge",
                        serialize=False, to="orders.orderstep",
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING, related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "into",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="merged", to="orders.order"
                    ),
                ),
                (
                    "order",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="merge", to="orders.order"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=~models.Q(order=models.F("into")), name="orders_merge_into_another"
                    )
                ]
            },
        ),
        append_only("orders_ordermerge"),
    ]  # fmt: skip
