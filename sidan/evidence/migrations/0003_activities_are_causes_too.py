"""Helping at an activity and coming to one are causes, too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("evidence", "0002_causes_are_never_changed")]
    operations = [
        migrations.AlterField(
            model_name="cause",
            name="kind",
            field=models.CharField(
                choices=[
                    ("visit", "Visit of an order"),
                    ("activity_help", "Helping at an activity"),
                    ("activity_guests", "Coming to an activity"),
                ],
                max_length=20,
            ),
        ),
    ]
