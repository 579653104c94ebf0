"""Whoever loads many rows may let the indexes of search take them in all at once, and not some at every row.

An inverted index keeps new rows in a list that every search reads through; a loader lets the list grow, and a word
that thousands of rows have goes into the index once. What still waits in the list is put in before the planner is told.
"""

from django.db import migrations

ANALYSE = """
CREATE OR REPLACE FUNCTION core_analyse() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE one regclass;
BEGIN{takes_in}
    FOR one IN SELECT oid FROM pg_class
        WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND pg_has_role(relowner, 'USAGE')
    LOOP
        EXECUTE format('ANALYZE %s', one);
    END LOOP;
END $$;
"""
TAKES_IN = """
    PERFORM gin_clean_pending_list(kept.oid) FROM pg_class kept JOIN pg_am way ON way.oid = kept.relam
    WHERE way.amname = 'gin' AND kept.relkind = 'i' AND kept.relnamespace = 'public'::regnamespace
      AND pg_has_role(kept.relowner, 'USAGE');"""


class Migration(migrations.Migration):
    dependencies = [("core", "0004_the_planner_is_told_what_came_in")]
    operations = [
        migrations.RunSQL(ANALYSE.replace("{takes_in}", TAKES_IN), ANALYSE.replace("{takes_in}", ""))
    ]
