"""A mark may be written instead of one that was denied or only told: one stands, the others stay as told."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("attendance", "0012_what_is_measured_says_to_what")]
    operations = [
        migrations.AddField(
            "mark",
            "instead_of",
            models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="replaced_by",
                to="attendance.mark",
            ),
        ),
        migrations.RemoveConstraint("mark", "attendance_came_and_went_once"),
        migrations.AddConstraint(
            "mark",
            models.UniqueConstraint(
                fields=["cause", "person", "direction"], name="attendance_came_and_went_once",
                condition=Q(instead_of=None),
            ),
        ),
    ]  # fmt: skip
