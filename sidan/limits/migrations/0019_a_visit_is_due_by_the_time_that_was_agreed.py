"""How the unit of a visit's limit reads: the columns stay as they are."""

from django.db import migrations, models

UNITS = [
    ("working_days", "working days"),
    ("working_hours", "office hours"),
    ("hours", "hours"),
    ("minutes", "minutes"),
    (
        "wished",
        "until the wished time; when that has passed, or a later one is agreed, at most in so many hours",
    ),
]


class Migration(migrations.Migration):
    dependencies = [("limits", "0018_a_report_that_is_late_is_told_of_one_level_up")]
    operations = [
        migrations.AlterField("limit", "unit", models.CharField(max_length=14, choices=UNITS)),
    ]
