"""The serving role may read and write rows, never change tables; what is append-only is narrowed table by table."""

from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations

from sidan.core.database import REFUSE_CHANGE_SQL

GRANTS = """
GRANT USAGE ON SCHEMA public TO sidan_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO sidan_app;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO sidan_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO sidan_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO sidan_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT EXECUTE ON FUNCTIONS TO sidan_app;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []
    operations = [
        # Dated rows refuse overlaps of equal ids: EXCLUDE over bigint needs it (a trusted extension).
        BtreeGistExtension(),
        migrations.RunSQL(GRANTS, migrations.RunSQL.noop),
        migrations.RunSQL(REFUSE_CHANGE_SQL, "DROP FUNCTION IF EXISTS core_refuse_change();"),
    ]
