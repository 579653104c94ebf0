"""Whose number it is: found by two indexes, never by reading everybody."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sidan.core.scope import Scope, scoped
from sidan.core.search import name_terms
from sidan.people.models import Account, Person
from sidan.people.operations.persons import find_same_person
from sidan.people.queries import residents_found
from sidan.people.queries.sharing import people_of_number
from sidan.places.models import Place
from tests.factories import AT, make_account, make_place

pytestmark = pytest.mark.django_db
PHONE, OTHER = "12012345678", "12087654321"


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
    written_down("别人", center, OTHER)
    make_account("又一人", at_place=center)
    assert [one.pk for one in people_of_number(phone=PHONE)] == [mother.pk, son.pk]


def test_a_caller_is_found_by_the_number_they_sign_in_with_as_by_the_one_to_call() -> None:
    """The desk knows whoever rings up, also where another telephone is written down to call them."""
    center = make_place("center", "石城县")
    zhou = make_account("周桂英", at_place=center, phone=PHONE).person
    Person.unscoped.filter(pk=zhou.pk).update(contact_phone=OTHER, contact_phone_hash=OTHER)
    elsewhere = make_place("center", "会昌县")
    with scoped(Scope(whole_county_ids=(center.pk,))):
        assert [one.pk for one in residents_found(text=PHONE)] == [zhou.pk]
        assert [one.pk for one in residents_found(text=OTHER)] == [zhou.pk]
    with scoped(Scope(whole_county_ids=(elsewhere.pk,))):
        assert residents_found(text=PHONE) == []
    for phone in (PHONE, OTHER):
        assert find_same_person(name="周桂英", phone=phone) == zhou, "written down once"
    assert find_same_person(name="周强", phone=PHONE) is None


def named(name: str, place: Place, county: Place) -> Person:
    return Person.unscoped.create(
        name=name, home_place=place, county_id=county.pk, search=name_terms(name), created_at=AT
    )


def test_a_name_with_a_village_finds_who_lives_there_or_below_it() -> None:
    center = make_place("center", "石城县")
    town = make_place("institute", "长宁镇", under=center)
    village, other = (make_place("station", name, under=town) for name in ("城北村", "城南村"))
    north, south = named("刘一", village, center), named("刘二", other, center)
    elsewhere = named("刘三", center, center)
    named("周四", village, center)
    with scoped(Scope(whole_county_ids=(center.pk,))):
        found = {text: {one.pk for one in residents_found(text=text)} for text in (
            "刘", "刘 城北", "城北村 刘", "刘 长宁", "刘 · 一", "刘 会昌", "城北 长宁",
        )}  # fmt: skip
    assert found == {
        "刘": {north.pk, south.pk, elsewhere.pk}, "刘 城北": {north.pk}, "城北村 刘": {north.pk},
        "刘 长宁": {north.pk, south.pk}, "刘 · 一": {north.pk}, "刘 会昌": set(),
        "城北 长宁": set(),
    }  # fmt: skip


def test_a_list_of_residents_that_leaves_some_out_says_so() -> None:
    center = make_place("center", "石城县")
    for _nth in range(20):
        named("刘一", center, center)
    with scoped(Scope(whole_county_ids=(center.pk,))):
        assert not residents_found(text="刘").more
        last = named("刘一", center, center)
        found = residents_found(text="刘")
    assert found.more
    assert len(found) == 20
    assert last not in found


def many(center: Place, count: int) -> None:
    """Write down many people, half of whom sign in, and tell PostgreSQL of them: of few it would read all."""
    people = Person.unscoped.bulk_create(
        Person(
            name="某人", home_place=center, county_id=center.pk, contact_phone=f"121{number:08}",
            contact_phone_hash=f"121{number:08}", created_at=AT,
        )
        for number in range(count)
    )  # fmt: skip
    Account.objects.bulk_create(
        Account(person=person, phone=f"122{number:08}", phone_hash=f"122{number:08}", created_at=AT)
        for number, person in enumerate(people[::2])
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT core_analyse()")


def test_of_many_people_both_numbers_are_looked_up_by_their_index() -> None:
    many(make_place("center", "石城县"), 2000)
    with CaptureQueriesContext(connection) as asked:
        people_of_number(phone=PHONE)
    (statement,) = [each["sql"] for each in asked.captured_queries]
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (FORMAT TEXT) " + statement)
        plan = "\n".join(row[0] for row in cursor.fetchall())
    for table in ("people_person", "people_account"):
        assert f"Seq Scan on {table}" not in plan, plan
    assert "Index Cond: (contact_phone_hash = " in plan, plan
    assert "Index Cond: (phone_hash = " in plan, plan
