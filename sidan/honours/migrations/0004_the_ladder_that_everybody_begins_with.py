"""100, 300, 600, 1000 and 1500 hours make one to five stars (Ministry of Civil Affairs, 2012); a county may have its own."""

from datetime import date

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.postgresql.psycopg_any import DateRange


def write(apps: Apps, schema: BaseDatabaseSchemaEditor) -> None:
    """Keep it from the year in which it was written."""
    apps.get_model("honours", "Ladder").objects.create(
        basis="all", rungs=[100, 300, 600, 1000, 1500], during=DateRange(date(2012, 1, 1), None)
    )


class Migration(migrations.Migration):
    dependencies = [("honours", "0003_how_many_hours_make_a_star")]
    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
