"""Checking a certificate: by anybody, without an account; and the public keys by which programs check a signed file."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from sidan.core.clock import now
from sidan.core.errors import DomainError, NotFound
from sidan.core.htmx import go_to
from sidan.core.pages import REFUSALS, put_errors
from sidan.honours import queries
from sidan.honours.credentials import public_keys
from sidan.honours.forms import CheckForm
from sidan.honours.handing import base_of
from sidan.honours.operations import check_certificate
from sidan.people.access import address_of


@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """Type number and code from the paper."""
    if "number" not in request.GET:
        return render(request, "honours/check.html", {"form": CheckForm()})
    form = CheckForm(request.GET)
    if not form.is_valid():
        return render(request, "honours/check.html", {"form": form}, status=422)
    digits = "".join(filter(str.isdecimal, form.cleaned_data["number"])) or "0"
    query = urlencode({"code": form.cleaned_data["code"]})
    return go_to(request, f"{reverse('honours:checked', args=[digits])}?{query}")


@require_safe
def checked(request: HttpRequest, number: str) -> HttpResponse:
    """What the paper says, and whether it is still right; where the code is missing, the form asks for it."""
    code = request.GET.get("code", "")[:30]
    if not code:
        return _private(
            render(request, "honours/check.html", {"form": CheckForm(initial={"number": number})})
        )
    try:
        found = check_certificate(at=now(), address=address_of(request), number=number, code=code)
    except REFUSALS as refusal:
        return _private(_refused(request, number, code, refusal))
    context = {"certificate": found, "facts": queries.said_by(certificate=found)}
    return _private(render(request, "honours/checked.html", context))


def _refused(request: HttpRequest, number: str, code: str, refusal: DomainError) -> HttpResponse:
    form = CheckForm({"number": number, "code": code})
    form.is_valid()
    put_errors(form, refusal)
    return render(request, "honours/check.html", {"form": form}, status=refusal.status)


def _private(answer: HttpResponse) -> HttpResponse:
    # The address holds the code: it is neither kept on the way nor told to other sites.
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


@require_safe
def keys(request: HttpRequest) -> JsonResponse:
    """All public keys as a JWK set."""
    return JsonResponse({"keys": public_keys(base=base_of(request))})


@require_safe
def key(request: HttpRequest, version: int) -> JsonResponse:
    """One public key by its version: what the `kid` of a signed file points at."""
    wanted = f"/{version}.json"
    found = next((one for one in public_keys(base=base_of(request)) if one["kid"].endswith(wanted)), None)
    if found is None:
        raise NotFound
    return JsonResponse(found)
