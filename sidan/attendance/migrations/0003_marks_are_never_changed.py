"""Marks are never changed."""

from django.db import migrations

from sidan.core.database import append_only


class Migration(migrations.Migration):
    dependencies = [("attendance", "0002_marks_belong_to_persons")]
    operations = [append_only("attendance_mark")]
