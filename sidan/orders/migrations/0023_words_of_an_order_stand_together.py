"""The search column of an order's text holds the words of its need, its title and the resident's name.

Looked for in three tables, words could be served by no index together: with 120,000 orders each search read them all.
The resident's terms are those of the person's own search column; the title's are cut here, in pairs (Chinese) and
triples (letters), because the statement that places an order knows the title only inside the database.
"""

from django.db import migrations

GATHER = """
CREATE FUNCTION orders_terms_of(title text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT AS $$
    SELECT coalesce(array_agg(DISTINCT piece), '{}')
    FROM lower(normalize(title, NFKC)) AS plain, generate_series(1, 3) AS size,
         generate_series(1, length(plain) - size + 1) AS start, substr(plain, start, size) AS piece
    WHERE CASE WHEN size < 3 THEN ascii(piece) > 591 ELSE ascii(piece) <= 591 END
      AND piece !~ '[[:space:][:punct:]]'
$$;
CREATE FUNCTION orders_gather_terms() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE found text[];
BEGIN
    IF NEW.erased_at IS NULL THEN
        SELECT requester.search || orders_terms_of(coalesce(project.title || ' ' || project.title_en, '')) INTO found
        FROM orders_order placed JOIN people_person requester ON requester.id = placed.requester_id
        LEFT JOIN catalogue_project project ON project.id = placed.project_id
        WHERE placed.id = NEW.order_id AND NOT placed.is_private;
        NEW.search := ARRAY(SELECT DISTINCT unnest(NEW.search || coalesce(found, '{}')) ORDER BY 1);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER orders_ordertext_gather_terms BEFORE INSERT OR UPDATE OF search ON orders_ordertext
    FOR EACH ROW EXECUTE FUNCTION orders_gather_terms();
"""
UNGATHER = """
DROP TRIGGER orders_ordertext_gather_terms ON orders_ordertext;
DROP FUNCTION orders_gather_terms();
DROP FUNCTION orders_terms_of(text);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0022_two_orders_may_become_one"),
        ("people", "0003_people_are_found_by_name"),
        ("catalogue", "0004_projects_are_found_by_words"),
    ]

    operations = [migrations.RunSQL(GATHER, UNGATHER)]
