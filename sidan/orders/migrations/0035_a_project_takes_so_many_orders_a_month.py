"""A month of a project holds no more orders than the project can take.

Counted are the orders whose wished time begins in the month (Asia/Shanghai), but for those that were refused or
cancelled. The project's row is locked first, so that of two who come for the last one only one is let in. Words of
danger to life are never turned away, and an order that stays in its month is not asked again.
"""

from django.db import migrations

GUARD = """
CREATE FUNCTION orders_guard_capacity() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    most integer;
    wanted timestamp := date_trunc('month', NEW.wished_from AT TIME ZONE 'Asia/Shanghai');
    taken integer;
BEGIN
    SELECT month_capacity INTO most FROM catalogue_project WHERE id = NEW.project_id;
    IF most IS NULL THEN
        RETURN NULL;
    END IF;
    IF TG_OP = 'UPDATE'
       AND date_trunc('month', OLD.wished_from AT TIME ZONE 'Asia/Shanghai') = wanted
       AND OLD.project_id IS NOT DISTINCT FROM NEW.project_id THEN
        RETURN NULL;
    END IF;
    SELECT month_capacity INTO most FROM catalogue_project WHERE id = NEW.project_id FOR NO KEY UPDATE;
    SELECT count(*) INTO taken FROM orders_order placed
    WHERE placed.project_id = NEW.project_id AND placed.state NOT IN ('refused', 'cancelled')
      AND placed.wished_from >= wanted AT TIME ZONE 'Asia/Shanghai'
      AND placed.wished_from < (wanted + interval '1 month') AT TIME ZONE 'Asia/Shanghai';
    IF taken > most THEN
        RAISE EXCEPTION 'project % takes % orders a month', NEW.project_id, most
            USING ERRCODE = 'check_violation', CONSTRAINT = 'orders_month_has_room';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER orders_order_guard_capacity AFTER INSERT OR UPDATE OF wished_from, project_id ON orders_order
    FOR EACH ROW WHEN (NEW.project_id IS NOT NULL AND NEW.urgency <> 'danger'
                       AND NEW.state NOT IN ('refused', 'cancelled'))
    EXECUTE FUNCTION orders_guard_capacity();
"""

UNGUARD = "DROP TRIGGER orders_order_guard_capacity ON orders_order; DROP FUNCTION orders_guard_capacity();"


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0012_a_project_takes_so_many_orders_a_month"),
        ("orders", "0034_one_call_of_an_order_or_of_a_part"),
    ]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]
