"""The history of wishes is never changed, and a wish changes its state with a turn only."""

from django.db import migrations

from sidan.core.database import append_only

GUARD = """
CREATE FUNCTION wishes_guard_turn() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state <> OLD.state AND NEW.turn <= OLD.turn THEN
        RAISE EXCEPTION 'wish % changes state without a turn', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.place_id <> OLD.place_id OR NEW.county_id IS DISTINCT FROM OLD.county_id
       OR NEW.wisher_id <> OLD.wisher_id OR NEW.uuid <> OLD.uuid THEN
        RAISE EXCEPTION 'wish % keeps its wisher, place and county', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER wishes_wish_guard_turn BEFORE UPDATE ON wishes_wish
    FOR EACH ROW EXECUTE FUNCTION wishes_guard_turn();
"""
UNGUARD = "DROP TRIGGER wishes_wish_guard_turn ON wishes_wish; DROP FUNCTION wishes_guard_turn();"


class Migration(migrations.Migration):
    dependencies = [("wishes", "0001_wishes_and_their_wall")]
    operations = [append_only("wishes_wishstep"), migrations.RunSQL(GUARD, UNGUARD)]
