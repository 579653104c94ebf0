"""What staff choose from: the places they look after, the residents they may enter orders for."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from sidan.core.phones import BadPhone, normalise_phone
from sidan.core.search import search_q
from sidan.people.models import Person
from sidan.places.models import Place
from sidan.places.queries import ids_within

SHOWN = 20


def places_to_filter(*, root_ids: Iterable[int]) -> list[Place]:
    """Return the places of one's office and those right under them, in official order."""
    roots = list(root_ids)
    rows = Place.objects.filter(Q(pk__in=roots) | Q(parent__in=roots)).exclude(state="closed")
    return list(
        rows.only("uuid", "name", "name_en", "path_names", "path_names_en").order_by("sort_code", "id")
    )


def homes_to_enter(*, root_ids: Iterable[int]) -> QuerySet[Place]:
    """Return the villages and communities below one's office, where residents live."""
    rows = Place.objects.filter(pk__in=ids_within(root_ids=list(root_ids)), kind__in=["station", "institute"])
    return rows.exclude(state="closed").order_by("sort_code", "id")


def residents_found(*, text: str) -> list[Person]:
    """Return the residents in scope with this telephone (whole), or with this name, pinyin or initials."""
    if not text.strip():
        return []
    try:
        rows = Person.objects.filter(contact_phone_hash=normalise_phone(text))
    except BadPhone:
        rows = Person.objects.filter(search_q("search", text))
    rows = rows.filter(canonical=None).select_related("home_place")
    return list(rows.order_by("pinyin", "id")[:SHOWN])
