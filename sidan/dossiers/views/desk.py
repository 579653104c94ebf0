"""The ledger of an office: what is over, what of each lacks, found by words, taken along."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from sidan.activities.enums import ActivityKind, Task
from sidan.activities.models import Activity
from sidan.audit.operations import record
from sidan.core.clock import business_date, now
from sidan.core.lists import Column, asked_sort, filter_chips, keeps_views, list_view, page_of, query_of
from sidan.core.pagination import key_order
from sidan.core.requests import actor_of
from sidan.core.tables import moment_cell, table_response
from sidan.dossiers import queries
from sidan.dossiers.enums import Part
from sidan.dossiers.views.shared import month_asked, staff_page
from sidan.people.enums import ORDER_STAFF_ROLES
from sidan.places.nearby import place_asked
from sidan.places.queries import places_to_filter

CHIP_WORDS: Final[dict[str, str | Promise]] = {
    "": pgettext_lazy("ledger", "All that is over"),
    "open": pgettext_lazy("ledger", "Not filed yet"),
    "filed": pgettext_lazy("ledger", "Filed"),
}
LATEST: Final = "-begins_key"
COLUMNS: Final = (
    Column("title", pgettext_lazy("column", "Activity"), up="title", down="-title", is_fixed=True),
    Column("when", pgettext_lazy("column", "When"), up="begins_key", down=LATEST),
    Column("place", _("Place"), up="place_key", down="-place_key"),
    Column("kind", _("Kind"), up="kind", down="-kind"),
    Column("task", pgettext_lazy("column", "Task"), up="task", down="-task"),
    Column("parts", _("Parts of the ledger")),
    Column("lacking", _("Lacking")),
    Column("state", _("State"), up="state", down="-state"),
)
LACKING: Final = tuple((part.value, part.label) for part in Part if part != Part.NOTICE)
"""Nothing is over that was not announced."""


@dataclass(frozen=True, slots=True)
class Row:
    """An activity with which parts of its ledger are there."""

    activity: Activity
    there: tuple[Part, ...]
    lacking: tuple[Part, ...]

    @property
    def lacking_words(self) -> str:
        return pgettext("between names", ", ").join(str(part.label) for part in self.lacking)

    @property
    def parts_words(self) -> str:
        return gettext("%(count)s of %(of)s parts") % {"count": len(self.there), "of": len(Part)}


@require_safe
@keeps_views
@staff_page
def desk(request: HttpRequest) -> HttpResponse:
    """What one's office held, and how whole the ledger of each is."""
    actor, chosen = actor_of(request), _chosen(request)
    rows, sort = queries.ledger(actor=actor, chosen=chosen), _sort(request)
    page = page_of(request, rows=rows, sort=sort)
    context: dict[str, Any] = {
        "page": {"items": [_row(one) for one in page.items], "next_cursor": page.next_cursor},
        "list": list_view(request, columns=COLUMNS, sort=sort, rows=rows),
        "filters": filter_chips(
            request, name="chip", choices=list(CHIP_WORDS.items())[1:], everything=CHIP_WORDS[""]
        ),
        "query": chosen.text,
        "chosen": chosen,
        "month": f"{chosen.month:%Y-%m}" if chosen.month else "",
        "place": request.GET.get("place", ""),
        "places": places_to_filter(root_ids=actor.places_where(frozenset(ORDER_STAFF_ROLES))),
        "kinds": ActivityKind.choices,
        "tasks": Task.choices,
        "parts": LACKING,
        "is_filtered": replace(chosen, chip="") != queries.LedgerFilter(),
        "taken": {
            "month": f"{chosen.month or business_date(now()):%Y-%m}",
            "place": request.GET.get("place", ""),
        },
    }
    return render(request, "dossiers/desk.html", context)


def _row(one: Activity) -> Row:
    there = tuple(part for part in Part if getattr(one, f"has_{part.value}"))
    return Row(one, there, tuple(part for part in Part if part not in there))


def _chosen(request: HttpRequest) -> queries.LedgerFilter:
    """Return what the address asks for; what cannot be understood filters nothing."""
    chip, kind, task, lacking = (request.GET.get(name, "") for name in ("chip", "kind", "task", "lacking"))
    place = place_asked(request)
    return queries.LedgerFilter(
        chip=chip if chip in CHIP_WORDS else "",
        month=month_asked(request),
        place_id=place.pk if place else None,
        kind=kind if kind in ActivityKind.values else "",
        task=task if task in Task.values else "",
        lacking=lacking if lacking in Part.values else "",
        text=query_of(request),
    )


def _sort(request: HttpRequest) -> str:
    return asked_sort(request, columns=COLUMNS, default=LATEST)


@require_safe
@staff_page
def export(request: HttpRequest) -> HttpResponseBase:
    """The list as a table; taking it is written down."""
    actor, chosen = actor_of(request), _chosen(request)
    rows = queries.ledger(actor=actor, chosen=chosen).order_by(*key_order(_sort(request)))
    record(
        actor=actor, at=now(), verb="ledger.exported", subject=("activities", None), chip=chosen.chip,
        filter_place=chosen.place_id,
    )  # fmt: skip
    header = [
        pgettext("column", "Number"), pgettext("column", "Activity"), pgettext("of an activity", "From"),
        gettext("Place"), gettext("Kind"), pgettext("column", "Task"), gettext("State"),
        *(part.label for part in Part), gettext("Lacking"),
    ]  # fmt: skip
    return table_response(request, name="ledger", header=header, rows=_table(rows.iterator(chunk_size=500)))


def _table(rows: Iterator[Activity]) -> Iterator[list[object]]:
    yes, no = gettext("yes"), gettext("no")
    for one in rows:
        row = _row(one)
        yield [
            one.number, one.shown_title, moment_cell(one.span.begins), one.place.shown_name, one.get_kind_display(),
            one.get_task_display(), one.get_state_display(), *(yes if part in row.there else no for part in Part),
            row.lacking_words,
        ]  # fmt: skip
