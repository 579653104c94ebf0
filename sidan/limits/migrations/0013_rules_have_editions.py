"""Whatever changes a limit, a calendar, the tree of places or that of services gives these rules another number."""

from django.db import migrations, models

# each set of rules, and after what on which table it has another edition
RAISED = [
    ("limits", "INSERT OR UPDATE OR DELETE", "limits_limit"),
    ("days", "INSERT OR UPDATE OR DELETE", "places_workingdayentry"),
    ("places", "INSERT OR UPDATE OR DELETE", "places_placelink"),
    ("categories", "INSERT OR DELETE OR UPDATE OF parent_id", "catalogue_category"),
]
FUNCTION = """
CREATE SEQUENCE limits_edition_number;
CREATE FUNCTION limits_raise_edition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE limits_edition SET number = nextval('limits_edition_number') WHERE rules = TG_ARGV[0];
    RETURN NULL;
END $$;
REVOKE INSERT, DELETE, TRUNCATE ON limits_edition FROM sidan_app;
"""
RAISE = """
INSERT INTO limits_edition (rules, number) VALUES ('{rules}', nextval('limits_edition_number'));
CREATE TRIGGER {table}_raise_edition AFTER {change} ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION limits_raise_edition('{rules}');
"""


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0009_how_a_project_grew_is_never_changed"),
        ("limits", "0012_one_clock_runs_an_order_or_each_of_its_parts"),
        ("places", "0009_the_days_of_2025_too"),
    ]

    operations = [
        migrations.CreateModel(
            name="Edition",
            fields=[
                ("rules", models.CharField(max_length=10, primary_key=True, serialize=False)),
                ("number", models.BigIntegerField()),
            ],
        ),
        migrations.RunSQL(
            FUNCTION, "DROP FUNCTION limits_raise_edition(); DROP SEQUENCE limits_edition_number;"
        ),
        *(
            migrations.RunSQL(
                RAISE.format(rules=rules, change=change, table=table),
                f"DROP TRIGGER {table}_raise_edition ON {table};",
            )
            for rules, change, table in RAISED
        ),
    ]
