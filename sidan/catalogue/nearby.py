"""Which place a page of the portal is about: what this device chose, else one's home, else the only center there is."""

from typing import Final
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase

from sidan.core.requests import asker_of
from sidan.places.enums import PlaceKind, PlaceState
from sidan.places.models import Place

COOKIE: Final = "sidan_place"
COOKIE_SECONDS: Final = 365 * 24 * 3600
_KEPT: Final = "_sidan_place"
# What pages show of it: every page of the portal reads this row, and the search terms are longer than all the rest.
_SHOWN: Final = (
    "uuid", "kind", "state", "name", "short_name", "name_en", "parent__short_name", "parent__name_en", "county",
)  # fmt: skip


def place_near(request: HttpRequest) -> Place | None:
    """Return the place of this visitor, or nothing where nobody can know; read once a request."""
    if not hasattr(request, _KEPT):
        setattr(request, _KEPT, _find(request))
    place: Place | None = getattr(request, _KEPT)
    return place


def remember_place(response: HttpResponseBase, *, place: Place) -> None:
    """Let this device come back to the place for a year."""
    response.set_cookie(COOKIE, str(place.uuid), max_age=COOKIE_SECONDS, httponly=True, samesite="Lax")


def _find(request: HttpRequest) -> Place | None:
    rows = Place.objects.select_related("parent").only(*_SHOWN).filter(state=PlaceState.OPEN)
    chosen = _uuid_of(request.COOKIES.get(COOKIE, ""))
    if chosen is not None and (place := rows.filter(uuid=chosen).first()):
        return place
    home_id = asker_of(request).home_place_id
    if home_id is not None and (place := rows.filter(pk=home_id).first()):
        return place
    centers = list(rows.filter(kind=PlaceKind.CENTER)[:2])
    if not centers:
        # An installation of one township or village has no center: its root is the place.
        centers = list(rows.filter(parent=None, kind__in=[PlaceKind.INSTITUTE, PlaceKind.STATION])[:2])
    return centers[0] if len(centers) == 1 else None


def _uuid_of(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
