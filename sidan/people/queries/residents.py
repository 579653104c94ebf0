"""Residents: found to enter something for them, and what a form knows of oneself."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sidan.core.errors import NotFound
from sidan.core.phones import BadPhone, normalise_phone
from sidan.core.search import search_q
from sidan.people.models import Person
from sidan.people.queries.sharing import ids_of_number

SHOWN: Final = 20


def residents_found(*, text: str) -> list[Person]:
    """Return the residents in scope with this telephone (whole, to call or to sign in with), or with this name, pinyin
    or initials."""
    if not text.strip():
        return []
    try:
        rows = Person.objects.filter(pk__in=ids_of_number(phone=normalise_phone(text)))
    except BadPhone:
        rows = Person.objects.filter(search_q("search", text))
    rows = rows.filter(canonical=None).select_related("home_place")
    return list(rows.order_by("pinyin", "id")[:SHOWN])


def resident_by_uuid(*, uuid: UUID) -> Person:
    """Find a resident within the scope, to enter something for. Raises NotFound."""
    found = Person.objects.filter(uuid=uuid).first()
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True, slots=True)
class OwnContact:
    """What is known of oneself, to fill a form with."""

    name: str
    phone: str
    address: str


def own_contact(*, person_id: int) -> OwnContact:
    """Return one's own name, telephone (else the one one signs in with) and address: one query."""
    person = Person.objects.select_related("account").get(pk=person_id)
    phone = person.contact_phone or person.account.phone
    return OwnContact(name=person.name, phone=phone or "", address=person.address or "")
