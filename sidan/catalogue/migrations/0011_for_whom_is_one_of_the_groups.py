"""For whom a kind of service is meant is told by known groups only."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0010_kinds_of_service_say_for_whom")]

    operations = [
        migrations.AddConstraint(
            model_name="category",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    audience__contained_by=[
                        "elder", "child", "left_behind", "disabled", "hardship", "woman", "veteran",
                    ]
                ),
                name="catalogue_audience_is_known",
            ),
        ),
    ]  # fmt: skip
