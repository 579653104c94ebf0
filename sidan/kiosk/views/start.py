"""The start, the way into service, the language, and the way back."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sidan.catalogue.queries import MenuFilter, menu_at
from sidan.core.clock import business_date, now
from sidan.core.errors import BadRequest
from sidan.core.pages import AND_WRITES, REFUSALS, put_errors
from sidan.kiosk import operations
from sidan.kiosk.forms import SetupForm
from sidan.kiosk.views.act import COOKIE, LANGUAGE_SECONDS, Act, at_terminal, set_terminal, show
from sidan.people.access import address_of

SERVICES_SHOWN = 8
ACTS = frozenset({"order", "look", "review"})


@require_safe
@at_terminal
def start(request: HttpRequest, act: Act) -> HttpResponse:
    """Three large buttons. Whatever was begun before is over."""
    request.session.flush()
    response = show(request, act, "start.html", {"is_start": True})
    set_terminal(response, token=request.COOKIES[COOKIE])
    return response


@require_http_methods(AND_WRITES)
def enrol(request: HttpRequest) -> HttpResponse:
    """Make this browser the terminal by the code from the console."""
    form = SetupForm.of(request)
    if form.is_valid():
        try:
            _terminal, token = operations.enrol_terminal(
                at=now(), code=form.cleaned_data["code"], address=address_of(request)
            )
        except REFUSALS as refusal:
            put_errors(form, refusal)
        else:
            response: HttpResponse = redirect("kiosk:start")
            set_terminal(response, token=token)
            return response
    context = {"form": form, "submit": _("Set up"), "is_start": True}
    response = render(request, "kiosk/enrol.html", context, status=422 if form.errors else 200)
    response["Cache-Control"] = "no-store"
    return response


@require_safe
@at_terminal
def leave(request: HttpRequest, act: Act) -> HttpResponse:
    """Forget all, and be as the next person shall find it."""
    request.session.flush()
    response: HttpResponse = redirect("kiosk:start")
    response.delete_cookie(settings.LANGUAGE_COOKIE_NAME)
    return response


@require_POST
@at_terminal
def language(request: HttpRequest, act: Act) -> HttpResponse:
    """Read another language for a few minutes, and begin anew."""
    chosen = request.POST.get("language", "")
    if chosen not in dict(settings.LANGUAGES):
        raise BadRequest
    response: HttpResponse = redirect("kiosk:start")
    response.set_cookie(settings.LANGUAGE_COOKIE_NAME, chosen, max_age=LANGUAGE_SECONDS, samesite="Lax")
    return response


@require_safe
@at_terminal
def services(request: HttpRequest, act: Act) -> HttpResponse:
    """What can be ordered here: the menu of the terminal's place."""
    wanted = MenuFilter(category=request.GET.get("category", "")[:40])
    page = menu_at(
        place_id=act.terminal.place_id, today=business_date(now()), wanted=wanted,
        cursor=request.GET.get("cursor", "")[:60], limit=SERVICES_SHOWN,
    )  # fmt: skip
    context = {"menu": page, "category": wanted.category, "first": not request.GET.get("cursor")}
    return show(request, act, "services.html", context)


@require_POST
@at_terminal
def begin(request: HttpRequest, act: Act) -> HttpResponse:
    """Begin an act; from the telephone's page on, who has a paper with a code goes on with that."""
    what = request.POST.get("what", "")
    if what not in ACTS:
        raise BadRequest
    act.begin(what, service=request.POST.get("service", "")[:36])
    return redirect("kiosk:phone")
