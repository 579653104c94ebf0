"""What is known by place says to what it was measured."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("attendance", "0011_a_distance_says_to_what_it_was_measured")]
    operations = [
        migrations.AddConstraint(
            "mark",
            models.CheckConstraint(
                condition=Q(way="place") & ~Q(measured_to="") | ~Q(way="place") & Q(measured_to=""),
                name="attendance_by_place_says_to_what",
            ),
        )
    ]
