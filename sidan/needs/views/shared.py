"""What the pages of needs have in common."""

from django.http import HttpRequest

from sidan.core.pages import staff_page as page_of
from sidan.core.requests import actor_of
from sidan.needs.permissions import require_desk
from sidan.needs.queries import places_to_note
from sidan.people.enums import ENTERING_ROLES
from sidan.places.models import Place


def places_of(request: HttpRequest) -> list[Place]:
    """Return the places that the actor may write down for."""
    return places_to_note(root_ids=actor_of(request).places_where(frozenset(ENTERING_ROLES)))


staff_page = page_of(require_desk, public=False)
