"""What was attended, counted and done is appended; pupils leave once; a class is had by schools of its county."""

from django.db import migrations

from sidan.core.database import append_only

OF_SCHOOL = """
CREATE FUNCTION schools_guard_school() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state <> OLD.state AND NEW.turn <= OLD.turn THEN
        RAISE EXCEPTION 'school % changes state without a turn', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.place_id <> OLD.place_id OR NEW.county_id IS DISTINCT FROM OLD.county_id OR NEW.uuid <> OLD.uuid THEN
        RAISE EXCEPTION 'school % keeps its place', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.state = 'closed' AND (to_jsonb(NEW) - 'state' - 'state_since' - 'turn')
       <> (to_jsonb(OLD) - 'state' - 'state_since' - 'turn') THEN
        RAISE EXCEPTION 'school % is closed', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER schools_school_guard BEFORE UPDATE ON schools_school
    FOR EACH ROW EXECUTE FUNCTION schools_guard_school();
CREATE FUNCTION schools_guard_active() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM schools_school WHERE id = NEW.school_id AND state = 'active' FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'school % is closed', NEW.school_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER schools_pupil_joins_an_active BEFORE INSERT ON schools_pupil
    FOR EACH ROW EXECUTE FUNCTION schools_guard_active();
CREATE TRIGGER schools_session_of_an_active BEFORE INSERT ON schools_session
    FOR EACH ROW EXECUTE FUNCTION schools_guard_active();
CREATE TRIGGER schools_series_of_an_active BEFORE INSERT ON schools_seriesschool
    FOR EACH ROW EXECUTE FUNCTION schools_guard_active();
CREATE FUNCTION schools_guard_pupil() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.left_on IS NOT NULL OR (to_jsonb(NEW) - 'left_on' - 'left_at' - 'left_by_id')
       <> (to_jsonb(OLD) - 'left_on' - 'left_at' - 'left_by_id') THEN
        RAISE EXCEPTION 'pupil % leaves once, and nothing else of them changes', OLD.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER schools_pupil_guard BEFORE UPDATE ON schools_pupil
    FOR EACH ROW EXECUTE FUNCTION schools_guard_pupil();
REVOKE DELETE, TRUNCATE ON schools_pupil FROM sidan_app;
CREATE TRIGGER schools_pupil_stays BEFORE DELETE ON schools_pupil
    FOR EACH ROW EXECUTE FUNCTION core_refuse_change();
CREATE FUNCTION schools_guard_session() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF (to_jsonb(NEW) - 'address') <> (to_jsonb(OLD) - 'address') THEN
            RAISE EXCEPTION 'of a class that a school has only the address changes' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM schools_school school
        JOIN activities_activity held ON held.county_id IS NOT DISTINCT FROM school.county_id
        WHERE school.id = NEW.school_id AND held.id = NEW.activity_id AND held.kind = 'class'
    ) THEN
        RAISE EXCEPTION 'activity % is no class of the county of school %', NEW.activity_id, NEW.school_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER schools_session_guard BEFORE INSERT OR UPDATE ON schools_session
    FOR EACH ROW EXECUTE FUNCTION schools_guard_session();
"""
OF_ATTENDING = """
CREATE FUNCTION schools_guard_online() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM schools_pupil pupil JOIN schools_session held ON held.school_id = pupil.school_id
        WHERE pupil.id = NEW.pupil_id AND pupil.person_id = NEW.person_id AND pupil.left_on IS NULL
          AND held.id = NEW.session_id AND held.activity_id = NEW.activity_id AND held.way <> 'room' FOR SHARE OF pupil;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'class % is not had online by a school of person %', NEW.session_id, NEW.person_id
            USING ERRCODE = 'check_violation';
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM activities_activity held JOIN schools_session had ON had.activity_id = held.id
        WHERE had.id = NEW.session_id AND held.state IN ('announced', 'open', 'running', 'ended', 'filed')
          AND NEW.at >= lower(held.during) AND NEW.at < upper(held.during) + had.open_days * interval '1 day'
    ) THEN
        RAISE EXCEPTION 'class % is not open online', NEW.session_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER schools_online_guard BEFORE INSERT ON schools_onlinemark
    FOR EACH ROW EXECUTE FUNCTION schools_guard_online();
CREATE FUNCTION schools_guard_count() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.day > (NEW.at AT TIME ZONE 'Asia/Shanghai')::date THEN
        RAISE EXCEPTION 'viewers of a day to come' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.instead_of_id IS NOT NULL THEN
        PERFORM 1 FROM schools_session WHERE id = NEW.session_id FOR NO KEY UPDATE;
        PERFORM 1 FROM schools_viewercount before WHERE before.id = NEW.instead_of_id
            AND before.session_id = NEW.session_id AND before.day = NEW.day AND before.source = NEW.source;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'a number stands instead of one of the same class, day and source'
                USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER schools_count_guard BEFORE INSERT ON schools_viewercount
    FOR EACH ROW EXECUTE FUNCTION schools_guard_count();
CREATE FUNCTION schools_guard_word() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- The numbers themselves are never written again, and so cannot be locked: their class is.
    PERFORM 1 FROM schools_session held JOIN schools_viewercount said ON said.session_id = held.id
        WHERE said.id = NEW.count_id FOR NO KEY UPDATE OF held;
    PERFORM 1 FROM schools_viewercount said WHERE said.id = NEW.count_id AND said.by_id <> NEW.by_id
        AND NOT EXISTS (SELECT 1 FROM schools_viewercount later WHERE later.instead_of_id = said.id);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'number % takes no word of this person', NEW.count_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER schools_word_guard BEFORE INSERT ON schools_viewerword
    FOR EACH ROW EXECUTE FUNCTION schools_guard_word();
"""
NO_SCHOOL = """
DROP TRIGGER schools_school_guard ON schools_school; DROP FUNCTION schools_guard_school();
DROP TRIGGER schools_pupil_joins_an_active ON schools_pupil; DROP TRIGGER schools_session_of_an_active ON schools_session;
DROP TRIGGER schools_series_of_an_active ON schools_seriesschool; DROP FUNCTION schools_guard_active();
DROP TRIGGER schools_pupil_guard ON schools_pupil; DROP FUNCTION schools_guard_pupil();
DROP TRIGGER schools_pupil_stays ON schools_pupil; GRANT DELETE ON schools_pupil TO sidan_app;
DROP TRIGGER schools_session_guard ON schools_session; DROP FUNCTION schools_guard_session();
"""
NO_ATTENDING = """
DROP TRIGGER schools_online_guard ON schools_onlinemark; DROP FUNCTION schools_guard_online();
DROP TRIGGER schools_count_guard ON schools_viewercount; DROP FUNCTION schools_guard_count();
DROP TRIGGER schools_word_guard ON schools_viewerword; DROP FUNCTION schools_guard_word();
"""


class Migration(migrations.Migration):
    dependencies = [("schools", "0002_what_a_school_must_be")]
    operations = [
        append_only("schools_schoolstep"),
        append_only("schools_onlinemark"),
        append_only("schools_viewercount"),
        append_only("schools_viewerword"),
        migrations.RunSQL(OF_SCHOOL, NO_SCHOOL),
        migrations.RunSQL(OF_ATTENDING, NO_ATTENDING),
    ]
