"""Which place a page of the portal is about: what this device chose, else one's home, else the installation's own.

That is the one it names, where many stand in it (`SIDAN_HOME_DIVISION`), else the only center there is.
"""

from typing import Final
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase

from sidan.core.compiled import PublicObjects
from sidan.core.ids import read_uuid
from sidan.core.lists import uuid_of
from sidan.core.requests import asker_of
from sidan.places.enums import PlaceKind, PlaceState
from sidan.places.models import Place
from sidan.places.queries import place_by_uuid

COOKIE: Final = "sidan_place"
COOKIE_SECONDS: Final = 365 * 24 * 3600
_KEPT: Final = "_sidan_place"
# What pages show of it: every page of the portal reads this row, and the search terms are longer than all the rest.
_SHOWN: Final = (
    "uuid", "kind", "state", "name", "short_name", "name_en", "parent__short_name", "parent__name_en", "county",
)  # fmt: skip


def place_asked(request: HttpRequest) -> Place | None:
    """Return the place by which the address filters; what cannot be understood filters nothing."""
    uuid = uuid_of(request, "place")
    return place_by_uuid(uuid=uuid) if uuid else None


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
    chosen = read_uuid(request.COOKIES.get(COOKIE, ""))
    if chosen is not None and (found := _CHOSEN.all(uuid=chosen)):
        return found[0]
    home_id = asker_of(request).home_place_id
    if home_id is not None and (found := _HOME.all(home=home_id)):
        return found[0]
    if settings.HOME_DIVISION and (found := _NAMED.all(code=settings.HOME_DIVISION)):
        return found[0]
    # An installation of one township or village has no center: its root is the place.
    tops = _CENTERS.all() or _ROOTS.all()
    return tops[0] if len(tops) == 1 else None


def _open_places() -> QuerySet[Place]:
    return Place.objects.select_related("parent").only(*_SHOWN).filter(state=PlaceState.OPEN)


# With every page of the portal, whose refusals too, where no scope is active: so built once, and without one.
_CHOSEN: Final = PublicObjects(lambda uuid: _open_places().filter(uuid=uuid), uuid=UUID(int=0))
_HOME: Final = PublicObjects(lambda home: _open_places().filter(pk=home), home=-1)
_NAMED: Final = PublicObjects(lambda code: _open_places().filter(division=code), code="")
_CENTERS: Final = PublicObjects(lambda: _open_places().filter(kind=PlaceKind.CENTER)[:2])
_ROOTS: Final = PublicObjects(
    lambda: _open_places().filter(parent=None, kind__in=[PlaceKind.INSTITUTE, PlaceKind.STATION])[:2]
)
