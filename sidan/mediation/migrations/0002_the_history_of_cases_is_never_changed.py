"""The history of cases is never changed, and a case changes its state with a turn only."""

from django.db import migrations

from sidan.core.database import append_only

GUARD = """
CREATE FUNCTION mediation_guard_turn() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state <> OLD.state AND NEW.turn <= OLD.turn THEN
        RAISE EXCEPTION 'case % changes state without a turn', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.place_id <> OLD.place_id OR NEW.county_id IS DISTINCT FROM OLD.county_id
       OR NEW.number <> OLD.number OR NEW.uuid <> OLD.uuid THEN
        RAISE EXCEPTION 'case % keeps its number, place and county', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER mediation_case_guard_turn BEFORE UPDATE ON mediation_case
    FOR EACH ROW EXECUTE FUNCTION mediation_guard_turn();
"""
UNGUARD = "DROP TRIGGER mediation_case_guard_turn ON mediation_case; DROP FUNCTION mediation_guard_turn();"


class Migration(migrations.Migration):
    dependencies = [("mediation", "0001_cases_of_two_parties")]
    operations = [append_only("mediation_casestep"), migrations.RunSQL(GUARD, UNGUARD)]
