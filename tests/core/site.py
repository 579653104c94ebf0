"""A small site of its own: an API and pages that exist only to be asked by these tests."""

import threading
from typing import Annotated, Literal
from uuid import uuid4

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import include, path
from ninja import NinjaAPI, Query, Schema
from ninja.decorators import decorate_view

from sidan.core.actor import Actor
from sidan.core.errors import Conflict, FieldProblem, Forbidden, Invalid, NotSignedIn, TooMany
from sidan.core.htmx import go_to
from sidan.core.idempotency import idempotent, once_per_form, refusing
from sidan.core.inputs import CleanText
from sidan.core.problems import install_problem_handlers

api = NinjaAPI(urls_namespace="core_tests", docs_url=None)
install_problem_handlers(api)

MEET: dict[str, threading.Barrier] = {}
"""Where two twins of a test wait for each other."""


class WriteIn(Schema):
    """What is written."""

    words: Annotated[str, CleanText(max_length=10)]
    number: int = 0
    why: Literal["ill", "away"] | Literal[""] = ""
    days: list[int | Literal["any"]] = []
    facts: dict[str, int | Literal["none"]] = {}


def sign_in(request: HttpRequest) -> None:
    """Stand in for a sign-in: the header names the account."""
    account = request.headers.get("X-Test-Account")
    if account:
        request.actor = Actor(account_id=int(account), account_uuid=str(uuid4()))  # type: ignore[attr-defined] # as in people


@api.post("/write")
@decorate_view(idempotent)
def write(request: HttpRequest, payload: WriteIn) -> dict[str, str]:
    """Write a row, slowly enough for a twin to come."""
    sign_in(request)
    if payload.words == "refused":
        raise Conflict
    if "twins" in MEET:
        MEET["twins"].wait(timeout=60)
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('core_idempotencykey_id_seq')")
        number = cursor.fetchone()[0]
        cursor.execute(
            "INSERT INTO django_session VALUES (%s, %s, now())", [f"write-{number}", payload.words]
        )
        if payload.words == "too late":
            raise Conflict
    return {"id": f"write-{number}", "words": payload.words}


@api.get("/ask")
def ask(request: HttpRequest, limit: Annotated[int, Query(ge=1, le=100)] = 50) -> dict[str, int]:
    """Answer a number."""
    return {"limit": limit}


@api.get("/raise/{kind}")
def raise_in_api(request: HttpRequest, kind: str) -> None:
    """Raise what is asked for."""
    raise_kind(kind)


def raise_kind(kind: str) -> None:
    """Raise an error of the domain, of Django, or an unexpected one."""
    errors: dict[str, Exception] = {
        "forbidden": Forbidden(reason="Only the leader may."),
        "invalid": Invalid(errors=[FieldProblem(pointer="/a", detail="wrong")]),
        "conflict": Conflict(),
        "too_many": TooMany(seconds=60),
        "sign_in": NotSignedIn(),
        "missing": Http404("12012345678"),
        "denied": PermissionDenied(),
        "suspicious": SuspiciousOperation("12012345678"),
        "broken": RuntimeError("phone 12012345678"),
    }
    raise errors[kind]


def raise_in_page(request: HttpRequest, kind: str) -> HttpResponse:
    """Raise what is asked for."""
    raise_kind(kind)
    return HttpResponse()


def page(request: HttpRequest) -> HttpResponse:
    """A page for the one who is signed in."""
    sign_in(request)
    return HttpResponse("page")


@once_per_form
def form(request: HttpRequest) -> HttpResponse:
    """A form that writes."""
    sign_in(request)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO django_session VALUES (%s, '', now())", [f"form-{uuid4().hex[:20]}"])
    if "X-Test-Late" in request.headers:
        return refusing(go_to(request, "/late/"))
    return go_to(request, f"/done/{uuid4()}/")


urlpatterns = [
    path("", include("sidan.core.urls")),
    path("", include("sidan.notify.urls")),
    path("", include("sidan.files.urls")),
    path("api/", api.urls),
    path("page/", page, name="page"),
    path("form/", form, name="form"),
    path("raise/<kind>/", raise_in_page, name="raise"),
    path("people/sign-in/", page, name="sign_in_for_tests"),
]
handler400 = "sidan.core.problems.bad_request"
handler403 = "sidan.core.problems.permission_denied"
handler404 = "sidan.core.problems.page_not_found"
handler500 = "sidan.core.problems.server_error"
