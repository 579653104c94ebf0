"""Questions about places."""

from django.db.models import Exists, OuterRef, Q

from sidan.core.scope import Scope, nothing
from sidan.places.models import Place, PlaceLink


def scope_condition(scope: Scope, *, place: str, county: str) -> Q:
    """Return the condition "this row belongs to a subtree the scope may see".

    A grant at a center is answered by the county column alone; below it by the dated closure of today. A grant above
    the county (city, province) uses the closure as well: it is a list of a few centers.
    """
    condition = nothing()
    if scope.whole_county_ids:
        condition |= Q(**{f"{county}__in": scope.whole_county_ids})
    if scope.root_ids:
        links = PlaceLink.objects.filter(
            ancestor__in=scope.root_ids, descendant=OuterRef(place), during__upper_inf=True
        )
        condition |= Q(Exists(links))
    return condition


def ancestor_ids(*, place_id: int) -> frozenset[int]:
    """Return the ids of a place and all above it, today: one indexed query."""
    return frozenset(
        PlaceLink.objects.filter(descendant=place_id, during__upper_inf=True).values_list("ancestor_id", flat=True)
    )


def subtree_ids(*, place_id: int) -> frozenset[int]:
    """Return the ids of a place and all below it, today."""
    return frozenset(
        PlaceLink.objects.filter(ancestor=place_id, during__upper_inf=True).values_list("descendant_id", flat=True)
    )


def stands_within(*, place_id: int, root_ids: tuple[int, ...]) -> bool:
    """Tell whether a place stands in the subtree of any of the roots, today."""
    if not root_ids:
        return False
    if place_id in root_ids:
        return True
    return PlaceLink.objects.filter(
        ancestor__in=root_ids, descendant=place_id, during__upper_inf=True
    ).exists()


def place_by_uuid(*, uuid: object) -> Place | None:
    """Find a place by its public id."""
    return Place.objects.select_related("county", "parent").filter(uuid=uuid).first()
