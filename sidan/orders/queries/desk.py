"""What staff choose from: where the residents live for whom they may enter orders."""

from collections.abc import Iterable

from django.db.models import QuerySet

from sidan.places.models import Place
from sidan.places.queries import ids_within


def homes_to_enter(*, root_ids: Iterable[int]) -> QuerySet[Place]:
    """Return the villages and communities below one's office, where residents live."""
    rows = Place.objects.filter(pk__in=ids_within(root_ids=list(root_ids)), kind__in=["station", "institute"])
    return rows.exclude(state="closed").order_by("sort_code", "id")
