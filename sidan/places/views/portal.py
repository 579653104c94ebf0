"""What everybody sees of a place, and the picker of places that forms use."""

from typing import Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sidan.core.clock import business_date, now
from sidan.core.errors import BadRequest, NotFound
from sidan.core.moments import dated_span_words, hours_words
from sidan.core.pagination import keyset_page
from sidan.places import queries
from sidan.places.coordinates import converted
from sidan.places.forms import PickSearch
from sidan.places.models import Place, PopUp, PopUpStop
from sidan.places.nearby import place_near
from sidan.places.told import told_of

PAGE_SIZE: Final = 24


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
        "pop_ups": queries.pop_ups_at(place=page.place, at=now()),
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


@require_safe
def pop_ups(request: HttpRequest) -> HttpResponse:
    """What stands somewhere for a while and is coming near: buses, fairs, stands at markets."""
    near = place_near(request)
    rows = queries.pop_ups_coming(at=now(), near=near)
    cursor = request.GET.get("cursor") or None
    page = keyset_page(rows=rows, sort="begins_key", cursor=cursor, limit=PAGE_SIZE)
    return render(request, "places/pop_ups.html", {"page": page, "here": near})


@require_safe
def pop_up(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One of them: when, where, the stops of a bus. The code that hangs at the spot leads here."""
    found = pop_up_or_404(uuid)
    context = {
        "pop_up": found,
        "map": map_text(found),
        "stops": stops_text(found),
        "is_over": found.ends <= now(),
    }
    return render(request, "places/pop_up.html", context)


def pop_up_or_404(uuid: UUID) -> PopUp:
    """Return what stands somewhere for a while, by its public id. Raises NotFound."""
    found = queries.pop_up_by_uuid(uuid=uuid)
    if found is None:
        raise NotFound()
    return found


def stops_text(found: PopUp) -> list[dict[str, object]]:
    """Return the stops of a bus: on the day of its route by their hours alone, on a later one with its date."""
    day = business_date(found.begins)
    return [
        {
            "name": stop.shown_name, "map": map_text(stop),
            "when": hours_words(stop.arrives, stop.leaves)
            if business_date(stop.arrives) == business_date(stop.leaves) == day
            else dated_span_words(stop.arrives, stop.leaves),
        }
        for stop in found.stops.all()
    ]  # fmt: skip


def map_text(row: Place | PopUp | PopUpStop) -> dict[str, str] | None:
    """Return the point as Chinese maps draw it, with a link that opens the map app of the phone."""
    here = queries.point_of(row)
    if here is None:
        return None
    drawn, measured = converted(here, system="gcj02"), converted(here, system="wgs84")
    return {
        "shown": f"{drawn.longitude:.6f}, {drawn.latitude:.6f} (GCJ-02)",
        "geo": f"geo:{measured.latitude:.6f},{measured.longitude:.6f}",
    }
