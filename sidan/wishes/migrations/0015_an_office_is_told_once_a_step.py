"""The office of each wish is told once that an order for it is over."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("wishes", "0014_an_order_may_be_over_for_several_wishes")]

    operations = [
        migrations.AddConstraint(
            model_name="wishorderover",
            constraint=models.UniqueConstraint(
                fields=["step", "link"], name="wishes_office_told_once_a_step"
            ),
        ),
    ]
