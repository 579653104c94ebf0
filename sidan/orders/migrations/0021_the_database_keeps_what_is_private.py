"""A private order stays private, and no word of it stands in the open beside it."""

from django.db import migrations

GUARD = """
CREATE FUNCTION orders_guard_private() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'order % stays as private as it was placed', OLD.id USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER orders_order_guard_private BEFORE UPDATE OF is_private ON orders_order
    FOR EACH ROW WHEN (OLD.is_private <> NEW.is_private) EXECUTE FUNCTION orders_guard_private();

CREATE FUNCTION orders_guard_sealed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM orders_order WHERE id = NEW.order_id AND is_private) THEN
        RAISE EXCEPTION 'the words of private order % stand sealed only', NEW.order_id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER orders_ordertext_guard_sealed
    AFTER INSERT OR UPDATE OF need, search, numbers, contact_name ON orders_ordertext FOR EACH ROW
    WHEN (NEW.need <> '' OR NEW.contact_name <> '' OR NEW.numbers <> '' OR NEW.search <> '{}')
    EXECUTE FUNCTION orders_guard_sealed();
"""

UNGUARD = """
DROP TRIGGER orders_ordertext_guard_sealed ON orders_ordertext;
DROP FUNCTION orders_guard_sealed();
DROP TRIGGER orders_order_guard_private ON orders_order;
DROP FUNCTION orders_guard_private();
"""


class Migration(migrations.Migration):
    dependencies = [("orders", "0020_an_order_may_be_private")]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]
