"""The home pages, the choice of a place, how pages look, and the pages that tell of an error."""

from typing import Final

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sidan.catalogue.cards import service_cards
from sidan.catalogue.queries import MenuFilter, menu_at
from sidan.core.clock import business_date, now
from sidan.core.errors import BadRequest, Forbidden, NotFound
from sidan.core.ids import read_uuid
from sidan.core.inputs import UncleanText, clean_text
from sidan.core.problems import bad_request, page_not_found, permission_denied, server_error
from sidan.core.requests import actor_of
from sidan.places.enums import PlaceState
from sidan.places.models import Place
from sidan.places.nearby import place_near, remember_place
from sidan.places.queries import ancestors_of, children_of, picker_places, place_by_uuid
from sidan.web.context import SIZE_COOKIE, SIZES, THEME_COOKIE, THEMES
from sidan.web.desk import desk_of
from sidan.web.navigation import url_of

HOME_CARDS: Final = 6
YEAR_SECONDS: Final = 365 * 24 * 3600
ROBOTS: Final = "User-agent: *\nDisallow: /console/\nDisallow: /me/\nDisallow: /orders/\nDisallow: /api/\n"

__all__ = ["bad_request", "forbidden", "not_found", "server_error"]
forbidden = permission_denied
not_found = page_not_found


class NoSuchPlace(NotFound):
    """The place was closed, or the address is wrong."""


class NotForResidents(Forbidden):
    """The console is where staff and team leaders work."""

    code = "not_for_residents"
    sentence = gettext_lazy("The console is for staff and team leaders.")


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The portal's first page: one large button, the doors there are, and what is offered near by."""
    place = place_near(request)
    context: dict[str, object] = {"here": place}
    if place is not None:
        today = business_date(now())
        menu = menu_at(place_id=place.pk, today=today, wanted=MenuFilter(), limit=HOME_CARDS)
        context |= {"menu": menu, "cards": service_cards(menu.cards)}
    return render(request, "web/home.html", context)


@require_safe
def console(request: HttpRequest) -> HttpResponse:
    """The console's first page: what waits for this person, and where to go."""
    desk = desk_of(actor=actor_of(request))
    if desk is None:
        raise NotForResidents
    return render(request, "web/console_home.html", {"desk": desk})


@require_http_methods(["GET", "HEAD", "POST"])
def place(request: HttpRequest) -> HttpResponse:
    """Choose the place whose services one wants to see."""
    if request.method == "POST":
        return _choose_place(request)
    words = _words(request.GET.get("q", ""))
    under = _given_place(request.GET.get("under", ""))
    context: dict[str, object] = {
        "query": words, "under": under, "next": _safe_next(request, request.GET.get("next", "/")),
        "current": place_near(request),
    }  # fmt: skip
    if words:
        context["places"] = picker_places(query=words, limit=30)
    else:
        above = _start_of_tree(request) if under is None else under
        context["places"] = list(children_of(place_id=above.pk if above else None))
        context["under"] = above
        context["above"] = ancestors_of(place_id=above.pk) if above else []
    return render(request, "web/place.html", context)


@require_POST
def preferences(request: HttpRequest) -> HttpResponse:
    """Keep language, size and colours on this device. What an account has is set on the page 'me'."""
    response = HttpResponseRedirect(_safe_next(request, request.POST.get("next", "/")), status=303)
    choices = (
        ("language", settings.LANGUAGE_COOKIE_NAME, tuple(dict(settings.LANGUAGES))),
        ("size", SIZE_COOKIE, SIZES),
        ("theme", THEME_COOKIE, THEMES),
    )
    for field, cookie, allowed in choices:
        chosen = request.POST.get(field)
        if chosen is None:
            continue
        if chosen not in allowed:
            raise BadRequest
        response.set_cookie(cookie, chosen, max_age=YEAR_SECONDS, httponly=True, samesite="Lax")
    return response


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may read: what visitors may, and nothing behind a sign-in."""
    return HttpResponse(ROBOTS, content_type="text/plain; charset=utf-8")


def _choose_place(request: HttpRequest) -> HttpResponse:
    chosen = _given_place(request.POST.get("place", ""))
    if chosen is None or chosen.state != PlaceState.OPEN:
        raise NoSuchPlace
    response = HttpResponseRedirect(_safe_next(request, request.POST.get("next", "/")))
    remember_place(response, place=chosen)
    messages.success(request, _("You now see the services of %(place)s.") % {"place": chosen.shown_short})
    return response


def _start_of_tree(request: HttpRequest) -> Place | None:
    """Return under what the list begins: the center around the present place, else the roots."""
    near = place_near(request)
    return near.county if near is not None else None


def _given_place(text: str) -> Place | None:
    """Return the place an address names; nothing when it names none.

    Raises:
        NoSuchPlace: it names one that is not there.
    """
    if not text:
        return None
    uuid = read_uuid(text)
    found = place_by_uuid(uuid=uuid) if uuid else None
    if found is None:
        raise NoSuchPlace
    return found


def _words(text: str) -> str:
    try:
        return clean_text(text=text, max_length=60)
    except UncleanText as exc:
        raise BadRequest from exc


def _safe_next(request: HttpRequest, target: str) -> str:
    """Return where to go on: an address of this site, never another's."""
    is_ours = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return target if is_ours and target.startswith("/") else url_of("web:home")
