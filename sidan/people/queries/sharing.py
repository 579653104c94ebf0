"""Who shares a telephone: families have one number, and often one telephone."""

from typing import Any, Final

from django.db import connection
from django.db.models import QuerySet

from sidan.people.models import Account, Person
from sidan.people.queries.one_person import rows_of_person

MOST_SHARING: Final = 8


def people_of_number(*, phone: str) -> list[Person]:
    """Return whose number this is: who signs in with it and whom the office wrote down with it, longest known first."""
    of_it = ids_of_number(phone=phone)
    rows = Person.unscoped.filter(pk__in=of_it, canonical=None).select_related("home_place").order_by("id")
    return list(rows[:MOST_SHARING])


def ids_of_number(*, phone: str) -> QuerySet[Person, Any]:
    """Return the ids of everybody whose number this is, to call or to sign in with, wherever they live.

    Two lookups by their indexes put together: either of them across the join has no index, and reads everybody.
    """
    written, signing = (
        Person.unscoped.filter(contact_phone_hash=phone),
        Account.objects.filter(phone_hash=phone),
    )
    return written.order_by().values("pk").union(signing.order_by().values("person"))


_OF_THE_SAME: Final = """
WITH number AS (
    SELECT contact_phone_hash AS hash FROM people_person WHERE id = %(person)s AND contact_phone_hash IS NOT NULL
    UNION SELECT phone_hash FROM people_account WHERE person_id = %(person)s
), sharing AS (
    SELECT person.id FROM people_person person JOIN number ON person.contact_phone_hash = number.hash
    UNION SELECT account.person_id FROM people_account account JOIN number ON account.phone_hash = number.hash
)
SELECT id FROM sharing WHERE id <> %(person)s LIMIT %(most)s
"""
"""Both columns hash with one purpose, so that hashes can be compared as they stand; each has its index."""


def ids_sharing_a_number(*, person_id: int) -> list[int]:
    """Return who else has one of a person's numbers, to call or to sign in with: their household, as far as one knows.

    Not another row of the same human. A number of more people than a household has is an office's: nobody is named.
    """
    with connection.cursor() as cursor:
        cursor.execute(_OF_THE_SAME, {"person": person_id, "most": MOST_SHARING})
        found = [row[0] for row in cursor.fetchall()]
    if not found or len(found) >= MOST_SHARING:
        return []
    same = rows_of_person(person_id=person_id)
    return [pk for pk in found if pk not in same]
