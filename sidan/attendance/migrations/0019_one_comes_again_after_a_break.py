"""To an activity one comes again: after a break, or the next day. What was told until now is of a first coming."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("attendance", "0018_staffs_telephones_tell_afterwards")]
    operations = [
        migrations.AddField("mark", "nth", models.PositiveSmallIntegerField(default=1, db_default=1)),
        migrations.AddField("interval", "nth", models.PositiveSmallIntegerField(default=1, db_default=1)),
        migrations.RemoveConstraint("mark", "attendance_came_and_went_once"),
        migrations.AddConstraint(
            "mark",
            models.UniqueConstraint(
                fields=["cause", "person", "direction", "nth"], name="attendance_came_and_went_once",
                condition=Q(instead_of=None),
            ),
        ),
        migrations.AddConstraint(
            "mark", models.CheckConstraint(condition=Q(nth__gte=1), name="attendance_comings_count_from_one")
        ),
        migrations.RemoveConstraint("interval", "attendance_one_interval_a_cause"),
        migrations.AddConstraint(
            "interval",
            models.UniqueConstraint(fields=["cause", "person", "nth"], name="attendance_one_interval_a_coming"),
        ),
    ]  # fmt: skip
