"""A certificate and its records are appended, never changed; and it says just what its records add up to.

The sum is asked at the end of the transaction that issues it, when all of its lines are there; a line that somebody adds
later would be one too many, and is refused. That a record was taken back since is no fault of the certificate: it is then
shown as no longer valid, and stays.
"""

from django.db import migrations

from sidan.core.database import append_only

KEEP = """
CREATE FUNCTION honours_check_line() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE TRIGGER honours_line_check BEFORE INSERT ON honours_certificateline
    FOR EACH ROW EXECUTE FUNCTION honours_check_line();

CREATE FUNCTION honours_check_sum() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    minutes_in bigint;
    records_in bigint;
BEGIN
    SELECT coalesce(sum(entry.minutes), 0), count(*) INTO minutes_in, records_in
    FROM honours_certificateline line JOIN hours_entry entry ON entry.id = line.entry_id
    WHERE line.certificate_id = NEW.id;
    IF (NEW.minutes, NEW.records) <> (minutes_in, records_in) THEN
        RAISE EXCEPTION 'certificate % does not say what its records add up to', NEW.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER honours_certificate_sum AFTER INSERT ON honours_certificate
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION honours_check_sum();

-- Once for each certificate, not once for each of its lines: lines come in one statement.
CREATE FUNCTION honours_check_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM honours_certificate paper
        WHERE paper.id IN (SELECT certificate_id FROM added)
          AND (SELECT count(*) FROM honours_certificateline WHERE certificate_id = paper.id) > paper.records
    ) THEN
        RAISE EXCEPTION 'a certificate has no more records than it says' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER honours_line_added AFTER INSERT ON honours_certificateline
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION honours_check_added();
"""
LEAVE = """
DROP TRIGGER honours_line_added ON honours_certificateline; DROP FUNCTION honours_check_added();
DROP TRIGGER honours_certificate_sum ON honours_certificate; DROP FUNCTION honours_check_sum();
DROP TRIGGER honours_line_check ON honours_certificateline; DROP FUNCTION honours_check_line();
"""


class Migration(migrations.Migration):
    dependencies = [("honours", "0001_certificates_of_service")]
    operations = [
        append_only("honours_certificate"),
        append_only("honours_certificateline"),
        migrations.RunSQL(KEEP, LEAVE),
    ]
