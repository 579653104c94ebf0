"""That the office was told that an order of a wish is over, once for each time it came to that."""

import django.db.models.deletion
from django.db import migrations, models

from sidan.core.database import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0034_one_call_of_an_order_or_of_a_part"),
        ("wishes", "0009_how_one_agreed_to_a_wish_is_never_changed"),
    ]

    operations = [
        migrations.CreateModel(
            name="WishOrderOver",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "link",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="overs",
                        to="wishes.wishorder",
                    ),
                ),
                (
                    "step",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orders.orderstep"
                    ),
                ),
            ],
            options={"ordering": ["id"]},
        ),
        append_only("wishes_wishorderover"),
    ]
