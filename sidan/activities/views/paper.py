"""The list for the door on paper: who comes, to be ticked by one person and looked over by a second."""

from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext, pgettext
from django.views.decorators.http import require_safe

from sidan.activities import queries
from sidan.activities.models import Activity, Enrolment
from sidan.activities.views.people import taken_away
from sidan.activities.views.shared import activity_of_ours, staff_page
from sidan.core.moments import dated_span_words
from sidan.core.pdf import pdf_answer, pdf_of

SHEET: Final = Path(__file__).parent.parent / "templates" / "activities" / "people.typ"
EMPTY_LINES: Final = 8
"""For those who come without having signed up."""


@require_safe
@staff_page
def paper(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Who has a place, by post and name, and who is in line; taking it is written down."""
    actor, found = activity_of_ours(request, uuid)
    taken_away(actor, found)
    return pdf_answer(content=pdf_of(sheet=SHEET, facts=_facts(found)), name="list.pdf")


def _facts(activity: Activity) -> dict[str, Any]:
    enrolled = _standing(activity, "enrolled").order_by("post_key", "name_key", "id")
    waiting = _standing(activity, "waiting").order_by("post_key", "ticket", "id")
    span = activity.span
    return {
        "title": activity.shown_title,
        "where": " · ".join(filter(None, (activity.place.shown_short, activity.venue))),
        "when": dated_span_words(span.begins, span.ends),
        "columns": [
            "", gettext("Name"), gettext("Post"), pgettext("on paper", "Came at"), pgettext("on paper", "Left at"),
        ],
        "people": [_line(row) for row in enrolled],
        "waiting": [_line(row) for row in waiting],
        "in_line": gettext("In line, if a place is free"),
        "without": gettext("Came without signing up"),
        "empty": EMPTY_LINES,
        "signatures": [
            pgettext("on paper", "Written down by"), pgettext("on paper", "Looked over by a second person"),
            pgettext("on paper", "Date"),
        ],
        "hint": gettext(
            "Times from this list are typed in under “Who is here”; keep the paper with the activity's records."
        ),
    }  # fmt: skip


def _standing(activity: Activity, chip: str) -> Any:
    return queries.people_of(activity=activity, chosen=queries.PeopleFilter(chip=chip))


def _line(row: Enrolment) -> list[str]:
    return [row.person.name, row.post.shown_name]
