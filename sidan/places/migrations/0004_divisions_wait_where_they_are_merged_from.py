"""Divisions being taken in wait in a table of their own: the serving role may not make temporary ones.

Unlogged: its rows live within one transaction, so a crash has nothing to bring back.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("places", "0003_places_are_found_by_name")]
    operations = [
        migrations.RunSQL(
            sql="""
            CREATE UNLOGGED TABLE places_division_incoming (
                code varchar(12) NOT NULL, name varchar(80) NOT NULL, level smallint NOT NULL,
                parent_code varchar(12) NOT NULL, file text NOT NULL, line integer NOT NULL
            );
            """,
            reverse_sql="DROP TABLE places_division_incoming;",
        ),
    ]
