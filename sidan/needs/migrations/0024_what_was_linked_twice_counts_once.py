"""Of links of needs that are counted together to one service, or to orders that go on as one, the first counts."""

from django.db import migrations

COUNT_ONCE = """
INSERT INTO needs_needtracestanding (trace_id, stands, at)
WITH counted AS (
    SELECT trace.id, coalesce(need.same_as_id, need.id) AS head, trace.kind,
           coalesce((SELECT last FROM unnest(orders_way_on(trace.order_id)) AS last WHERE NOT EXISTS (
               SELECT FROM orders_ordermerge onward WHERE onward.order_id = last)), trace.project_id) AS goal,
           greatest(trace.at, (SELECT max(merge.at) FROM orders_ordermerge merge
                               WHERE merge.order_id = ANY(orders_way_on(trace.order_id)))) AS since
    FROM needs_needtrace trace JOIN needs_need need ON need.id = trace.need_id
    WHERE trace.kind <> 'answer'
      AND NOT EXISTS (SELECT FROM needs_needtraceend gone WHERE gone.trace_id = trace.id)
      AND coalesce((SELECT turn.stands FROM needs_needtracestanding turn WHERE turn.trace_id = trace.id
                    ORDER BY turn.id DESC LIMIT 1), true)
)
SELECT later.id, false, greatest(min(earlier.since), later.since)
FROM counted later JOIN counted earlier USING (head, kind, goal)
WHERE earlier.id < later.id GROUP BY later.id, later.since ORDER BY later.id;
"""


class Migration(migrations.Migration):
    dependencies = [("needs", "0023_whether_a_link_counted_is_never_changed")]

    operations = [migrations.RunSQL(COUNT_ONCE, migrations.RunSQL.noop)]
