"""Tests run as the role that serves a county: what it may not do there fails here too."""

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

pytestmark = pytest.mark.django_db


def test_tests_connect_as_the_serving_role() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, rolsuper, rolcreatedb FROM pg_roles WHERE rolname = current_user"
        )
        assert cursor.fetchone() == ("sidan_app", False, False)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE public.sneaked_in (id int)",
        "DROP TABLE django_migrations",
        "TRUNCATE django_migrations",
        "DELETE FROM django_migrations",
        "UPDATE django_migrations SET name = name",
        "INSERT INTO django_migrations (app, name, applied) VALUES ('core', '0001_sneaked_in', now())",
    ],
)
def test_the_serving_role_cannot_change_tables_or_the_list_of_migrations(statement: str) -> None:
    # A savepoint of its own: the test's transaction must stay usable for the checks at its end.
    with connection.cursor() as cursor, pytest.raises(DatabaseError), transaction.atomic():
        cursor.execute(statement)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_round", [1, 2])
def test_what_a_real_transaction_leaves_is_gone_for_the_next_test(_round: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_session")
        assert cursor.fetchone() == (0,)
        cursor.execute("INSERT INTO django_session VALUES ('left over', '', now())")
