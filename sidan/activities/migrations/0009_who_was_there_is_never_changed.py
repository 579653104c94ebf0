"""What was counted, and for what people are marked, is appended only; a count gives way to one of its own activity."""

from django.db import migrations

from sidan.core.database import append_only

GUARD = """
CREATE FUNCTION activities_guard_count() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM activities_headcount prior
         WHERE prior.id = NEW.instead_of_id AND prior.activity_id = NEW.activity_id
    ) THEN
        RAISE EXCEPTION 'a count gives way to one of its own activity' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER activities_headcount_guard BEFORE INSERT ON activities_headcount
    FOR EACH ROW WHEN (NEW.instead_of_id IS NOT NULL) EXECUTE FUNCTION activities_guard_count();
"""
UNGUARD = """
DROP TRIGGER activities_headcount_guard ON activities_headcount; DROP FUNCTION activities_guard_count();
"""


class Migration(migrations.Migration):
    dependencies = [("activities", "0008_who_was_there")]
    operations = [
        append_only("activities_gathering"),
        append_only("activities_headcount"),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
