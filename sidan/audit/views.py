"""The audit trail as a page and as a table to take away. Taking it away is itself written down."""

from collections.abc import Iterator
from itertools import islice

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from sidan.audit import queries
from sidan.audit.forms import TrailSearch
from sidan.audit.models import AuditEntry
from sidan.audit.operations import record_export
from sidan.audit.registry import sentence_of
from sidan.core.clock import BUSINESS_ZONE, now
from sidan.core.errors import BadRequest
from sidan.core.htmx import page_or_piece
from sidan.core.lists import page_of
from sidan.core.requests import actor_of
from sidan.core.tables import table_response

CHUNK = 500
HEADS = (
    gettext_lazy("Time"), gettext_lazy("Who"), gettext_lazy("What"), gettext_lazy("Place"), gettext_lazy("Kind of act"),
    gettext_lazy("Details"), gettext_lazy("Number of the request"),
)  # fmt: skip


@require_safe
def trail(request: HttpRequest) -> HttpResponse:
    """Who did what to what, when: of the subtrees that the reader audits."""
    actor = actor_of(request)
    form = TrailSearch(request.GET)
    wanted = form.wanted() if form.is_valid() else queries.TrailFilter()
    page = page_of(request, rows=queries.trail(actor=actor, wanted=wanted), sort="-id")
    context = {
        "form": form,
        "wanted": wanted,
        "lines": queries.told(page.items),
        "next_cursor": page.next_cursor,
        "verbs": [(verb, sentence_of(verb, "…")) for verb in queries.verbs_used(actor=actor)],
        "is_filtered": wanted != queries.TrailFilter(),
    }
    return page_or_piece(request, page="audit/trail.html", piece="audit/_lines.html", context=context)


@require_POST
def export(request: HttpRequest) -> HttpResponseBase:
    """The same as a table, row by row."""
    actor = actor_of(request)
    form = TrailSearch(request.POST)
    if not form.is_valid():
        raise BadRequest
    rows = queries.trail(actor=actor, wanted=form.wanted()).order_by("-id")
    record_export(actor=actor, at=now())
    return table_response(request, name="audit-trail", header=HEADS, rows=_lines(rows))


def _lines(rows: QuerySet[AuditEntry]) -> Iterator[list[object]]:
    entries = rows.iterator(chunk_size=CHUNK)
    while chunk := list(islice(entries, CHUNK)):
        for line in queries.told(chunk):
            moment = f"{line.at.astimezone(BUSINESS_ZONE):%F %T}"
            yield [moment, line.who, line.sentence, line.place, line.verb, line.details, line.request_id]
