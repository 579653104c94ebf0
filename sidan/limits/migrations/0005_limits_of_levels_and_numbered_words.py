"""A limit may be meant for the places of one level; the words of a place on one thing are numbered; minutes."""

from django.db import migrations, models

KINDS = [
    ("province", "Province"),
    ("city", "City"),
    ("center", "Center"),
    ("institute", "Institute"),
    ("station", "Station"),
    ("point", "Point"),
    ("base", "Base"),
]
UNITS = [
    ("working_days", "working days"),
    ("working_hours", "office hours"),
    ("hours", "hours"),
    ("minutes", "minutes"),
    ("wished", "until the wished time; when that has passed, in so many hours"),
]


class Migration(migrations.Migration):
    dependencies = [("limits", "0004_an_open_call_ends_as_its_limit_says")]
    operations = [
        migrations.AddField(
            "limit", "level", models.CharField(max_length=10, choices=KINDS, blank=True, default="")
        ),
        migrations.AddField("limit", "word", models.PositiveIntegerField(default=1)),
        migrations.AlterField("limit", "unit", models.CharField(max_length=14, choices=UNITS)),
    ]
