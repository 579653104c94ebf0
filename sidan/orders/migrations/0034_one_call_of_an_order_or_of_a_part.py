"""One call of all of an order at a time, or one of each part: the database sees to it."""

from django.db import migrations, models

LIVE = ("state__in", ["choosing", "open"])


class Migration(migrations.Migration):
    dependencies = [("orders", "0033_parts_have_times_and_calls")]

    operations = [
        migrations.RemoveConstraint("opencall", "orders_one_call_at_a_time"),
        migrations.AddConstraint(
            "opencall",
            models.UniqueConstraint(
                condition=models.Q(("part", None), LIVE), fields=("order",), name="orders_one_call_at_a_time"
            ),
        ),
        migrations.AddConstraint(
            "opencall",
            models.UniqueConstraint(
                condition=models.Q(("part__isnull", False), LIVE), fields=("part",), name="orders_one_call_of_a_part"
            ),
        ),
    ]  # fmt: skip
