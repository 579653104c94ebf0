"""How many orders for one month a project can take."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0011_for_whom_is_one_of_the_groups")]

    operations = [
        migrations.AddField(
            model_name="project",
            name="month_capacity",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="project",
            constraint=models.CheckConstraint(
                condition=models.Q(month_capacity=None)
                | models.Q(month_capacity__gte=1, month_capacity__lte=9999),
                name="catalogue_capacity_is_sane",
            ),
        ),
    ]
