"""What staff choose from: where the residents live for whom they may enter orders."""

from collections.abc import Iterable

from django.db.models import QuerySet

from sidan.places.models import Place
from sidan.places.queries import places_to_choose


def homes_to_enter(*, root_ids: Iterable[int]) -> QuerySet[Place]:
    """Return the villages and communities below one's office, where residents live."""
    return places_to_choose(root_ids=root_ids, kinds=["station", "institute"])
