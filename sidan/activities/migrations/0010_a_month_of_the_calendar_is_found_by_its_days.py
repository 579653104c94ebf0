"""A month of the calendar is found by its days, however many years lie beside it."""

from django.db import migrations, models
from django.db.models.functions import Lower


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0009_who_was_there_is_never_changed"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="activity",
            index=models.Index(
                models.F("county"),
                Lower("during"),
                models.F("id"),
                condition=models.Q(state__in=["announced", "cancelled", "ended", "filed", "open", "running"]),
                name="activities_told",
            ),
        ),
    ]
