"""The ledger of a place in a month: as PDF, for Word, or for Excel, with the same words in the same order."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from sidan.audit.operations import record
from sidan.core.clock import business_date, now
from sidan.core.errors import BadRequest, Conflict, NotFound
from sidan.core.pdf import pdf_answer, pdf_of
from sidan.core.requests import actor_of
from sidan.core.tables import table_response
from sidan.dossiers import queries
from sidan.dossiers.enums import MOST_IN_A_MONTH
from sidan.dossiers.sheet import Sheet, sheet_of
from sidan.dossiers.views.shared import month_asked, staff_page
from sidan.dossiers.word import WORD_TYPE, word_of
from sidan.places.models import Place
from sidan.places.nearby import place_asked

PAPER: Final = Path(__file__).parent.parent / "templates" / "dossiers" / "month.typ"


class MonthTooLong(Conflict):
    code = "month_too_long"
    sentence = _(
        "More than %(most)s activities are too many for one document. Please choose a place below this one."
    )


@require_safe
@staff_page
def month(request: HttpRequest) -> HttpResponseBase:
    """Write it down as the address asks; taking it along is written down."""
    writer = WRITERS.get(request.GET.get("format", "pdf"))
    if writer is None:
        raise BadRequest
    actor, place = actor_of(request), _place(request)
    chosen = month_asked(request) or business_date(now()).replace(day=1)
    found = list(queries.month_of(place=place, month=chosen)[: MOST_IN_A_MONTH + 1])
    if len(found) > MOST_IN_A_MONTH:
        raise MonthTooLong(most=MOST_IN_A_MONTH)
    sheet = sheet_of(actor=actor, place=place, month=chosen, activities=found)
    record(
        actor=actor, at=now(), verb="ledger.month_taken", subject=("place", place.pk), place_id=place.pk,
        county_id=place.county_id, month=f"{chosen:%Y-%m}",
    )  # fmt: skip
    return writer(request, sheet, chosen)


def _place(request: HttpRequest) -> Place:
    """Return the place of the address, else the first of one's own. Raises NotFound."""
    mine, asked = queries.places_with_ledger(actor=actor_of(request)), place_asked(request)
    place = mine.filter(pk=asked.pk).first() if asked else mine.first()
    if place is None:
        raise NotFound
    return place


def _pdf(_request: HttpRequest, sheet: Sheet, month: date) -> HttpResponse:
    entries = []
    for entry in sheet.entries:
        short, long = sheet.told(entry)
        entries.append({"title": entry.title, "short": short, "long": long})
    facts = {"title": sheet.title, "summary": sheet.summary, "entries": entries}
    return pdf_answer(content=pdf_of(sheet=PAPER, facts=facts), name=f"ledger-{month:%Y-%m}.pdf")


def _word(_request: HttpRequest, sheet: Sheet, month: date) -> HttpResponse:
    answer = HttpResponse(word_of(sheet), content_type=WORD_TYPE)
    answer.headers["Content-Disposition"] = f'attachment; filename="ledger-{month:%Y-%m}.docx"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _excel(request: HttpRequest, sheet: Sheet, month: date) -> HttpResponseBase:
    header = ["#", pgettext("column", "Activity"), *sheet.heads]
    rows = ([number, entry.title, *entry.fields] for number, entry in enumerate(sheet.entries, start=1))
    return table_response(request, name=f"ledger-{month:%Y-%m}", header=header, rows=rows)


WRITERS: Final[dict[str, Callable[[HttpRequest, Sheet, date], HttpResponseBase]]] = {
    "pdf": _pdf, "docx": _word, "xlsx": _excel,
}  # fmt: skip
