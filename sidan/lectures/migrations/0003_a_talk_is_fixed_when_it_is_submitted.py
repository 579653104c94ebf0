"""A talk changes its state with a turn only and its words while it is a draft; its materials likewise; history stays."""

from django.db import migrations

from sidan.core.database import append_only

GUARD = """
CREATE FUNCTION lectures_guard_talk() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state <> OLD.state AND NEW.turn <= OLD.turn THEN
        RAISE EXCEPTION 'talk % changes state without a turn', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.place_id <> OLD.place_id OR NEW.county_id IS DISTINCT FROM OLD.county_id OR NEW.uuid <> OLD.uuid THEN
        RAISE EXCEPTION 'talk % keeps its place', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.state <> 'draft' AND (to_jsonb(NEW) - 'state' - 'state_since' - 'turn')
       <> (to_jsonb(OLD) - 'state' - 'state_since' - 'turn') THEN
        RAISE EXCEPTION 'talk % is fixed', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER lectures_talk_guard BEFORE UPDATE ON lectures_talk
    FOR EACH ROW EXECUTE FUNCTION lectures_guard_talk();
CREATE FUNCTION lectures_guard_part() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    its_talk bigint;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        RAISE EXCEPTION 'what stands with a talk is added or taken off' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN its_talk := OLD.talk_id; ELSE its_talk := NEW.talk_id; END IF;
    IF NOT EXISTS (SELECT 1 FROM lectures_talk WHERE id = its_talk AND state = 'draft') THEN
        RAISE EXCEPTION 'talk % is fixed', its_talk USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER lectures_material_guard BEFORE INSERT OR UPDATE OR DELETE ON lectures_material
    FOR EACH ROW EXECUTE FUNCTION lectures_guard_part();
CREATE TRIGGER lectures_picture_guard BEFORE INSERT OR UPDATE OR DELETE ON lectures_talkpicture
    FOR EACH ROW EXECUTE FUNCTION lectures_guard_part();
CREATE FUNCTION lectures_guard_given() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM lectures_talk talk JOIN activities_activity held ON held.county_id IS NOT DISTINCT FROM talk.county_id
        WHERE talk.id = NEW.talk_id AND held.id = NEW.activity_id AND held.kind IN ('lecture', 'class', 'training')
    ) THEN
        RAISE EXCEPTION 'talk % is not given at activity %', NEW.talk_id, NEW.activity_id USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.lecturer_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM lectures_lecturer one JOIN lectures_talk talk ON talk.id = NEW.talk_id
        WHERE one.id = NEW.lecturer_id AND one.county_id IS NOT DISTINCT FROM talk.county_id
    ) THEN
        RAISE EXCEPTION 'lecturer % is of another county', NEW.lecturer_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER lectures_given_guard BEFORE INSERT OR UPDATE ON lectures_given
    FOR EACH ROW EXECUTE FUNCTION lectures_guard_given();
"""
UNGUARD = """
DROP TRIGGER lectures_talk_guard ON lectures_talk; DROP FUNCTION lectures_guard_talk();
DROP TRIGGER lectures_material_guard ON lectures_material;
DROP TRIGGER lectures_picture_guard ON lectures_talkpicture; DROP FUNCTION lectures_guard_part();
DROP TRIGGER lectures_given_guard ON lectures_given; DROP FUNCTION lectures_guard_given();
"""


class Migration(migrations.Migration):
    dependencies = [("lectures", "0002_what_a_talk_must_be")]
    operations = [append_only("lectures_talkstep"), migrations.RunSQL(GUARD, UNGUARD)]
