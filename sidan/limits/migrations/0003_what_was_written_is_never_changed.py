"""Limits and what their clocks did are never changed."""

from django.db import migrations

from sidan.core.database import append_only


class Migration(migrations.Migration):
    dependencies = [("limits", "0002_the_limits_everybody_begins_with")]
    operations = [append_only("limits_limit"), append_only("limits_firing")]
