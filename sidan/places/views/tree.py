"""The tree of places and the list with its filters, in the console."""

import csv
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sidan.core.errors import BadRequest
from sidan.core.htmx import page_or_piece
from sidan.core.pagination import keyset_page
from sidan.places import queries
from sidan.places.enums import INSIDE_COUNTY, PlaceKind, PlaceState
from sidan.places.folding import Fold, folded, opened_at
from sidan.places.forms import PlaceSearch
from sidan.places.models import Place
from sidan.places.permissions import may_edit
from sidan.places.views.shared import own_roots, place_or_404, worker_of


@require_safe
def tree(request: HttpRequest) -> HttpResponse:
    """The own places as a folded tree, open at what was searched; as a list when a kind or state is asked."""
    actor = worker_of(request)
    wanted = _wanted(request)
    root = place_or_404(wanted["under"]) if wanted["under"] else None
    roots = [root.pk] if root else own_roots(actor)
    is_drawn = _can_be_drawn(roots)
    if wanted["kind"] or wanted["state"] or (wanted["q"] and not is_drawn):
        return places(request)
    branches = queries.tree_under(root_ids=roots) if is_drawn else queries.next_level(root_ids=roots)
    place = root or (branches[0].place if branches else None)
    context = {
        "folds": _folds(branches, query=wanted["q"], roots=roots),
        "above": queries.ancestors_of(place_id=root.pk) if root else [],
        "root": root,
        "may_open_under": place,
        "may_edit": place is not None and may_edit(actor=actor, place=place),
        "kinds": PlaceKind.choices,
        "states": PlaceState.choices,
        "wanted": wanted,
    }
    return render(request, "places/tree.html", context)


def places(request: HttpRequest) -> HttpResponse:
    """The same places as a table: by name or pinyin, kind and state."""
    rows, wanted = _rows(request)
    page = keyset_page(rows=rows, sort="sort_code", cursor=wanted["cursor"] or None)
    context = {
        "page": page,
        "next_cursor": page.next_cursor,
        "wanted": wanted,
        "kinds": PlaceKind.choices,
        "states": PlaceState.choices,
    }
    return page_or_piece(request, page="places/tree.html", piece="places/_places.html", context=context)


@require_safe
def export(request: HttpRequest) -> StreamingHttpResponse:
    """The list as a table for a spreadsheet, row by row."""
    worker_of(request)
    rows, _wanted_filters = _rows(request)
    lines = _csv_lines(rows.order_by("sort_code", "id").iterator(chunk_size=500), language=get_language())
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="places.csv"'
    return response


def _wanted(request: HttpRequest) -> dict[str, Any]:
    form = PlaceSearch(request.GET)
    if not form.is_valid():
        raise BadRequest()
    return form.cleaned_data


def _rows(request: HttpRequest) -> tuple[QuerySet[Place], dict[str, Any]]:
    actor, wanted = worker_of(request), _wanted(request)
    roots = [place_or_404(wanted["under"]).pk] if wanted["under"] else own_roots(actor)
    rows = queries.open_places(query=wanted["q"], kind=wanted["kind"], state=wanted["state"])
    return rows.filter(pk__in=queries.ids_within(root_ids=roots)), wanted


def _can_be_drawn(roots: list[int]) -> bool:
    """Draw a county or less whole; of a city or province only the next level, which is a list of counties."""
    kinds = set(Place.objects.filter(pk__in=roots).values_list("kind", flat=True))
    return kinds <= set(INSIDE_COUNTY)


def _folds(branches: list[queries.Branch], *, query: str, roots: list[int]) -> list[Fold]:
    if not query:
        return folded(branches=branches)
    rows = queries.open_places(query=query).filter(pk__in=queries.ids_within(root_ids=roots))
    return opened_at(branches=branches, hits=set(rows.values_list("pk", flat=True)))


class _Echo:
    """A file that hands back what is written to it, for the csv writer of a streamed answer."""

    def write(self, line: str) -> str:
        return line


def _csv_lines(rows: Iterable[Place], *, language: str) -> Iterator[str]:
    writer = csv.writer(_Echo())
    # The mark by which spreadsheets know the text is UTF-8.
    yield "\ufeff"
    # A generator runs after the view's language is gone.
    with override(language):
        heads = [_("Name"), _("Kind"), _("Stands in"), _("State"), _("Code"), _("Address"), _("Telephone"),
                 _("Opening hours"), _("Opened"), _("Closed on")]  # fmt: skip
    yield writer.writerow(heads)
    for row in rows:
        with override(language):
            cells = [row.shown_name, row.get_kind_display(), row.shown_path, row.get_state_display(),
                     row.division_id or "", row.address, row.phone, row.opening_hours, row.opened_on or "",
                     row.closed_on or ""]  # fmt: skip
        yield writer.writerow([_harmless(cell) for cell in cells])


def _harmless(cell: object) -> object:
    """Keep a spreadsheet from running a cell that begins like a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in {"=", "+", "-", "@", "\t"} else cell
