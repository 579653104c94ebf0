"""Links to orders that ended without a service count no longer from that day: until now the figure went on counting them."""

from django.db import migrations

TAKE_OFF = """
INSERT INTO needs_needtracestanding (trace_id, stands, at)
SELECT trace.id, false, greatest(trace.at, (
    SELECT max(step.at) FROM orders_orderstep step
    WHERE step.order_id = ANY(orders_way_on(trace.order_id)) AND step.machine = 'order'
      AND step.to_state IN ('refused', 'closed', 'cancelled')))
FROM needs_needtrace trace
WHERE trace.order_id IS NOT NULL
  AND NOT EXISTS (SELECT FROM needs_needtraceend gone WHERE gone.trace_id = trace.id)
  AND NOT EXISTS (
    SELECT FROM orders_order went_on
    WHERE went_on.id = ANY(orders_way_on(trace.order_id))
      AND (went_on.state NOT IN ('refused', 'closed', 'cancelled') OR EXISTS (
          SELECT FROM orders_orderstep step
          WHERE step.order_id = went_on.id AND step.machine = 'order' AND step.to_state = 'done')))
ORDER BY trace.id;
"""


class Migration(migrations.Migration):
    dependencies = [("needs", "0021_a_link_tells_whether_it_counts")]

    operations = [migrations.RunSQL(TAKE_OFF, migrations.RunSQL.noop)]
