"""A going needs a coming that stands, and only what was denied, was only told or is void gives way to another mark."""

from django.db import migrations

STANDS = """
    NOT EXISTS (SELECT 1 FROM attendance_mark newer WHERE newer.instead_of_id = came.id)
    AND NOT EXISTS (
        SELECT 1 FROM attendance_confirmation said WHERE said.mark_id = came.id AND NOT said.is_right
    )
"""

GUARD = f"""
CREATE OR REPLACE FUNCTION attendance_guard_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.direction = 'out' AND NOT EXISTS (
        SELECT 1 FROM attendance_mark came WHERE came.cause_id = NEW.cause_id AND came.person_id = NEW.person_id
          AND came.direction = 'in' AND came.at <= NEW.at AND {STANDS}
    ) THEN
        RAISE EXCEPTION 'nobody leaves without having come' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION attendance_guard_replacing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM attendance_mark prior LEFT JOIN attendance_confirmation said ON said.mark_id = prior.id
         WHERE prior.id = NEW.instead_of_id AND prior.cause_id = NEW.cause_id AND prior.person_id = NEW.person_id
           AND prior.direction = NEW.direction
           AND CASE WHEN said.id IS NOT NULL THEN NOT said.is_right
                    WHEN prior.grade = 'weak' AND NEW.grade <> 'weak' THEN true
                    ELSE prior.direction = 'out' AND NOT EXISTS (
                        SELECT 1 FROM attendance_mark came WHERE came.cause_id = prior.cause_id
                           AND came.person_id = prior.person_id AND came.direction = 'in' AND came.at <= prior.at
                           AND {STANDS}
                    ) END
    ) THEN
        RAISE EXCEPTION 'a mark that stands is not replaced' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER attendance_mark_guard_replacing BEFORE INSERT ON attendance_mark
    FOR EACH ROW WHEN (NEW.instead_of_id IS NOT NULL) EXECUTE FUNCTION attendance_guard_replacing();
"""

UNGUARD = """
DROP TRIGGER attendance_mark_guard_replacing ON attendance_mark; DROP FUNCTION attendance_guard_replacing();
CREATE OR REPLACE FUNCTION attendance_guard_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.direction = 'out' AND NOT EXISTS (
        SELECT 1 FROM attendance_mark came WHERE came.cause_id = NEW.cause_id AND came.person_id = NEW.person_id
          AND came.direction = 'in' AND came.at <= NEW.at
    ) THEN
        RAISE EXCEPTION 'nobody leaves without having come' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("attendance", "0013_one_of_a_kind_stands")]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]
