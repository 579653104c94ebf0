"""Causes are never changed."""

from django.db import migrations

from sidan.core.database import append_only


class Migration(migrations.Migration):
    dependencies = [("evidence", "0001_register_of_causes")]
    operations = [append_only("evidence_cause")]
