"""One human in several rows: whichever of them is asked about, all are found, the one that is kept first."""

import pytest

from sidan.people.models import Person
from sidan.people.queries import are_one_person, rows_of_person
from sidan.people.queries.sharing import ids_sharing_a_number
from sidan.places.models import Place
from tests.factories import AT, make_place

pytestmark = pytest.mark.django_db
PHONE = "12012345678"


def row(place: Place, *, into: Person | None = None) -> Person:
    return Person.unscoped.create(
        name="周桂英", home_place=place, county_id=place.pk, contact_phone=PHONE, contact_phone_hash=PHONE,
        canonical=into, created_at=AT,
    )  # fmt: skip


def test_all_rows_of_one_human_are_found_from_each_of_them_however_they_were_merged() -> None:
    center = make_place("center", "石城县")
    kept, stranger = row(center), row(center)
    once = row(center, into=kept)
    merged_before, beside = row(center, into=once), row(center, into=kept)
    for one in (kept, once, merged_before, beside):
        found = rows_of_person(person_id=one.pk)
        assert (found[0], set(found)) == (kept.pk, {kept.pk, once.pk, merged_before.pk, beside.pk})
        assert len(found) == 4
        assert are_one_person(person_id=one.pk, other_id=merged_before.pk)
        assert not are_one_person(person_id=one.pk, other_id=stranger.pk)
    assert rows_of_person(person_id=stranger.pk) == [stranger.pk]
    assert are_one_person(person_id=stranger.pk, other_id=stranger.pk)


def test_rows_that_point_at_each_other_are_each_by_itself() -> None:
    center = make_place("center", "石城县")
    one = row(center)
    other = row(center, into=one)
    Person.unscoped.filter(pk=one.pk).update(canonical=other)
    assert rows_of_person(person_id=one.pk) == [one.pk]


def test_another_row_of_oneself_is_nobody_of_the_household() -> None:
    center = make_place("center", "石城县")
    kept = row(center)
    merged, son = row(center, into=kept), row(center)
    assert ids_sharing_a_number(person_id=kept.pk) == [son.pk]
    assert ids_sharing_a_number(person_id=merged.pk) == [son.pk]
    assert set(ids_sharing_a_number(person_id=son.pk)) == {kept.pk, merged.pk}
