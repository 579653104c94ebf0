"""Writing a resident down who has no telephone of a kind to register with, or asks at the counter (R-O3)."""

from datetime import datetime

from django.db import transaction

from sidan.audit.operations import record
from sidan.core.actor import Actor
from sidan.core.phones import normalise_phone
from sidan.people.models import Account, Person
from sidan.people.operations.persons import add_person, find_place, find_same_at_home, find_same_person
from sidan.people.permissions import require_signed_in, require_writing_residents


@transaction.atomic
def write_down_resident(
    *, actor: Actor, at: datetime, name: str, home_place_id: int, phone: str = "", address: str = ""
) -> Person:
    """Return the resident with this name and telephone, written down now if they are not yet (R-P1: once).

    Who has no telephone is known again by name, home and address.

    Raises:
        NotYourResidents: the home lies outside the places where the actor enters orders.
        BadPhone, NotFound (the place).
    """
    require_writing_residents(actor=actor, place_id=home_place_id)
    place = find_place(place_id=home_place_id)
    if phone:
        same = find_same_person(name=name, phone=normalise_phone(phone), home_id=place.pk)
    else:
        same = find_same_at_home(name=name, home_id=place.pk, address=address)
    if same is not None:
        return same
    person = add_person(at=at, name=name, place=place, phone=phone, address=address)
    record(
        actor=actor, at=at, verb="person.written_down", subject=("person", person.pk), place_id=place.pk,
        county_id=place.county_id,
    )  # fmt: skip
    return person


@transaction.atomic
def write_down_relative(*, actor: Actor, at: datetime, name: str) -> Person:
    """Return who of one's family has this name and one's own telephone, written down now if they are not yet.

    Nothing else is told of them: who only knows a name learns nobody's number and nobody's home.

    Raises:
        NotSignedIn
    """
    account_id, _person_id = require_signed_in(actor=actor)
    account = Account.objects.select_related("person__home_place").get(pk=account_id)
    phone = str(account.phone)
    same = find_same_person(name=name, phone=phone)
    if same is not None:
        return same
    home = account.person.home_place
    person = add_person(at=at, name=name, place=home, phone=phone)
    record(
        actor=actor, at=at, verb="person.written_down", subject=("person", person.pk),
        place_id=home.pk if home else None, county_id=home.county_id if home else None,
    )  # fmt: skip
    return person
