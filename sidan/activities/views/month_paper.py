"""A month of the calendar on paper, A4 or A3, to hang at the door; its code leads to the page, which goes on."""

from pathlib import Path
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.utils import dateformat
from django.utils.formats import get_format
from django.utils.translation import gettext, pgettext
from django.views.decorators.http import require_safe

from sidan.activities.calendar import Spread
from sidan.activities.views.leaves import DayField, Opened, opened
from sidan.core.clock import BUSINESS_ZONE
from sidan.core.moments import weekday_words
from sidan.core.pdf import pdf_answer, pdf_of, qr_of

SHEET: Final = Path(__file__).parent.parent / "templates" / "activities" / "month.typ"
SIZES: Final = {"a4": 4, "a3": 6}
"""The papers, and how many of a day stand on each."""
WEEK: Final = 7


@require_safe
def month(request: HttpRequest) -> HttpResponse:
    """The month around a day, with the filters of the page."""
    asked = request.GET.get("paper", "")
    paper = asked if asked in SIZES else "a4"
    here = opened(request, spread=Spread.MONTH)
    facts = _facts(request, here, paper)
    return pdf_answer(
        content=pdf_of(sheet=SHEET, facts=facts), name=f"calendar-{here.leaf.day:%Y-%m}-{paper}.pdf"
    )


def _facts(request: HttpRequest, here: Opened, paper: str) -> dict[str, Any]:
    days = [_day(field) for field in here.fields(most=SIZES[paper])[0]]
    place = here.place.shown_short if here.place else ""
    return {
        "paper": paper,
        "title": gettext("Calendar of activities") + (f" · {place}" if place else ""),
        "month": dateformat.format(here.leaf.day, get_format("YEAR_MONTH_FORMAT")),
        "weekdays": weekday_words(),
        "weeks": [days[first : first + WEEK] for first in range(0, len(days), WEEK)],
        "rests": pgettext("calendar", "off"),
        "hint": gettext("Changes and signing up: scan the code."),
        "code": qr_of(request.build_absolute_uri(here.url(here.leaf.day))),
    }


def _day(field: DayField) -> dict[str, Any]:
    return {
        "day": field.words.day.day,
        "lunar": field.words.lunar_short,
        "names": field.words.names,
        "off": {"on": pgettext("calendar", "on"), "off": pgettext("calendar", "off")}.get(
            field.words.off, ""
        ),
        "beside": field.is_beside,
        "held": [
            {
                "time": f"{each.span.begins.astimezone(BUSINESS_ZONE):%H:%M}",
                "title": each.title,
                "place": each.place,
            }
            for each in field.occasions
        ],
        "more": gettext("%(more)s more") % {"more": field.more} if field.more else "",
    }
