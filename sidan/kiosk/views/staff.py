"""The console's page of terminals: set one up, give out a new code, take one out of service."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sidan.core.clock import now
from sidan.core.lists import query_of
from sidan.core.pages import AND_WRITES, REFUSALS, act, put_errors, staff_page
from sidan.core.pagination import keyset_page
from sidan.core.requests import actor_of
from sidan.desk.policies import spoken_code
from sidan.kiosk import operations, queries
from sidan.kiosk.forms import TerminalForm
from sidan.kiosk.permissions import KEEPING_ROLES, require_any_keeping, require_keeping
from sidan.orders.queries import homes_to_enter


@require_http_methods(AND_WRITES)
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
    at, words = now(), query_of(request)
    rows = queries.terminals(at=at, text=words)
    context = {
        "page": keyset_page(rows=rows, sort="-id", cursor=request.GET.get("cursor") or None, limit=20),
        "form": form,
        "query": words,
        "invited": invited,
        "code": spoken_code(invited.code) if invited else "",
        "address": request.build_absolute_uri(reverse("kiosk:start")),
        "at": at,
    }
    return render(request, "kiosk/terminals.html", context, status=422 if form.errors else 200)


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
