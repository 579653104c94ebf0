"""A need whose order was merged into one that goes on, or was done, is traced: until now it counted as open."""

from django.db import migrations

FOLLOW = """
UPDATE needs_need head SET state = 'traced' WHERE head.state = 'noted' AND head.same_as_id IS NULL AND EXISTS (
    SELECT FROM needs_needtrace trace JOIN needs_need need ON need.id = trace.need_id
    JOIN orders_order went_on ON went_on.id = ANY(orders_way_on(trace.order_id))
    WHERE head.id IN (need.id, need.same_as_id)
      AND NOT EXISTS (SELECT FROM needs_needtraceend gone WHERE gone.trace_id = trace.id)
      AND (went_on.state NOT IN ('refused', 'closed', 'cancelled') OR EXISTS (
          SELECT FROM orders_orderstep step
          WHERE step.order_id = went_on.id AND step.machine = 'order' AND step.to_state = 'done'))
);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("needs", "0019_a_like_has_its_way_back"),
        ("orders", "0043_a_merged_order_is_followed_to_its_end"),
    ]

    operations = [migrations.RunSQL(FOLLOW, migrations.RunSQL.noop)]
