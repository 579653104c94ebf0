"""An order that came back because no team agreed waits since before it was first offered: those of before, too."""

from django.db import migrations

KEEPING = "'change', 'ask_take_over', 'end_take_over', 'split', 'join', 'pass_up', 'ask_help', 'send_down'"
COMES_BACK = "'withdraw_offer', 'decline', 'end_call'"
MOVES = f"CASE WHEN part_id IS NULL THEN verb NOT IN ({KEEPING}) ELSE from_state <> to_state END"
MEND = f"""
UPDATE orders_order waiting SET state_since = waited.at
FROM orders_order placed
JOIN LATERAL (
    SELECT verb FROM orders_orderstep
    WHERE order_id = placed.id AND machine = 'order' AND {MOVES} ORDER BY turn DESC LIMIT 1
) moved ON moved.verb IN ({COMES_BACK})
JOIN LATERAL (
    SELECT at FROM orders_orderstep
    WHERE order_id = placed.id AND machine = 'order' AND {MOVES} AND verb NOT IN ({COMES_BACK}, 'dispatch', 'call')
    ORDER BY turn DESC LIMIT 1
) waited ON TRUE
WHERE placed.state = 'admitted' AND waiting.id = placed.id
"""


class Migration(migrations.Migration):
    dependencies = [("orders", "0036_reviews_are_read_by_their_time")]
    operations = [migrations.RunSQL(MEND, migrations.RunSQL.noop)]
