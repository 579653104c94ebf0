"""What staff choose from: the residents they may enter orders for, and where those live."""

from collections.abc import Iterable

from django.db.models import QuerySet

from sidan.core.phones import BadPhone, normalise_phone
from sidan.core.search import search_q
from sidan.people.models import Person
from sidan.places.models import Place
from sidan.places.queries import ids_within

SHOWN = 20


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
