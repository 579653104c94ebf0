"""A record may be proven by one's own code."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("hours", "0005_occasions_are_found_by_their_end")]
    operations = [
        migrations.AlterField(
            model_name="claim",
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
            model_name="entry",
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
