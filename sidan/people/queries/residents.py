"""Residents: found to enter something for them, and what a form knows of oneself."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import Q

from sidan.core.errors import NotFound
from sidan.core.phones import BadPhone, normalise_phone
from sidan.core.scope import nothing
from sidan.core.search import query_terms, search_q
from sidan.people.models import Person
from sidan.people.queries.sharing import ids_of_number
from sidan.places.queries import ids_named

SHOWN: Final = 20


class Residents(list[Person]):
    """The first residents of a name or number; `more` where there are others that this list leaves out.

    Who does not read their name here must not be taken for somebody new: every page that lists them says so.
    """

    more = False


def residents_found(*, text: str) -> Residents:
    """Return the residents in scope with this telephone (whole, to call or to sign in with), or with this name, pinyin
    or initials; of several words, some may name where they live."""
    if not text.strip():
        return Residents()
    try:
        rows = Person.objects.filter(pk__in=ids_of_number(phone=normalise_phone(text)))
    except BadPhone:
        rows = Person.objects.filter(_named(text))
    rows = rows.filter(canonical=None).select_related("home_place")
    read = list(rows.order_by("pinyin", "id")[: SHOWN + 1])
    found = Residents(read[:SHOWN])
    found.more = len(read) > SHOWN
    return found


def _named(text: str) -> Q:
    """Every word is of the name, or of where they live or above; one at least is of the name: 「刘 城北」."""
    words = [word for word in text.split() if query_terms(word)]
    if len(words) < 2:
        return search_q("search", text)
    names, all_words = nothing(), Q()
    for word in words:
        names |= search_q("search", word)
        all_words &= search_q("search", word) | Q(home_place__in=ids_named(query=word))
    return names & all_words


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
