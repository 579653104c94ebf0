"""A human being: written down once, with the columns by which a name is found and sorted."""

from datetime import datetime

from django.db import transaction

from sidan.audit.operations import record
from sidan.core.actor import Actor
from sidan.core.errors import NotFound
from sidan.core.locks import wait_for
from sidan.core.phones import normalise_phone
from sidan.core.pinyin import sort_key
from sidan.core.scope import everything
from sidan.core.search import name_terms
from sidan.people.enums import Sex
from sidan.people.models import Person
from sidan.people.permissions import require_signed_in
from sidan.people.queries.sharing import ids_of_number
from sidan.places.models import Place


def find_place(*, place_id: int) -> Place:
    """Return an open place.

    Raises:
        NotFound: it is not there, or closed.
    """
    place = Place.objects.filter(pk=place_id).first()
    if place is None or not place.is_open:
        raise NotFound
    return place


def add_person(
    *,
    at: datetime,
    name: str,
    place: Place | None,
    phone: str = "",
    sex: str = Sex.UNSTATED,
    address: str = "",
) -> Person:
    """Write a person down; only for operations that have checked who may.

    Raises:
        BadPhone: the contact phone cannot be called.
    """
    person = Person(name=name)
    person.pinyin, person.search = sort_key(name), name_terms(name)
    person.sex, person.address, person.created_at = sex, address, at
    person.home_place, person.county_id = place, place.county_id if place else None
    _set_phone(person, phone)
    person.save(force_insert=True)
    return person


def find_same_person(*, name: str, phone: str, home_id: int | None = None) -> Person | None:
    """Return the person with this very name and telephone, to call or to sign in with, if one is written down (R-P1).

    Who asks for the same person at the same moment waits until the caller's transaction has ended: families share a
    telephone, so no unique index can say that two rows are one person. Of several the oldest is returned; with a home
    only who lives there counts.
    """
    wait_for(value=f"{phone} {name}", purpose="people.same_person")
    with everything("one person once, whoever wrote them down"):
        same = Person.objects.filter(pk__in=ids_of_number(phone=phone), name=name, canonical=None)
        if home_id is not None:
            same = same.filter(home_place=home_id)
        return same.order_by("id").first()


def find_same_at_home(*, name: str, home_id: int, address: str = "") -> Person | None:
    """Return the person of this very name who lives there, of whom no telephone was told (R-P1: one person once).

    With an address only who lives at it counts, whether or not a telephone is known of them. Without one only who has
    none either. Two people of one name in a village are told apart by their addresses. Waits like `find_same_person`.
    """
    wait_for(value=f"{home_id} {name}", purpose="people.same_at_home")
    with everything("one person once, whoever wrote them down"):
        same = Person.objects.filter(name=name, home_place=home_id, canonical=None)
        if not address:
            return same.filter(contact_phone_hash=None).order_by("id").first()
        # Addresses are encrypted, so they are compared here; people of one name in one village are few.
        return next((person for person in same.order_by("id") if person.address == address), None)


def _set_phone(person: Person, phone: str) -> None:
    person.contact_phone = normalise_phone(phone) if phone else ""
    # The column hashes plain text when it is written.
    person.contact_phone_hash = person.contact_phone or None


@transaction.atomic
def edit_own_contact(
    *, actor: Actor, at: datetime, name: str, contact_phone: str, address: str, home_place_id: int | None
) -> Person:
    """Change one's own name, contact phone, address and home place.

    Raises:
        BadPhone, NotFound (the place).
    """
    _account_id, person_id = require_signed_in(actor=actor)
    place = find_place(place_id=home_place_id) if home_place_id else None
    person = Person.unscoped.select_for_update().filter(pk=person_id).first()
    if person is None:
        raise NotFound
    person.name, person.pinyin, person.search = name, sort_key(name), name_terms(name)
    person.address, person.home_place, person.county_id = address, place, place.county_id if place else None
    _set_phone(person, contact_phone)
    person.save(
        update_fields=["name", "pinyin", "search", "address", "home_place", "county", "contact_phone",
                       "contact_phone_hash"]
    )  # fmt: skip
    record(
        actor=actor,
        at=at,
        verb="person.contact_edited",
        subject=("person", person.pk),
        county_id=person.county_id,
    )
    return person
