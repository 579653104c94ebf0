"""The menu of a place as paper shows it."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from sidan.catalogue.enums import MenuState
from sidan.catalogue.models import Menu, Project
from sidan.catalogue.queries import MenuCard, MenuFilter, menu_at
from sidan.desk.models import ServiceNumber
from sidan.desk.policies import row_of_number, service_number
from sidan.places.models import PlaceLink

MOST_ON_PAPER: Final = 1000
"""More than any county has: the longest menu known holds 619 services."""


def cards_on_paper(*, place_id: int, today: date) -> list[MenuCard]:
    """What is on the menu of a place that day, in its order."""
    return menu_at(place_id=place_id, today=today, wanted=MenuFilter(), limit=MOST_ON_PAPER).cards


def is_drawn_up(*, place_id: int, month: date) -> bool:
    """Tell whether this place, or one above it, has published a menu of that very month (its first day)."""
    above = PlaceLink.objects.filter(descendant=place_id, during__upper_inf=True).values("ancestor")
    return Menu.objects.filter(place__in=above, month=month, state=MenuState.PUBLISHED).exists()


def ids_of(*, cards: Sequence[MenuCard]) -> dict[str, int]:
    """Return the ids of the services on some cards, by their public ones; what stands on a menu is public."""
    rows = Project.unscoped.filter(uuid__in=[card.uuid for card in cards])
    return {str(uuid): pk for uuid, pk in rows.values_list("uuid", "pk")}


def numbers_of(*, project_ids: Sequence[int]) -> dict[int, str]:
    """Return the short numbers of those services that have one."""
    rows = ServiceNumber.objects.filter(project__in=project_ids).values_list("project_id", "pk")
    return {project_id: service_number(pk) for project_id, pk in rows}


def services_named(words: str) -> list[int]:
    """Return the service that a short number means: typed into any search of a menu."""
    row_id = row_of_number(words)
    if row_id is None:
        return []
    return list(ServiceNumber.objects.filter(pk=row_id).values_list("project_id", flat=True))
