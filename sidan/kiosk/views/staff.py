"""The console's page of terminals: set one up, give out a new code, take one out of service."""

from typing import Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sidan.core.clock import now
from sidan.core.lists import (
    Column,
    asked_sort,
    filter_chips,
    keeps_views,
    list_view,
    page_of,
    query_of,
)
from sidan.core.pages import AND_WRITES, REFUSALS, act, put_errors, staff_page
from sidan.core.requests import actor_of
from sidan.core.tables import moment_cell
from sidan.desk.policies import spoken_code
from sidan.kiosk import operations, queries
from sidan.kiosk.forms import TerminalForm
from sidan.kiosk.models import KioskTerminal
from sidan.kiosk.permissions import KEEPING_ROLES, require_any_keeping, require_keeping
from sidan.orders.listing import take_along
from sidan.orders.queries import homes_to_enter

NEWEST: Final = "-id"
COLUMNS: Final = (
    Column("name", pgettext_lazy("of a thing", "Name"), up="name", down="-name"),
    Column("place", _("Place"), up="place_key", down="-place_key"),
    Column("ordered", _("Orders in 30 days"), up="ordered", down="-ordered"),
    Column("invited", _("Code first given out"), up="id", down=NEWEST),
)
STANDINGS: Final = {
    "in_use": _("In use"),
    "to_set_up": _("To be set up"),
    "revoked": _("Out of service"),
}


@require_http_methods(AND_WRITES)
@keeps_views
@staff_page(require_any_keeping, public=False)
def terminals(request: HttpRequest) -> HttpResponse:
    """The terminals of one's places; the code for a new one is shown once."""
    actor, at = actor_of(request), now()
    places = homes_to_enter(root_ids=actor.places_where(KEEPING_ROLES))
    form = TerminalForm(request.POST if request.method == "POST" else None, places=places)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            invited = operations.invite_terminal(actor=actor, at=at, place=data["place"], name=data["name"])
        except REFUSALS as refusal:
            put_errors(form, refusal)
        else:
            return _page(request, TerminalForm(places=places), invited)
    return _page(request, form)


def _page(
    request: HttpRequest, form: TerminalForm, invited: operations.Invited | None = None
) -> HttpResponse:
    at, (text, standing) = now(), _asked(request)
    rows = queries.terminals(at=at, text=text, standing=standing)
    sort = asked_sort(request, columns=COLUMNS, default=NEWEST)
    page = page_of(request, rows=rows, sort=sort)
    context = {
        "page": page,
        "next_cursor": page.next_cursor,
        "list": list_view(request, columns=COLUMNS, sort=sort, rows=rows),
        "filters": filter_chips(
            request, name="standing", choices=list(STANDINGS.items()), everything=_("All terminals")
        ),
        "standing": standing,
        "form": form,
        "query": text,
        "invited": invited,
        "code": spoken_code(invited.code) if invited else "",
        "address": request.build_absolute_uri(reverse("kiosk:start")),
        "at": at,
    }
    return render(request, "kiosk/terminals.html", context, status=422 if form.errors else 200)


def _asked(request: HttpRequest) -> tuple[str, str]:
    standing = request.GET.get("standing", "")
    return query_of(request), standing if standing in STANDINGS else ""


@require_safe
@staff_page(require_any_keeping, public=False)
def export(request: HttpRequest) -> HttpResponseBase:
    """The list as a table; taking it is written down."""
    text, standing = _asked(request)
    header = [
        gettext("Name of the terminal"), gettext("Place"), gettext("State"), gettext("Code first given out"),
        gettext("Set up"), gettext("Last seen"), gettext("Out of service since"), gettext("Orders in 30 days"),
    ]  # fmt: skip
    return take_along(
        request, name="terminals", verb="kiosk.exported", columns=COLUMNS, first=NEWEST, header=header,
        rows=queries.terminals(at=now(), text=text, standing=standing), cells=_cells, facts={"standing": standing},
    )  # fmt: skip


def _cells(row: KioskTerminal) -> list[object]:
    state = "revoked" if row.revoked_at else "in_use" if row.enrolled_at else "to_set_up"
    moments = (row.invited_at, row.enrolled_at, row.seen_at, row.revoked_at)
    return [
        row.name, row.place.shown_name, STANDINGS[state], *(moment_cell(at) if at else "" for at in moments),
        getattr(row, "ordered", 0),
    ]  # fmt: skip


@require_POST
@staff_page(require_any_keeping, public=False)
def again(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Give out another code; what the terminal had before opens nothing any more."""
    actor = actor_of(request)
    invited = operations.invite_again(actor=actor, at=now(), terminal=queries.terminal_by_uuid(uuid=uuid))
    places = homes_to_enter(root_ids=actor.places_where(KEEPING_ROLES))
    return _page(request, TerminalForm(places=places), invited)


@require_safe
@staff_page(require_any_keeping, public=False)
def ask_revoke(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Ask before a terminal is taken out of service."""
    terminal = queries.terminal_by_uuid(uuid=uuid)
    require_keeping(actor=actor_of(request), place=terminal.place)
    what = _("“%(name)s”, %(place)s: from the next touch on nobody can order there.")
    context = {
        "question": _("Take this terminal out of service?"),
        "what": what % {"name": terminal.name, "place": terminal.place.shown_name},
        "yes": _("Take out of service"),
        "url": reverse("kiosk:revoke", args=[terminal.uuid]),
        "back_url": reverse("kiosk:terminals"),
        "danger": True,
    }
    return render(request, "web/confirm.html", context)


@require_POST
@staff_page(require_any_keeping, public=False)
def revoke(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take a terminal out of service."""
    terminal = queries.terminal_by_uuid(uuid=uuid)
    return act(
        request, url=reverse("kiosk:terminals"), done=_("The terminal is out of service."),
        write=lambda: operations.revoke_terminal(actor=actor_of(request), at=now(), terminal=terminal),
    )  # fmt: skip
