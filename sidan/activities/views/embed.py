"""The month of a place within another site's page: no sign-in, no cookie, nothing that could be pressed by mistake."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from sidan.activities.views.calendar import SHOWN
from sidan.activities.views.leaves import opened_at
from sidan.core.embedding import embeddable
from sidan.core.errors import NotFound
from sidan.core.language import supported
from sidan.core.moments import weekday_words
from sidan.places.queries import place_by_uuid


@require_safe
@embeddable
def embed(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A month of a place and all below it; every activity opens in a page of its own."""
    place = place_by_uuid(uuid=uuid)
    if place is None:
        raise NotFound
    with translation.override(supported(request.GET.get("lang", ""))):
        here = opened_at(request, place=place)
        fields, has_more = here.fields(most=SHOWN[here.leaf.spread])
        context = {
            "place": place,
            "leaf": here.leaf,
            "fields": fields,
            "has_more": has_more,
            "is_empty": not any(field.occasions for field in fields),
            "weekdays": weekday_words(),
            "language": translation.get_language(),
            "whole_url": here.url(here.leaf.day),
            "back_query": _query(request.GET, here.leaf.back),
            "on_query": _query(request.GET, here.leaf.on),
        }
        return render(request, "activities/embed.html", context)


def _query(asked: QueryDict, day: object) -> str:
    """Return the address part that leafs within the frame; nothing where the calendar ends."""
    if day is None:
        return ""
    query = asked.copy()
    query["day"] = str(day)
    return query.urlencode()
