"""The history of activities is never changed, and an activity changes its state with a turn only."""

from django.db import migrations

from sidan.core.database import append_only

GUARD = """
CREATE FUNCTION activities_guard_activity() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state <> OLD.state AND NEW.turn <= OLD.turn THEN
        RAISE EXCEPTION 'activity % changes state without a turn', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.place_id <> OLD.place_id OR NEW.county_id IS DISTINCT FROM OLD.county_id OR NEW.uuid <> OLD.uuid
       OR NEW.number <> OLD.number THEN
        RAISE EXCEPTION 'activity % keeps its place, its county and its number', OLD.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER activities_activity_guard BEFORE UPDATE ON activities_activity
    FOR EACH ROW EXECUTE FUNCTION activities_guard_activity();
"""
UNGUARD = "DROP TRIGGER activities_activity_guard ON activities_activity; DROP FUNCTION activities_guard_activity();"


class Migration(migrations.Migration):
    dependencies = [("activities", "0003_activities_and_their_history")]
    operations = [
        append_only("activities_activitystep"),
        append_only("activities_activitychange"),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
