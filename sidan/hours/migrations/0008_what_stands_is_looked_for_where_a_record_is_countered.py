"""What stands is taken away only where a statement counters a record.

The planner knows nothing of the rows of a statement, and walked through all that stands at each record of hours, of
which nearly none is a counter-record: 40 ms of each with a district's 230,000.
"""

from django.db import migrations

LOOKS_EACH_TIME = """
    DELETE FROM hours_standing USING added WHERE hours_standing.entry_id = added.counters_id;
"""
LOOKS_FOR_COUNTERS = """
    FOR countered IN SELECT counters_id FROM added WHERE counters_id IS NOT NULL ORDER BY counters_id LOOP
        DELETE FROM hours_standing WHERE entry_id = countered;
    END LOOP;
"""
SUMS = """
CREATE OR REPLACE FUNCTION hours_keep_sums() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE whose record; countered bigint;
BEGIN {taken_away}
    INSERT INTO hours_standing (entry_id, person_id, during)
    SELECT id, person_id, during FROM added WHERE counters_id IS NULL ORDER BY id;
    -- The persons first, whose rows the caller has locked; then the teams.
    FOR whose IN SELECT n, kind, sums.id, date_trunc('month', day)::date AS month, sum(minutes) AS minutes,
                        sum(sign(minutes)) AS records
                 FROM added
                 CROSS JOIN LATERAL (VALUES (1, 'person', person_id), (2, 'team', team_id)) AS sums(n, kind, id)
                 WHERE sums.id IS NOT NULL GROUP BY 1, 2, 3, 4 ORDER BY 1, 3, 4 LOOP
        INSERT INTO hours_total (subject, subject_id, month, minutes, records)
        VALUES (whose.kind, whose.id, whose.month, 0, 0)
        ON CONFLICT (subject, subject_id, month) DO NOTHING;
        UPDATE hours_total SET minutes = minutes + whose.minutes, records = records + whose.records
        WHERE (subject, subject_id, month) = (whose.kind, whose.id, whose.month);
    END LOOP;
    RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("hours", "0007_totals_are_added_up_once_a_statement")]
    operations = [
        migrations.RunSQL(SUMS.format(taken_away=LOOKS_FOR_COUNTERS), SUMS.format(taken_away=LOOKS_EACH_TIME))
    ]
