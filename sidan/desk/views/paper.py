"""The menu of a place on paper: a list on A4 to take along, a poster on A3 that reads from two metres."""

import json
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.core.cache import cache, caches
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from sidan.catalogue.queries import MenuCard
from sidan.core.clock import business_date, now
from sidan.core.errors import BadRequest, NotFound, TooMany
from sidan.core.pdf import pdf_answer, pdf_of, qr_of
from sidan.desk import queries
from sidan.people.access import address_of
from sidan.places.models import Place
from sidan.places.queries import place_by_uuid

SHEETS: Final = Path(__file__).parent.parent / "templates" / "desk"
SIZES: Final = {"a4": SHEETS / "menu.typ", "a3": SHEETS / "poster.typ"}
YEARS: Final = 50


SET_A_MINUTE: Final = 20
"""New sheets for one network address: a whole township office stands behind one."""
KEPT_SECONDS: Final = 3600
KEEP: Final = "paper"
"""The cache of finished sheets: one of its own, so that many of them push nothing else out (`config.settings`)."""


class TooManySheetsSet(TooMany):
    code = "too_many_sheets_set"
    sentence = gettext_lazy("Many menus were printed from here just now. Please wait a minute.")


class NoMenuToPrint(NotFound):
    code = "no_menu_to_print"
    sentence = gettext_lazy("There is no published menu for this place and month yet.")


@require_safe
def menu(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The menu that residents of a place see, this month's or another's (`?month=2026-12`), on A4 or A3."""
    size = request.GET.get("size", "a4")
    if size not in SIZES:
        raise BadRequest
    place, day = place_by_uuid(uuid=uuid), _day(request.GET.get("month", ""))
    cards = queries.cards_on_paper(place_id=place.pk, today=day) if place else []
    if place is None or not cards or not _is_known(place, day):
        raise NoMenuToPrint
    facts = _facts(request, place, day, cards, size)
    told = json.dumps(facts, default=str)
    etag = f'"{sha256(told.encode()).hexdigest()}"'
    # Who has this very sheet already gets no second one; whoever comes back asks anew each time.
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return unchanged
    content = _printed(told, address=address_of(request))
    answer = pdf_answer(content=content, name=f"menu-{day:%Y-%m}-{size}.pdf")
    answer.headers["Cache-Control"], answer.headers["ETag"] = "private, no-cache", etag
    return answer


def _printed(facts: str, *, address: str) -> bytes:
    """Return the sheet of these facts: the one that was set before, or a new one, of which each address gets some.

    Setting one takes up to a second of the processor, and anybody may ask. What a sheet shows is its name, so
    that one that is kept is never out of date. Kept by each process, as its counts are.

    Raises:
        TooManySheetsSet.
    """
    name = f"desk-paper-{sha256(facts.encode()).hexdigest()}"
    kept: bytes | None = caches[KEEP].get(name)
    if kept is not None:
        return kept
    counted = f"desk-paper-set-{sha256(address.encode()).hexdigest()}-{now():%H%M}"
    cache.add(counted, 0, timeout=120)
    if cache.incr(counted) > SET_A_MINUTE:
        raise TooManySheetsSet(seconds=60)
    told = json.loads(facts)
    told["services"] = [{**one, "qr": qr_of(one["link"])} for one in told["services"]]
    content = pdf_of(sheet=SIZES[told["size"]], facts=told)
    caches[KEEP].set(name, content, timeout=KEPT_SECONDS)
    return content


def _day(month: str) -> date:
    """Return today, or the first day of another month.

    Raises:
        BadRequest: it names no month.
        NoMenuToPrint: nobody draws a menu up so long ago or so far ahead.
    """
    today = business_date(now())
    if not month:
        return today
    try:
        first = date.fromisoformat(f"{month}-01")
    except ValueError as bad:
        raise BadRequest from bad
    if abs(first.year - today.year) > YEARS:
        raise NoMenuToPrint
    return today if (first.year, first.month) == (today.year, today.month) else first


def _is_known(place: Place, day: date) -> bool:
    """Tell whether anybody knows what is offered then: of a month to come, when a menu of that month is published."""
    return day <= business_date(now()) or queries.is_drawn_up(place_id=place.pk, month=day)


def _facts(request: HttpRequest, place: Place, day: date, cards: list[MenuCard], size: str) -> dict[str, Any]:
    ids = queries.ids_of(cards=cards)
    numbers = queries.numbers_of(project_ids=list(ids.values()))
    phone = place.phone or (place.county.phone if place.county else "")
    return {
        "size": size,
        "title": _("What we can do for you"),
        "place": place.shown_name,
        "month": date_format(day, _("F Y")),
        "how": _("Scan the code of a service with your telephone to order it."),
        "by_phone": _("Or call %(phone)s and say its number.") % {"phone": phone} if phone else "",
        "at_station": _("Or ask at the station and say its number."),
        "number": _("Service number"),
        "services": [_service(request, card, numbers.get(ids[str(card.uuid)], "")) for card in cards],
    }


def _service(request: HttpRequest, card: MenuCard, number: str) -> dict[str, str]:
    link = request.build_absolute_uri(reverse("orders:place", args=[card.uuid]))
    minutes = ngettext("about %(minutes)s minute", "about %(minutes)s minutes", card.minutes)
    return {
        "title": card.title, "summary": card.summary, "number": number, "link": link,
        "about": " · ".join((card.category, card.mode_words, minutes % {"minutes": card.minutes})), "team": card.team,
        "full": _("Full this month") if card.is_full else "",
    }  # fmt: skip
