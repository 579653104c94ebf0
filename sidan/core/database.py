"""What PostgreSQL knows and Django does not: refusal of change, grants and triggers in migrations; an array of ids."""

from collections.abc import Sequence
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db import migrations
from django.db.models import BigIntegerField, BooleanField, F, Func, Q, QuerySet, Value

REFUSE_CHANGE_SQL = """
CREATE OR REPLACE FUNCTION core_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are appended, never changed or removed', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;
"""


def append_only(table: str) -> migrations.RunSQL:
    """Make a table refuse UPDATE, DELETE and TRUNCATE: for the serving role by right, for everybody by trigger.

    Two locks on purpose: the right protects against the application, the trigger against a hurried owner.
    """
    return migrations.RunSQL(
        sql=f"""
        REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM sidan_app;
        CREATE TRIGGER {table}_refuse_change BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION core_refuse_change();
        CREATE TRIGGER {table}_refuse_truncate BEFORE TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION core_refuse_change();
        """,
        reverse_sql=f"""
        DROP TRIGGER IF EXISTS {table}_refuse_change ON {table};
        DROP TRIGGER IF EXISTS {table}_refuse_truncate ON {table};
        GRANT UPDATE, DELETE ON {table} TO sidan_app;
        """,
    )


def is_any_of(column: str, values: QuerySet[Any, Any]) -> Q:
    """Return the condition that a column has one of the values of a query, which is asked once and first.

    PostgreSQL tests `IN (SELECT …)` beside an OR row by row and reads the whole table for it; an array it can look up
    in an index. For queries that find few values.
    """
    return Q(_equals_any(column, ArraySubquery(values)))


def is_among(column: str, ids: Sequence[int]) -> Q:
    """Return the condition that a column has one of some ids, which travel as one array however many they are.

    `IN` writes a place for each into the statement, so that each number of ids would be a statement of its own.
    """
    return Q(_equals_any(column, Value(list(ids), output_field=ArrayField(BigIntegerField()))))


def _equals_any(column: str, array: Any) -> Func:
    # The template closes the parenthesis that the joiner opens.
    return Func(
        F(column), array, template="%(expressions)s)", arg_joiner=" = ANY (", output_field=BooleanField()
    )
