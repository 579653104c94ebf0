"""Whose number it is."""

import pytest

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
