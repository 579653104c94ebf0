"""A request to take an order over that has ended is never changed or removed."""

from django.db import migrations

GUARD = """
CREATE FUNCTION orders_answered_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a request to take an order over is answered once' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER orders_takeover_answered_once BEFORE UPDATE ON orders_takeover
    FOR EACH ROW WHEN (OLD.state <> 'open') EXECUTE FUNCTION orders_answered_once();
REVOKE DELETE, TRUNCATE ON orders_takeover FROM sidan_app;
"""
UNDO = """
DROP TRIGGER orders_takeover_answered_once ON orders_takeover;
DROP FUNCTION orders_answered_once();
GRANT DELETE ON orders_takeover TO sidan_app;
"""


class Migration(migrations.Migration):
    dependencies = [("orders", "0015_a_team_asks_another_to_take_over")]
    operations = [migrations.RunSQL(sql=GUARD, reverse_sql=UNDO)]
