"""The distance of a reading may be to the spot of an activity."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("attendance", "0016_what_waits_for_a_word_is_found_by_its_time")]
    operations = [
        migrations.AlterField(
            model_name="mark",
            name="measured_to",
            field=models.CharField(
                blank=True,
                choices=[
                    ("visit", "the point of the visit"),
                    ("spot", "the spot of the activity"),
                    ("place", "the village's own point"),
                ],
                db_default="",
                default="",
                max_length=5,
            ),
        ),
    ]
