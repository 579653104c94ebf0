"""Whose number it is: found by two indexes, never by reading everybody."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sidan.people.models import Person
from sidan.people.queries.sharing import people_of_number
from sidan.places.models import Place
from tests.factories import AT, make_account, make_place

pytestmark = pytest.mark.django_db
PHONE = "12012345678"


def written_down(name: str, place: Place, phone: str) -> Person:
    return Person.unscoped.create(
        name=name, home_place=place, county_id=place.pk, contact_phone=phone, contact_phone_hash=phone, created_at=AT
    )  # fmt: skip


def test_who_signs_in_with_a_number_and_for_whom_it_is_written_down_stand_once_each() -> None:
    center = make_place("center", "石城县")
    mother = make_account("周桂英", at_place=center, phone=PHONE).person
    Person.unscoped.filter(pk=mother.pk).update(contact_phone=PHONE, contact_phone_hash=PHONE)
    son = written_down("周强", center, PHONE)
    merged = written_down("周 强", center, PHONE)
    Person.unscoped.filter(pk=merged.pk).update(canonical=son)
    written_down("别人", center, "12087654321")
    make_account("又一人", at_place=center)
    assert [one.pk for one in people_of_number(phone=PHONE)] == [mother.pk, son.pk]


def test_both_numbers_are_looked_up_by_their_index() -> None:
    with CaptureQueriesContext(connection) as asked:
        people_of_number(phone=PHONE)
    [statement] = [each["sql"] for each in asked.captured_queries]
    with connection.cursor() as cursor:
        # Of few rows PostgreSQL would read all of them; what it cannot look up it reads even when that is dear.
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN (FORMAT TEXT) " + statement)
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "Index Cond: (contact_phone_hash = " in plan
    assert "Index Cond: (phone_hash = " in plan
    assert "Seq Scan" not in plan
