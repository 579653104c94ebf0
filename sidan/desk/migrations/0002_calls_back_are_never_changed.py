"""Calls back are never changed."""

from django.db import migrations

from sidan.core.database import append_only


class Migration(migrations.Migration):
    dependencies = [("desk", "0001_calls_back_and_codes")]
    operations = [append_only("desk_confirmation")]
