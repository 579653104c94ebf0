"""Marks of before: by hand they were only told; by code they were proven, and their times count."""

from django.db import migrations

GRADE = """
ALTER TABLE attendance_mark DISABLE TRIGGER attendance_mark_refuse_change;
UPDATE attendance_mark SET grade = 'weak' WHERE way = 'hand';
ALTER TABLE attendance_mark ENABLE TRIGGER attendance_mark_refuse_change;
INSERT INTO attendance_interval (cause_id, person_id, during, grade, derived_at)
SELECT came.cause_id, came.person_id, tstzrange(came.at, went.at), 'strong', went.recorded_at
  FROM attendance_mark came
  JOIN attendance_mark went ON went.cause_id = came.cause_id AND went.person_id = came.person_id
 WHERE came.direction = 'in' AND went.direction = 'out' AND came.grade = 'strong' AND went.grade = 'strong'
   AND went.at > came.at AND went.at - came.at <= interval '24 hours'
 ORDER BY came.at
ON CONFLICT DO NOTHING;
"""


class Migration(migrations.Migration):
    dependencies = [("attendance", "0005_marks_are_graded")]
    operations = [migrations.RunSQL(GRADE, migrations.RunSQL.noop)]
