"""Whoever loads many rows may have the planner told of them: a right of the owner of tables, which the app is not.

Without statistics of a hundred thousand orders that just came in, counting them took hours instead of a minute. The
server's own rounds come after some minutes only.
"""

from django.db import migrations

CREATE = """
CREATE FUNCTION core_analyse() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE one regclass;
BEGIN
    FOR one IN SELECT oid FROM pg_class
        WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND pg_has_role(relowner, 'USAGE')
    LOOP
        EXECUTE format('ANALYZE %s', one);
    END LOOP;
END $$;
REVOKE EXECUTE ON FUNCTION core_analyse() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION core_analyse() TO sidan_app;
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0003_keep_the_list_of_migrations_from_the_serving_role")]
    operations = [migrations.RunSQL(CREATE, "DROP FUNCTION core_analyse();")]
