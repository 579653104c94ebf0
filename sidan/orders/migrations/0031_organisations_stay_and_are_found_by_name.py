"""In whose name an order was placed never changes, for figures count it; and its words find the order.

The function of migration 0023 gathers one name more.
"""

from django.db import migrations

GUARD = """
CREATE FUNCTION orders_guard_organisation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'order % stays in the name in which it was placed', OLD.id USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER orders_order_guard_organisation BEFORE UPDATE OF organisation_kind, organisation_name ON orders_order
    FOR EACH ROW WHEN (OLD.organisation_kind <> NEW.organisation_kind OR OLD.organisation_name <> NEW.organisation_name)
    EXECUTE FUNCTION orders_guard_organisation();
"""
UNGUARD = """
DROP TRIGGER orders_order_guard_organisation ON orders_order;
DROP FUNCTION orders_guard_organisation();
"""
GATHER = """
CREATE OR REPLACE FUNCTION orders_gather_terms() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE found text[];
BEGIN
    IF NEW.erased_at IS NULL THEN
        SELECT requester.search || orders_terms_of({titles}) INTO found
        FROM orders_order placed JOIN people_person requester ON requester.id = placed.requester_id
        LEFT JOIN catalogue_project project ON project.id = placed.project_id
        WHERE placed.id = NEW.order_id AND NOT placed.is_private;
        NEW.search := ARRAY(SELECT DISTINCT unnest(NEW.search || coalesce(found, '{{}}')) ORDER BY 1);
    END IF;
    RETURN NEW;
END $$;
"""
BEFORE = "coalesce(project.title || ' ' || project.title_en, '')"
WITH_NAME = f"{BEFORE} || ' ' || placed.organisation_name"


class Migration(migrations.Migration):
    dependencies = [("orders", "0030_an_order_may_stand_in_an_organisations_name")]

    operations = [
        migrations.RunSQL(GUARD, UNGUARD),
        migrations.RunSQL(GATHER.format(titles=WITH_NAME), GATHER.format(titles=BEFORE)),
    ]
