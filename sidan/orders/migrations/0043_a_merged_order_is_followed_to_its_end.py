"""As which orders an order goes on: itself, what it was merged into, what that one was merged into since, and so on."""

from django.db import migrations

FOLLOW = """
CREATE FUNCTION orders_way_on(one bigint) RETURNS bigint[] LANGUAGE sql STABLE STRICT AS $$
    WITH RECURSIVE way AS (
        SELECT one AS id
        UNION SELECT merge.into_id FROM way JOIN orders_ordermerge merge ON merge.order_id = way.id
    )
    SELECT array_agg(id) FROM way
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("orders", "0042_what_nobody_can_do_has_waited_all_the_time")]

    operations = [migrations.RunSQL(FOLLOW, "DROP FUNCTION orders_way_on(bigint);")]
