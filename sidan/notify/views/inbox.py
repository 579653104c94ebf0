"""The inbox as a page."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from sidan.core.clock import now
from sidan.core.htmx import go_to, is_fragment, page_or_piece
from sidan.core.requests import actor_of, asker_of
from sidan.notify import operations, queries
from sidan.notify.kinds import kind_of
from sidan.notify.models import Notice


def _line(notice: Notice) -> dict[str, object]:
    kind = kind_of(notice.kind)
    return {"notice": notice, "sentence": kind.render(notice.facts), "icon": kind.icon}


@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """Everything that was told to me, newest first."""
    actor = actor_of(request)
    page = queries.inbox_of(actor=actor, cursor=request.GET.get("cursor"))
    unread = queries.unread_count(actor=actor)
    context = {
        "lines": [_line(notice) for notice in page.items],
        "next_cursor": page.next_cursor,
        "unread_count": unread,
    }
    return page_or_piece(request, page="notify/inbox.html", piece="notify/_lines.html", context=context)


@require_GET
def count(request: HttpRequest) -> HttpResponse:
    """The number at the bell, as a piece; empty when there is nothing unread."""
    unread = queries.unread_count(actor=asker_of(request))
    return render(
        request, "notify/_count.html", {"unread_count": unread, "shown_to": queries.UNREAD_SHOWN_TO}
    )


@require_POST
def read_one(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Mark a notice as read and go to where one acts."""
    operations.mark_read(actor=actor_of(request), at=now(), uuid=uuid)
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts=None):
        target = ""
    return go_to(request, target or "/notices/")


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark everything as read."""
    operations.mark_all_read(actor=actor_of(request), at=now())
    if is_fragment(request):
        return inbox_piece(request)
    return go_to(request, "/notices/")


def inbox_piece(request: HttpRequest) -> HttpResponse:
    """The list again, after a write."""
    page = queries.inbox_of(actor=actor_of(request))
    context = {
        "lines": [_line(notice) for notice in page.items],
        "next_cursor": page.next_cursor,
        "unread_count": 0,
    }
    return render(request, "notify/_lines.html", context)
