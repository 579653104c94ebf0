"""A wish can be changed before a team takes it; how it was stays written beside the step."""

import django.db.models.deletion
from django.db import migrations, models

from sidan.core.database import append_only


class Migration(migrations.Migration):
    dependencies = [("orders", "0007_handovers_are_never_changed")]
    operations = [
        migrations.CreateModel(
            name="OrderChange",
            fields=[
                (
                    "step",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="change",
                        serialize=False,
                        to="orders.orderstep",
                    ),
                ),
                ("wished_from_before", models.DateTimeField(null=True)),
                ("wished_to_before", models.DateTimeField(null=True)),
                ("people_before", models.PositiveSmallIntegerField(null=True)),
                ("need_changed", models.BooleanField()),
                ("contact_changed", models.BooleanField()),
            ],
        ),
        append_only("orders_orderchange"),
    ]
