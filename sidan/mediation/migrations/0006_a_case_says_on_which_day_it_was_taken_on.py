"""A case that is written down afterwards says on which day it was taken on."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("mediation", "0005_a_follow_up_that_was_held_keeps_its_day_from_no_later_one"),
    ]
    operations = [migrations.AddField("case", "taken_on", models.DateField(null=True))]
