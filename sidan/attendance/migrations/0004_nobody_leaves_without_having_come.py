"""A going needs a coming that is not later."""

from django.db import migrations

GUARD = """
CREATE FUNCTION attendance_guard_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.direction = 'out' AND NOT EXISTS (
        SELECT 1 FROM attendance_mark came WHERE came.cause_id = NEW.cause_id AND came.person_id = NEW.person_id
          AND came.direction = 'in' AND came.at <= NEW.at
    ) THEN
        RAISE EXCEPTION 'nobody leaves without having come' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER attendance_mark_guard_order BEFORE INSERT ON attendance_mark
    FOR EACH ROW EXECUTE FUNCTION attendance_guard_order();
"""

UNGUARD = (
    "DROP TRIGGER attendance_mark_guard_order ON attendance_mark; DROP FUNCTION attendance_guard_order();"
)


class Migration(migrations.Migration):
    dependencies = [("attendance", "0003_marks_are_never_changed")]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]
