"""Steps and counts are never changed; a stall stays at its fair, who has it moves with a turn only and at that fair."""

from django.db import migrations

from sidan.core.database import append_only

GUARD = """
CREATE FUNCTION fairs_guard_stall() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    fair activities_activity%ROWTYPE;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW.activity_id <> OLD.activity_id OR NEW.place_id <> OLD.place_id OR NEW.uuid <> OLD.uuid
           OR NEW.county_id IS DISTINCT FROM OLD.county_id THEN
            RAISE EXCEPTION 'stall % stays at its fair', OLD.id USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    SELECT * INTO STRICT fair FROM activities_activity WHERE id = NEW.activity_id;
    IF fair.kind <> 'fair' OR fair.place_id <> NEW.place_id OR fair.county_id IS DISTINCT FROM NEW.county_id THEN
        RAISE EXCEPTION 'stall % is not of a fair of its place', NEW.number USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER fairs_stall_guard BEFORE INSERT OR UPDATE ON fairs_stall
    FOR EACH ROW EXECUTE FUNCTION fairs_guard_stall();
CREATE FUNCTION fairs_guard_holder() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.stall_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM fairs_stall WHERE id = NEW.stall_id AND activity_id = NEW.activity_id
    ) THEN
        RAISE EXCEPTION 'stall % is of another fair', NEW.stall_id USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NOT EXISTS (
            SELECT 1 FROM activities_activity WHERE id = NEW.activity_id AND place_id = NEW.place_id
                AND county_id IS NOT DISTINCT FROM NEW.county_id
        ) THEN
            RAISE EXCEPTION 'a stallholder is not of its fair''s place' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.state <> OLD.state AND NEW.turn <= OLD.turn THEN
        RAISE EXCEPTION 'stallholder % changes state without a turn', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.activity_id <> OLD.activity_id OR NEW.place_id <> OLD.place_id OR NEW.uuid <> OLD.uuid
       OR NEW.county_id IS DISTINCT FROM OLD.county_id OR NEW.team_id IS DISTINCT FROM OLD.team_id
       OR NEW.organisation <> OLD.organisation
       OR (NEW.stall_id IS DISTINCT FROM OLD.stall_id AND OLD.state <> 'asked') THEN
        RAISE EXCEPTION 'stallholder % keeps who it is and its stall', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER fairs_holder_guard BEFORE INSERT OR UPDATE ON fairs_stallholder
    FOR EACH ROW EXECUTE FUNCTION fairs_guard_holder();
CREATE FUNCTION fairs_guard_count() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.instead_of_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM fairs_stallcount WHERE id = NEW.instead_of_id AND stall_id = NEW.stall_id
    ) THEN
        RAISE EXCEPTION 'count % is of another stall', NEW.instead_of_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER fairs_count_guard BEFORE INSERT ON fairs_stallcount
    FOR EACH ROW EXECUTE FUNCTION fairs_guard_count();
"""
UNGUARD = """
DROP TRIGGER fairs_stall_guard ON fairs_stall; DROP FUNCTION fairs_guard_stall();
DROP TRIGGER fairs_holder_guard ON fairs_stallholder; DROP FUNCTION fairs_guard_holder();
DROP TRIGGER fairs_count_guard ON fairs_stallcount; DROP FUNCTION fairs_guard_count();
"""


class Migration(migrations.Migration):
    dependencies = [("fairs", "0002_six_kinds_of_services")]
    operations = [
        append_only("fairs_stallholderstep"),
        append_only("fairs_stallcount"),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
