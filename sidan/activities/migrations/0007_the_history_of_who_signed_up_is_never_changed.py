"""The history of who signed up is never changed, and who signed up changes state with a turn only."""

from django.db import migrations

from sidan.core.database import append_only

GUARD = """
CREATE FUNCTION activities_guard_enrolment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state <> OLD.state AND NEW.turn <= OLD.turn THEN
        RAISE EXCEPTION 'enrolment % changes state without a turn', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.activity_id <> OLD.activity_id OR NEW.uuid <> OLD.uuid THEN
        RAISE EXCEPTION 'enrolment % keeps its activity', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER activities_enrolment_guard BEFORE UPDATE ON activities_enrolment
    FOR EACH ROW EXECUTE FUNCTION activities_guard_enrolment();
"""
UNGUARD = """
DROP TRIGGER activities_enrolment_guard ON activities_enrolment; DROP FUNCTION activities_guard_enrolment();
"""


class Migration(migrations.Migration):
    dependencies = [("activities", "0006_posts_and_who_signed_up")]
    operations = [
        append_only("activities_enrolmentstep"),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
