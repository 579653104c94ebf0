"""What stands and the totals are kept once for all records of a statement, and not at each of them.

A hundred thousand records that come in together, the years of a county, belong to a few persons and teams a month:
each of these totals is written once. Of one record alone it is what it was.
"""

from django.db import migrations

ADD = """
        INSERT INTO hours_total (subject, subject_id, month, minutes, records)
        VALUES (whose.kind, whose.id, {month}, 0, 0)
        ON CONFLICT (subject, subject_id, month) DO NOTHING;
        UPDATE hours_total SET minutes = minutes + {minutes}, records = records + {records}
        WHERE (subject, subject_id, month) = (whose.kind, whose.id, {month});"""
OF_ALL = (
    """
CREATE OR REPLACE FUNCTION hours_keep_sums() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE whose record;
BEGIN
    DELETE FROM hours_standing USING added WHERE hours_standing.entry_id = added.counters_id;
    INSERT INTO hours_standing (entry_id, person_id, during)
    SELECT id, person_id, during FROM added WHERE counters_id IS NULL ORDER BY id;
    -- The persons first, whose rows the caller has locked; then the teams.
    FOR whose IN SELECT n, kind, sums.id, date_trunc('month', day)::date AS month, sum(minutes) AS minutes,
                        sum(sign(minutes)) AS records
                 FROM added
                 CROSS JOIN LATERAL (VALUES (1, 'person', person_id), (2, 'team', team_id)) AS sums(n, kind, id)
                 WHERE sums.id IS NOT NULL GROUP BY 1, 2, 3, 4 ORDER BY 1, 3, 4 LOOP"""
    + ADD.format(month="whose.month", minutes="whose.minutes", records="whose.records")
    + """
    END LOOP;
    RETURN NULL;
END $$;
DROP TRIGGER hours_entry_sums ON hours_entry;
CREATE TRIGGER hours_entry_sums AFTER INSERT ON hours_entry
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION hours_keep_sums();
"""
)
OF_EACH = (
    """
DROP TRIGGER hours_entry_sums ON hours_entry;
CREATE OR REPLACE FUNCTION hours_keep_sums() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE whose record;
BEGIN
    IF NEW.counters_id IS NULL THEN
        INSERT INTO hours_standing (entry_id, person_id, during) VALUES (NEW.id, NEW.person_id, NEW.during);
    ELSE
        DELETE FROM hours_standing WHERE entry_id = NEW.counters_id;
    END IF;
    FOR whose IN SELECT * FROM (VALUES (1, 'person', NEW.person_id), (2, 'team', NEW.team_id)) AS sums(n, kind, id)
                 WHERE id IS NOT NULL ORDER BY n LOOP"""
    + ADD.format(
        month="date_trunc('month', NEW.day)::date", minutes="NEW.minutes", records="sign(NEW.minutes)"
    )
    + """
    END LOOP;
    RETURN NULL;
END $$;
CREATE TRIGGER hours_entry_sums AFTER INSERT ON hours_entry
    FOR EACH ROW EXECUTE FUNCTION hours_keep_sums();
"""
)


class Migration(migrations.Migration):
    dependencies = [("hours", "0006_hours_may_come_of_ones_own_code")]
    operations = [migrations.RunSQL(OF_ALL, OF_EACH)]
