"""One team has all of an order, or one has a part: the database sees to it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0028_an_order_is_split_among_teams"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("part", None), ("state__in", ["accepted", "offered"])),
                fields=("order",),
                name="orders_one_team_has_all_of_it",
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("part__isnull", False), ("state__in", ["accepted", "offered"])),
                fields=("part",),
                name="orders_one_team_has_a_part",
            ),
        ),
    ]
