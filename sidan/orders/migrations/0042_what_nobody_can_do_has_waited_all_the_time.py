"""An order of which the office said that nobody can do it waits for a team since before that: those of before, too."""

from django.db import migrations

KEEPING = "'change', 'ask_take_over', 'end_take_over', 'split', 'join', 'pass_up', 'ask_help', 'send_down', 'danger'"
WAITS_ON = "'withdraw_offer', 'decline', 'end_call', 'cannot'"
MOVES = f"CASE WHEN part_id IS NULL THEN verb NOT IN ({KEEPING}) ELSE from_state <> to_state END"
MEND = f"""
UPDATE orders_order waiting SET state_since = waited.at
FROM orders_order placed
JOIN LATERAL (
    SELECT verb FROM orders_orderstep
    WHERE order_id = placed.id AND machine = 'order' AND {MOVES} ORDER BY turn DESC LIMIT 1
) moved ON moved.verb IN ({WAITS_ON})
JOIN LATERAL (
    SELECT at FROM orders_orderstep
    WHERE order_id = placed.id AND machine = 'order' AND {MOVES} AND verb NOT IN ({WAITS_ON}, 'dispatch', 'call')
    ORDER BY turn DESC LIMIT 1
) waited ON TRUE
WHERE placed.state IN ('admitted', 'failed') AND waiting.id = placed.id AND waiting.state_since <> waited.at
"""


class Migration(migrations.Migration):
    dependencies = [("orders", "0041_whom_to_call_are_emergency_numbers")]
    operations = [migrations.RunSQL(MEND, migrations.RunSQL.noop)]
