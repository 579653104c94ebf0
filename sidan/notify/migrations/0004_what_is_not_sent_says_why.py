from django.db import migrations, models
from django.db.models import Q

REASONS = [
    ("read", "Read in the inbox before it left"),
    ("unwanted", "The reader does not want it sent"),
    ("no_address", "The reader has no address that a channel here sends to"),
    ("no_channel", "No channel was set up here"),
]


class Migration(migrations.Migration):
    dependencies = [("notify", "0003_what_waits_is_found_again")]
    operations = [
        migrations.AddField(
            model_name="notice",
            name="left_out",
            field=models.CharField(blank=True, choices=REASONS, db_default="", default="", max_length=10),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=Q(("left_out", ""), _negated=True),
                fields=["left_out", "at"],
                name="notify_left_out",
            ),
        ),
    ]
