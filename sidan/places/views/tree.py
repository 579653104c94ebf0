"""The tree of places and the list with its filters, in the console."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from sidan.core.errors import BadRequest
from sidan.core.htmx import page_or_piece
from sidan.core.lists import Column, asked_sort, keeps_views, list_view, page_of
from sidan.core.tables import table_response
from sidan.places import queries
from sidan.places.enums import INSIDE_COUNTY, PlaceKind, PlaceState
from sidan.places.folding import Fold, folded, opened_at
from sidan.places.forms import PlaceSearch
from sidan.places.models import Place
from sidan.places.permissions import may_edit, own_roots
from sidan.places.views.shared import place_or_404, worker_of

COLUMNS = (
    Column("place", _lazy("Place"), up="pinyin", down="-pinyin", is_fixed=True),
    Column("kind", _lazy("Kind"), up="kind", down="-kind"),
    Column("within", _lazy("Stands in"), up="path_names", down="-path_names"),
    Column("phone", _lazy("Telephone")),
    Column("state", _lazy("State"), up="state", down="-state"),
)


@require_safe
@keeps_views
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
    sort = asked_sort(request, columns=COLUMNS, default="sort_code")
    page = page_of(request, rows=rows, sort=sort)
    context = {
        "page": page,
        "list": list_view(request, columns=COLUMNS, sort=sort, rows=rows),
        "next_cursor": page.next_cursor,
        "wanted": wanted,
        "kinds": PlaceKind.choices,
        "states": PlaceState.choices,
    }
    return page_or_piece(request, page="places/tree.html", piece="places/_places.html", context=context)


@require_safe
def export(request: HttpRequest) -> HttpResponseBase:
    """The list as a table for a spreadsheet, row by row."""
    worker_of(request)
    rows, _wanted_filters = _rows(request)
    ordered = rows.order_by("sort_code", "id").iterator(chunk_size=500)
    heads = [pgettext("of a place or team", "Name"), _("Kind"), _("Stands in"), _("State"), _("Code"),
             _("Address"), _("Telephone"), _("Opening hours"), _("Opened"), _("Closed on")]  # fmt: skip
    return table_response(request, name="places", header=heads, rows=map(_cells, ordered))


def _cells(row: Place) -> list[object]:
    return [row.shown_name, row.get_kind_display(), row.shown_path, row.get_state_display(), row.division_id or "",
            row.address, row.phone, row.opening_hours, row.opened_on or "", row.closed_on or ""]  # fmt: skip


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
