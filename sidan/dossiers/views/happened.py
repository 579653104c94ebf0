"""What happened, for everybody: the latest of a place, and one activity."""

from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sidan.activities.enums import ActivityKind
from sidan.core.lists import query_of
from sidan.core.pagination import keyset_page
from sidan.dossiers import queries
from sidan.dossiers.queries import Told, dossier_of
from sidan.dossiers.views.shared import photos_shown
from sidan.places.nearby import place_asked, place_near

PAGE_SIZE: Final = 12


@require_safe
def happened(request: HttpRequest) -> HttpResponse:
    """What was held of which something is told; of the whole county where no place is chosen."""
    wanted = _wanted(request)
    page = keyset_page(
        rows=queries.happened(wanted=wanted), sort="-begins_key", cursor=request.GET.get("cursor") or None,
        limit=PAGE_SIZE,
    )  # fmt: skip
    told = queries.news_of(activities=list(page.items))
    place = place_asked(request)
    context: dict[str, Any] = {
        "page": page,
        "rows": [_card(told[one.pk]) for one in page.items if one.pk in told],
        "wanted": wanted,
        "query": wanted.text,
        "place": place,
        "kinds": ActivityKind.choices,
        "is_filtered": bool(wanted.kind or wanted.text),
    }
    return render(request, "dossiers/happened.html", context)


def _wanted(request: HttpRequest) -> queries.Wanted:
    place, near, kind = place_asked(request), place_near(request), request.GET.get("kind", "")
    here = place or near
    return queries.Wanted(
        place_id=place.pk if place else None, county_id=here.county_id if here else None,
        kind=kind if kind in ActivityKind.values else "", text=query_of(request),
    )  # fmt: skip


def _card(told: Told) -> dict[str, Any]:
    photos = photos_shown(told.photos, title=told.activity.shown_title)
    return {"told": told, "photo": photos[0] if photos else None}


@require_safe
def told(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What happened at one activity. No names: whoever came is a number."""
    found = queries.told_by_uuid(uuid=uuid)
    context = {
        "told": found,
        "activity": found.activity,
        "numbers": dossier_of(activity=found.activity).numbers,
        "photos": photos_shown(found.photos, title=found.activity.shown_title),
    }
    return render(request, "dossiers/told.html", context)
