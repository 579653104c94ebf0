"""A state never changes without a turn, and where an order came from never changes at all."""

from django.db import migrations

GUARD = """
CREATE FUNCTION orders_guard_turn() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state <> OLD.state AND NEW.turn <= OLD.turn THEN
        RAISE EXCEPTION 'order % changes state without a turn', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.origin_place_id <> OLD.origin_place_id OR NEW.county_id IS DISTINCT FROM OLD.county_id
       OR NEW.number <> OLD.number OR NEW.uuid <> OLD.uuid THEN
        RAISE EXCEPTION 'order % keeps its number, origin and county', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER orders_order_guard_turn BEFORE UPDATE ON orders_order
    FOR EACH ROW EXECUTE FUNCTION orders_guard_turn();
"""

UNGUARD = "DROP TRIGGER orders_order_guard_turn ON orders_order; DROP FUNCTION orders_guard_turn();"


class Migration(migrations.Migration):
    dependencies = [("orders", "0003_the_history_of_orders_is_never_changed")]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]
