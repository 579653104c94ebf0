"""What telephones told afterwards is never changed."""

from django.db import migrations

from sidan.core.database import append_only


class Migration(migrations.Migration):
    dependencies = [("attendance", "0009_telephones_tell_afterwards")]
    operations = [append_only("attendance_offlinerecord")]
