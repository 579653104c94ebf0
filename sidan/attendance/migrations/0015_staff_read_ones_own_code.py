"""Whose telephone shows their own code is marked by who reads it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("attendance", "0014_what_counts_is_never_replaced")]
    operations = [
        migrations.AlterField(
            model_name="mark",
            name="way",
            field=models.CharField(
                choices=[
                    ("code", "By the code at the door"),
                    ("scan", "By one's own code, read by staff"),
                    ("place", "By the place of the telephone"),
                    ("hand", "By hand, with a reason"),
                ],
                max_length=8,
            ),
        ),
        migrations.AlterField(
            model_name="offlinerecord",
            name="way",
            field=models.CharField(
                choices=[
                    ("code", "By the code at the door"),
                    ("scan", "By one's own code, read by staff"),
                    ("place", "By the place of the telephone"),
                    ("hand", "By hand, with a reason"),
                ],
                max_length=8,
            ),
        ),
    ]
