"""What everybody sees: the talks that can be heard, and one of them with its films, pictures and next times."""

from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from sidan.activities.enums import Task
from sidan.core.errors import NotFound
from sidan.core.lists import filter_chips, query_of
from sidan.core.pagination import keyset_page
from sidan.lectures import queries
from sidan.lectures.enums import TalkState
from sidan.places.nearby import place_near

PAGE_SIZE: Final = 24


@require_safe
def talks(request: HttpRequest) -> HttpResponse:
    """What is published in one's county, the newest first."""
    text, task = query_of(request), request.GET.get("task", "")
    chosen = queries.TalkFilter(text=text, task=task if task in Task.values else "")
    rows = queries.published(near=place_near(request), chosen=chosen)
    context: dict[str, Any] = {
        "page": keyset_page(rows=rows, sort="-id", cursor=request.GET.get("cursor") or None, limit=PAGE_SIZE),
        "filters": filter_chips(request, name="task", choices=Task.choices, everything=_("All talks")),
        "query": text,
        "is_filtered": bool(text or task),
    }
    return render(request, "lectures/talks.html", context)


@require_safe
def talk(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One talk: what it is about, what can be looked at, when it is given next."""
    found = queries.talk_by_uuid(uuid=uuid)
    if found.state != TalkState.PUBLISHED:
        raise NotFound
    context = {
        "talk": found,
        "materials": queries.materials_of(talk=found),
        "pictures": queries.pictures_of(talk=found),
        "coming": queries.coming_with(talk=found),
    }
    return render(request, "lectures/public_talk.html", context)
