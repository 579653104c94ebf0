"""The days that have a name, as centers keep them."""

import json
from pathlib import Path

from django.db import migrations

FILE = Path(__file__).resolve().parent.parent / "data" / "named_days.json"


def load(apps, schema_editor):
    """Write down every day of the file; a new installation begins with what the file says by then."""
    named = apps.get_model("activities", "NamedDay")
    rows = json.loads(FILE.read_text("utf-8"))
    named.objects.bulk_create(named(position=nth, **row) for nth, row in enumerate(rows))


class Migration(migrations.Migration):
    dependencies = [("activities", "0001_days_have_names")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
