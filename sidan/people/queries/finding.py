"""Conditions that several lists share."""

from django.db.models import Exists, OuterRef, Q

from sidan.core.phones import BadPhone, normalise_phone
from sidan.core.scope import nothing
from sidan.places.models import PlaceLink


def within_place(field: str, place_id: int) -> Q:
    """Return the condition "stands at this place or below it, today"."""
    return within_roots(field, (place_id,))


def within_roots(field: str, root_ids: tuple[int, ...]) -> Q:
    """Return the condition "stands in the subtree of one of these places, today"."""
    links = PlaceLink.objects.filter(
        ancestor__in=root_ids, descendant=OuterRef(field), during__upper_inf=True
    )
    return Q(Exists(links))


def of_phone(field: str, query: str) -> Q:
    """Return the condition "has this telephone" for a query that is a whole number; parts are never searched."""
    try:
        return Q(**{field: normalise_phone(query)})
    except BadPhone:
        return nothing()
