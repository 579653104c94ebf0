"""What a second person said, and the times that count, are never changed."""

from django.db import migrations

from sidan.core.database import append_only


class Migration(migrations.Migration):
    dependencies = [("attendance", "0007_grades_follow_the_way")]
    operations = [append_only("attendance_confirmation"), append_only("attendance_interval")]
