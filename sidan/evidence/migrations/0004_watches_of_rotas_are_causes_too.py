"""A watch of a rota is a cause, too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("evidence", "0003_activities_are_causes_too")]
    operations = [
        migrations.AlterField(
            model_name="cause",
            name="kind",
            field=models.CharField(
                choices=[
                    ("visit", "Visit of an order"),
                    ("activity_help", "Helping at an activity"),
                    ("activity_guests", "Coming to an activity"),
                    ("rota_watch", "A watch of a rota"),
                ],
                max_length=20,
            ),
        ),
    ]
