"""The history of plans is never changed, a plan changes its state with a turn only, and its lines while it is a draft."""

from django.db import migrations

from sidan.core.database import append_only

GUARD = """
CREATE FUNCTION plans_guard_plan() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state <> OLD.state AND NEW.turn <= OLD.turn THEN
        RAISE EXCEPTION 'plan % changes state without a turn', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.place_id <> OLD.place_id OR NEW.county_id IS DISTINCT FROM OLD.county_id
       OR NEW.team_id IS DISTINCT FROM OLD.team_id OR NEW.uuid <> OLD.uuid OR NEW.period <> OLD.period
       OR NEW.first_day <> OLD.first_day OR NEW.last_day <> OLD.last_day THEN
        RAISE EXCEPTION 'plan % keeps its place, its team and its days', OLD.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER plans_plan_guard BEFORE UPDATE ON plans_plan
    FOR EACH ROW EXECUTE FUNCTION plans_guard_plan();
CREATE FUNCTION plans_guard_line() RETURNS trigger LANGUAGE plpgsql AS $$
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
       OR (to_jsonb(NEW) - 'left_out_at' - 'left_out_why') <> (to_jsonb(OLD) - 'left_out_at' - 'left_out_why')) THEN
        RAISE EXCEPTION 'the lines of plan % are fixed', its_row.plan_id USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER plans_line_guard BEFORE INSERT OR UPDATE OR DELETE ON plans_planline
    FOR EACH ROW EXECUTE FUNCTION plans_guard_line();
CREATE FUNCTION plans_guard_held() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM plans_planline WHERE id = NEW.line_id AND plan_id = NEW.plan_id) THEN
        RAISE EXCEPTION 'line % is of another plan', NEW.line_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER plans_held_guard BEFORE INSERT OR UPDATE ON plans_planheld
    FOR EACH ROW EXECUTE FUNCTION plans_guard_held();
"""
UNGUARD = """
DROP TRIGGER plans_plan_guard ON plans_plan; DROP FUNCTION plans_guard_plan();
DROP TRIGGER plans_line_guard ON plans_planline; DROP FUNCTION plans_guard_line();
DROP TRIGGER plans_held_guard ON plans_planheld; DROP FUNCTION plans_guard_held();
"""


class Migration(migrations.Migration):
    dependencies = [("plans", "0002_what_a_plan_must_be")]
    operations = [append_only("plans_planstep"), migrations.RunSQL(GUARD, UNGUARD)]
