"""A correction is of the same service, within the time of the record it follows, and shorter: longer is a late time.

The counter-record that it follows has the whole time of the record. Asked of what is written from now on.
"""

from django.db import migrations

GUARD = """
CREATE FUNCTION hours_check_correction() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM hours_entry counter
        WHERE counter.id = NEW.follows_id AND NEW.during <@ counter.during AND NEW.minutes < -counter.minutes
          AND (NEW.occasion_id, NEW.place_id, NEW.day) = (counter.occasion_id, counter.place_id, counter.day)
          AND (NEW.team_id, NEW.county_id) IS NOT DISTINCT FROM (counter.team_id, counter.county_id)
    ) THEN
        RAISE EXCEPTION 'a correction lies within the record that % took back', NEW.follows_id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER hours_entry_check_correction BEFORE INSERT ON hours_entry
    FOR EACH ROW WHEN (NEW.follows_id IS NOT NULL) EXECUTE FUNCTION hours_check_correction();
"""
UNGUARD = """
DROP TRIGGER hours_entry_check_correction ON hours_entry; DROP FUNCTION hours_check_correction();
"""


class Migration(migrations.Migration):
    dependencies = [("hours", "0002_hours_are_never_changed")]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]
