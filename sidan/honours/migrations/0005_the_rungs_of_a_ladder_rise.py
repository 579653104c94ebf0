"""Each star takes more hours than the one before it, and the first takes some."""

from django.db import migrations

RISE = """
CREATE FUNCTION honours_rungs_rise(rungs smallint[]) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT rungs[1] > 0 AND NOT EXISTS (
        SELECT FROM generate_subscripts(rungs, 1) AS nth WHERE rungs[nth] IS NULL OR rungs[nth] <= rungs[nth - 1]
    )
$$;
ALTER TABLE honours_ladder ADD CONSTRAINT honours_rungs_rise CHECK (honours_rungs_rise(rungs));
"""
FALL = """
ALTER TABLE honours_ladder DROP CONSTRAINT honours_rungs_rise;
DROP FUNCTION honours_rungs_rise(smallint[]);
"""


class Migration(migrations.Migration):
    dependencies = [("honours", "0004_the_ladder_that_everybody_begins_with")]
    operations = [migrations.RunSQL(RISE, FALL)]
