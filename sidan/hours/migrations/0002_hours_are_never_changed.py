"""Hours are appended and taken back, never changed; what stands and the totals are kept by the database itself.

An entry writes its own line in `hours_standing` and adds to the totals of its person and team; a counter-record takes
just its record back. Nobody else writes those two tables: they cannot be told anything that the entries do not say.
"""

from django.db import migrations

from sidan.core.database import append_only

KEEP = """
CREATE FUNCTION hours_check_counter() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE taken hours_entry%ROWTYPE;
BEGIN
    IF NEW.counters_id IS NOT NULL THEN
        SELECT * INTO taken FROM hours_entry WHERE id = NEW.counters_id;
        IF taken.counters_id IS NOT NULL OR NEW.minutes <> -taken.minutes
           OR (NEW.occasion_id, NEW.person_id, NEW.place_id, NEW.during, NEW.day)
              <> (taken.occasion_id, taken.person_id, taken.place_id, taken.during, taken.day)
           OR (NEW.team_id, NEW.county_id) IS DISTINCT FROM (taken.team_id, taken.county_id) THEN
            RAISE EXCEPTION 'a counter-record takes back just the record %', NEW.counters_id
                USING ERRCODE = 'restrict_violation';
        END IF;
    ELSIF NEW.minutes > EXTRACT(epoch FROM upper(NEW.during) - lower(NEW.during)) / 60 THEN
        RAISE EXCEPTION 'a record has no more minutes than its time' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.follows_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM hours_entry WHERE id = NEW.follows_id AND counters_id IS NOT NULL AND person_id = NEW.person_id
    ) THEN
        RAISE EXCEPTION 'a correction follows a counter-record of the same person'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER hours_entry_check BEFORE INSERT ON hours_entry
    FOR EACH ROW EXECUTE FUNCTION hours_check_counter();

CREATE FUNCTION hours_keep_sums() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE whose record;
BEGIN
    IF NEW.counters_id IS NULL THEN
        INSERT INTO hours_standing (entry_id, person_id, during) VALUES (NEW.id, NEW.person_id, NEW.during);
    ELSE
        DELETE FROM hours_standing WHERE entry_id = NEW.counters_id;
    END IF;
    -- The person first, whose row the caller has locked; then the team.
    FOR whose IN SELECT * FROM (VALUES (1, 'person', NEW.person_id), (2, 'team', NEW.team_id)) AS sums(n, kind, id)
                 WHERE id IS NOT NULL ORDER BY n LOOP
        INSERT INTO hours_total (subject, subject_id, month, minutes, records)
        VALUES (whose.kind, whose.id, date_trunc('month', NEW.day)::date, 0, 0)
        ON CONFLICT (subject, subject_id, month) DO NOTHING;
        UPDATE hours_total SET minutes = minutes + NEW.minutes, records = records + sign(NEW.minutes)
        WHERE (subject, subject_id, month) = (whose.kind, whose.id, date_trunc('month', NEW.day)::date);
    END LOOP;
    RETURN NULL;
END $$;
CREATE TRIGGER hours_entry_sums AFTER INSERT ON hours_entry
    FOR EACH ROW EXECUTE FUNCTION hours_keep_sums();

CREATE FUNCTION hours_refuse_hands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() < 2 THEN
        RAISE EXCEPTION '% is kept by the entries alone', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER hours_standing_by_entries BEFORE INSERT OR UPDATE OR DELETE ON hours_standing
    FOR EACH ROW EXECUTE FUNCTION hours_refuse_hands();
CREATE TRIGGER hours_total_by_entries BEFORE INSERT OR UPDATE OR DELETE ON hours_total
    FOR EACH ROW EXECUTE FUNCTION hours_refuse_hands();

CREATE FUNCTION hours_guard_claim() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state <> OLD.state AND NEW.turn <= OLD.turn THEN
        RAISE EXCEPTION 'claim % changes state without a turn', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF (NEW.uuid, NEW.occasion_id, NEW.person_id, NEW.place_id, NEW.kind, NEW.tier, NEW.during, NEW.minutes)
       <> (OLD.uuid, OLD.occasion_id, OLD.person_id, OLD.place_id, OLD.kind, OLD.tier, OLD.during, OLD.minutes) THEN
        RAISE EXCEPTION 'claim % keeps whose it is and its time', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER hours_claim_guard BEFORE UPDATE ON hours_claim
    FOR EACH ROW EXECUTE FUNCTION hours_guard_claim();
"""
LEAVE = """
DROP TRIGGER hours_claim_guard ON hours_claim; DROP FUNCTION hours_guard_claim();
DROP TRIGGER hours_total_by_entries ON hours_total; DROP TRIGGER hours_standing_by_entries ON hours_standing;
DROP FUNCTION hours_refuse_hands();
DROP TRIGGER hours_entry_sums ON hours_entry; DROP FUNCTION hours_keep_sums();
DROP TRIGGER hours_entry_check ON hours_entry; DROP FUNCTION hours_check_counter();
"""


class Migration(migrations.Migration):
    dependencies = [("hours", "0001_hours_and_their_claims")]
    operations = [
        append_only("hours_occasion"),
        append_only("hours_entry"),
        append_only("hours_claimstep"),
        migrations.RunSQL(KEEP, LEAVE),
    ]
