"""Calendars that other programs read: of a place, of a team, and one's own by its secret address."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from sidan.activities import operations, queries
from sidan.activities.feeds import Feed, webcal
from sidan.activities.views.wanted import wanted_at
from sidan.core.clock import now
from sidan.core.errors import NotFound
from sidan.core.language import supported
from sidan.core.pages import act
from sidan.core.requests import actor_of
from sidan.people.access import address_of
from sidan.people.queries import team_by_uuid
from sidan.places.queries import place_by_uuid, pop_ups_told

KIND = "text/calendar; charset=utf-8"


@require_safe
def place_feed(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """What a place and all below it announce, narrowed by its address as the calendar is."""
    place = place_by_uuid(uuid=uuid)
    if place is None:
        raise NotFound
    wanted = wanted_at(request, place=place)
    rows = queries.feed_of_place(wanted=wanted)
    # Buses, fairs and stands have no kind of activity and no audience that one could look for.
    narrow = bool(wanted.kind or wanted.audience)
    beside = (
        [] if narrow else pop_ups_told(at=wanted.at, county_id=wanted.county_id, place_id=wanted.place_id)
    )
    with translation.override(_language(request)):
        name = gettext("Activities · %(name)s") % {"name": place.shown_short}
        return _public(request, Feed(name, site_of(request), rows, pop_ups=beside))


@require_safe
def team_feed(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """What a team announces."""
    team = team_by_uuid(uuid=uuid)
    if team is None:
        raise NotFound
    rows = queries.feed_of_team(team=team, at=now())
    with translation.override(_language(request)):
        name = gettext("Activities · %(name)s") % {"name": team.shown_name}
        return _public(request, Feed(name, site_of(request), rows))


@require_safe
def own_feed(request: HttpRequest, token: str) -> HttpResponseBase:
    """To what somebody comes; whoever has the address reads it, so it says no names."""
    at = now()
    owner = operations.open_own_calendar(at=at, token=token, address=address_of(request))
    with translation.override(owner.language):
        own = queries.feed_of_person(actor=owner, at=at)
        feed = Feed(gettext("My activities"), site_of(request), own.activities, own.waiting, own.promised, at)
        return _private(_answer(request, feed))


@require_safe
def my_calendar(request: HttpRequest) -> HttpResponse:
    """What the address of one's own calendar is for, and whether there is one."""
    return _page(request)


@require_POST
def make_address(request: HttpRequest) -> HttpResponse:
    """Make an address, or a new one, and show it this once."""
    token = operations.make_calendar_address(actor=actor_of(request), at=now())
    path = reverse("activities:own_feed", args=[token])
    return _private(_page(request, url=request.build_absolute_uri(path)))


@require_POST
def remove_address(request: HttpRequest) -> HttpResponse:
    """Take the address away."""
    return act(
        request, url=reverse("activities:my_calendar"), done=_("The address opens nothing any more."),
        write=lambda: operations.remove_calendar_address(actor=actor_of(request), at=now()),
    )  # fmt: skip


def site_of(request: HttpRequest) -> str:
    """Return the address of this installation, without a slash at its end."""
    return request.build_absolute_uri("/").rstrip("/")


def _page(request: HttpRequest, *, url: str = "") -> HttpResponse:
    actor = actor_of(request)
    context = {
        "made": queries.own_calendar_address(actor=actor), "url": url, "webcal": webcal(url),
    }  # fmt: skip
    return render(request, "activities/my_calendar.html", context)


def _language(request: HttpRequest) -> str:
    """Return the language that the address asks for: programs send none, or that of their maker."""
    return supported(request.GET.get("lang", ""))


def _public(request: HttpRequest, feed: Feed) -> HttpResponseBase:
    answer = _answer(request, feed)
    answer.headers["Cache-Control"] = "public, max-age=900"
    return answer


def _private(answer: HttpResponse) -> HttpResponse:
    # The address is the key: it is neither kept on the way nor told to other sites.
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _answer(request: HttpRequest, feed: Feed) -> HttpResponse:
    """Write the calendar, unless who asks has it already."""
    mark = f'"{feed.mark}"'
    known = get_conditional_response(request, etag=mark)
    if known is not None:
        return HttpResponse(status=known.status_code, headers={"ETag": mark})
    headers = {"ETag": mark, "Content-Disposition": 'inline; filename="activities.ics"'}
    return HttpResponse(feed.written(), content_type=KIND, headers=headers)
