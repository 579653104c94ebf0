"""A line that is fixed lets only names be taken out of it, which is written down; a rule stands for a line of its plan."""

from django.db import migrations

from sidan.core.database import append_only

LINE = """
CREATE OR REPLACE FUNCTION plans_guard_line() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    its_plan plans_plan%ROWTYPE;
    its_row plans_planline%ROWTYPE;
BEGIN
    IF TG_OP = 'DELETE' THEN its_row := OLD; ELSE its_row := NEW; END IF;
    SELECT * INTO STRICT its_plan FROM plans_plan WHERE id = its_row.plan_id;
    IF TG_OP = 'UPDATE' AND (NEW.plan_id <> OLD.plan_id OR NEW.uuid <> OLD.uuid) THEN
        RAISE EXCEPTION 'line % keeps its plan', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP <> 'DELETE' AND (NEW.first_day < its_plan.first_day OR NEW.last_day > its_plan.last_day) THEN
        RAISE EXCEPTION 'line % lies outside the days of its plan', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    IF its_plan.state <> 'draft' AND (TG_OP <> 'UPDATE'
       OR (to_jsonb(NEW) - %(free)s) <> (to_jsonb(OLD) - %(free)s)%(names)s) THEN
        RAISE EXCEPTION 'the lines of plan % are fixed', its_row.plan_id USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
"""
NAMES = """
       OR NEW.lecturer NOT IN (OLD.lecturer, '') OR NEW.answers NOT IN (OLD.answers, '')
       OR NEW.lecturer <> OLD.lecturer
          AND NOT EXISTS (SELECT FROM plans_lineerasure WHERE line_id = NEW.id AND part = 'lecturer')
       OR NEW.answers <> OLD.answers
          AND NOT EXISTS (SELECT FROM plans_lineerasure WHERE line_id = NEW.id AND part = 'answers')"""


def _line(free: str, names: str) -> str:
    return LINE.replace("%(free)s", free).replace("%(names)s", names)


SERIES = """
CREATE TRIGGER plans_series_guard BEFORE INSERT OR UPDATE ON plans_planseries
    FOR EACH ROW EXECUTE FUNCTION plans_guard_held();
"""


class Migration(migrations.Migration):
    dependencies = [("plans", "0004_what_comes_again_carries_out_a_line")]
    operations = [
        append_only("plans_lineerasure"),
        migrations.RunSQL(
            _line("'{left_out_at,left_out_why,lecturer,answers}'::text[]", NAMES),
            _line("'{left_out_at,left_out_why}'::text[]", ""),
        ),
        migrations.RunSQL(SERIES, "DROP TRIGGER plans_series_guard ON plans_planseries;"),
    ]
