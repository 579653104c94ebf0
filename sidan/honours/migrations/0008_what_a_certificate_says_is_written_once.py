"""What a certificate says is written once; a ladder by which somebody was judged judges that day for ever; and hours of a
row that was merged are hours of the person that is kept.

A sheet is written before the lines of its certificate, which has one at least: later none can be written in place of one
that was erased. Its words may be encrypted anew under another key: the first two bytes name key and cipher.
"""

from django.db import migrations

SHEETS = """
CREATE FUNCTION honours_guard_sheet() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF EXISTS (SELECT FROM honours_certificateline WHERE certificate_id = NEW.certificate_id) THEN
            RAISE EXCEPTION 'what certificate % says was written when it was issued', NEW.certificate_id
                USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.certificate_id <> OLD.certificate_id
       OR NEW.words IS DISTINCT FROM OLD.words
          AND substring(NEW.words FROM 1 FOR 2) = substring(OLD.words FROM 1 FOR 2) THEN
        RAISE EXCEPTION 'what certificate % says is never changed', OLD.certificate_id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER honours_sheet_guard BEFORE INSERT OR UPDATE ON honours_sheet
    FOR EACH ROW EXECUTE FUNCTION honours_guard_sheet();
"""
LEAVE_SHEETS = "DROP TRIGGER honours_sheet_guard ON honours_sheet; DROP FUNCTION honours_guard_sheet();"

LADDERS = """
CREATE FUNCTION honours_has_judged(of_county bigint, days daterange) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT FROM honours_proposal proposal,
            LATERAL (SELECT (proposal.created_at AT TIME ZONE 'Asia/Shanghai')::date AS day) judged
        WHERE proposal.kind = 'star' AND proposal.state <> 'dropped' AND judged.day <@ days
          AND (proposal.county_id = of_county OR of_county IS NULL AND NOT EXISTS (
              SELECT FROM honours_ladder own WHERE own.county_id = proposal.county_id AND own.during @> judged.day
          ))
    )
$$;
CREATE FUNCTION honours_guard_judged() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    its_county bigint;
    is_used boolean;
BEGIN
    IF TG_OP = 'INSERT' THEN
        its_county := NEW.county_id;
        is_used := honours_has_judged(NEW.county_id, NEW.during);
    ELSIF TG_OP = 'DELETE' THEN
        its_county := OLD.county_id;
        is_used := honours_has_judged(OLD.county_id, OLD.during);
    ELSE
        its_county := OLD.county_id;
        is_used := honours_has_judged(OLD.county_id, OLD.during - NEW.during)
            OR honours_has_judged(OLD.county_id, NEW.during - OLD.during);
    END IF;
    IF is_used THEN
        RAISE EXCEPTION 'stars that stand were judged by the ladder of those days in county %', its_county
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
-- After the guard of what a ladder is, by its name: that one refuses another beginning, so that the days left are one span.
CREATE TRIGGER honours_ladder_judged BEFORE INSERT OR UPDATE OR DELETE ON honours_ladder
    FOR EACH ROW EXECUTE FUNCTION honours_guard_judged();
"""
LEAVE_LADDERS = """
DROP TRIGGER honours_ladder_judged ON honours_ladder; DROP FUNCTION honours_guard_judged();
DROP FUNCTION honours_has_judged(bigint, daterange);
"""

LINES = """
CREATE FUNCTION honours_kept_person(of_row bigint) RETURNS bigint LANGUAGE sql STABLE AS $$
    WITH RECURSIVE up AS (
        SELECT id, canonical_id FROM people_person WHERE id = of_row
        UNION SELECT person.id, person.canonical_id FROM people_person person JOIN up ON person.id = up.canonical_id
    ) SELECT id FROM up WHERE canonical_id IS NULL
$$;
CREATE OR REPLACE FUNCTION honours_check_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM hours_entry entry JOIN honours_certificate paper ON paper.id = NEW.certificate_id
        WHERE entry.id = NEW.entry_id AND entry.counters_id IS NULL
          AND (entry.person_id = paper.person_id
               OR honours_kept_person(entry.person_id) = honours_kept_person(paper.person_id))
          AND entry.county_id IS NOT DISTINCT FROM paper.county_id AND entry.day <@ paper.during
    ) THEN
        RAISE EXCEPTION 'record % is not of the person, the county and the days of its certificate', NEW.entry_id
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM hours_standing WHERE entry_id = NEW.entry_id) THEN
        RAISE EXCEPTION 'record % was taken back', NEW.entry_id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
"""
LEAVE_LINES = """
CREATE OR REPLACE FUNCTION honours_check_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM hours_entry entry JOIN honours_certificate paper ON paper.id = NEW.certificate_id
        WHERE entry.id = NEW.entry_id AND entry.counters_id IS NULL AND entry.person_id = paper.person_id
          AND entry.county_id IS NOT DISTINCT FROM paper.county_id AND entry.day <@ paper.during
    ) THEN
        RAISE EXCEPTION 'record % is not of the person, the county and the days of its certificate', NEW.entry_id
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM hours_standing WHERE entry_id = NEW.entry_id) THEN
        RAISE EXCEPTION 'record % was taken back', NEW.entry_id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
DROP FUNCTION honours_kept_person(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("honours", "0007_nothing_is_given_before_its_notice_has_ended")]
    operations = [
        migrations.RunSQL(SHEETS, LEAVE_SHEETS),
        migrations.RunSQL(LADDERS, LEAVE_LADDERS),
        migrations.RunSQL(LINES, LEAVE_LINES),
    ]
