"""What everybody sees of a place, and the picker of places that forms use."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sidan.core.clock import business_date, now
from sidan.core.errors import BadRequest, NotFound
from sidan.places import queries
from sidan.places.coordinates import Point, converted
from sidan.places.forms import PickSearch
from sidan.places.models import Place
from sidan.places.told import told_of


@require_safe
def place(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The public page of a place: where it is, when it is open, what stands in it."""
    page = queries.place_page(uuid=uuid)
    if page is None:
        raise NotFound()
    context = {
        "page": page,
        "place": page.place,
        "map": map_text(page.place),
        "told": told_of(place=page.place, on=business_date(now())),
    }
    return render(request, "places/place.html", context)


@require_safe
def pick(request: HttpRequest) -> HttpResponse:
    """The few places that match what was typed, for the picker of a form; without a script the form has its select."""
    form = PickSearch(request.GET)
    if not form.is_valid():
        raise BadRequest()
    under = form.cleaned_data["under"]
    roots = queries.place_ids(uuids=under)
    if len(roots) < len(set(under)):
        raise NotFound()
    places = queries.picker_places(query=form.cleaned_data["q"], under=roots)
    return render(request, "places/_picked.html", {"places": places, "query": form.cleaned_data["q"]})


def map_text(place: Place) -> dict[str, str] | None:
    """Return the point as Chinese maps draw it, with a link that opens the map app of the phone."""
    if place.longitude is None or place.latitude is None:
        return None
    here = Point(float(place.longitude), float(place.latitude), place.coordinate_system)
    drawn, measured = converted(here, system="gcj02"), converted(here, system="wgs84")
    return {
        "shown": f"{drawn.longitude:.6f}, {drawn.latitude:.6f} (GCJ-02)",
        "geo": f"geo:{measured.latitude:.6f},{measured.longitude:.6f}",
    }
