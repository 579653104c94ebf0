"""The one place where errors become answers: problem documents for programs and HTMX, pages for people."""

import sys
from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import quote

from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import resolve_url
from django.template import TemplateDoesNotExist
from django.template.loader import select_template
from django.utils import translation
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, Throttled
from ninja.errors import ValidationError as NinjaValidationError

from sidan.core.errors import (
    BadRequest,
    DomainError,
    FieldProblem,
    Forbidden,
    Invalid,
    NotFound,
    NotSignedIn,
    TooLarge,
    TooMany,
    Unavailable,
    problem_document,
)
from sidan.core.logs import current_request_id, logger
from sidan.core.pointers import pointer_of

API_PREFIX: Final = "/api/"
PROBLEM_TYPE: Final = "application/problem+json"
log = logger("sidan.problems")


class Broken(DomainError):
    """Our own fault. The reader gets the request's id, the log has the rest."""

    code = "broken"
    status = 500
    sentence = _("Something went wrong on our side. It has been written down; please try again.")


class MethodNotAllowed(DomainError):
    """The address is there, but not for this method; the Allow header names those that are."""

    code = "method_not_allowed"
    status = 405
    sentence = _("This cannot be done at this address.")


class Unmapped(DomainError):
    """A refusal by a library that has a status but no class of ours."""

    code = "refused"

    def __init__(self, *, status: int) -> None:
        super().__init__()
        self.actual_status = status


SENTENCES: Final[dict[str, Any]] = {
    "missing": _("This is needed."),
    "string_too_long": _("This is too long: at most %(max_length)s characters."),
    "string_too_short": _("This is too short: at least %(min_length)s characters."),
    "too_long": _("Too many: at most %(max_length)s."),
    "too_short": _("Too few: at least %(min_length)s."),
    "int_parsing": _("This must be a whole number."),
    "int_type": _("This must be a whole number."),
    "int_from_float": _("This must be a whole number."),
    "float_parsing": _("This must be a number."),
    "bool_parsing": _("This must be yes or no."),
    "greater_than_equal": _("This must be %(ge)s or more."),
    "greater_than": _("This must be more than %(gt)s."),
    "less_than_equal": _("This must be %(le)s or less."),
    "less_than": _("This must be less than %(lt)s."),
    "literal_error": _("This is not one of the choices."),
    "enum": _("This is not one of the choices."),
    "uuid_parsing": _("This is not an id."),
    "extra_forbidden": _("This field does not exist."),
    "json_invalid": _("This is not valid JSON."),
}
_DATES: Final = ("date", "time")


def _sentence(error: dict[str, Any]) -> str:
    kind, context = str(error.get("type", "")), error.get("ctx") or {}
    own = context.get("error")
    # The API library has turned the error into its sentence already; pydantic itself hands over the error.
    if kind == "value_error" and isinstance(own, str | ValueError) and str(own):
        return str(own)
    if kind in SENTENCES:
        return str(SENTENCES[kind]) % context
    if kind.startswith(_DATES):
        return str(_("This is not a date and time."))
    return str(_("This is not right."))


def invalid_from(errors: Sequence[dict[str, Any]], *, request: HttpRequest) -> Invalid:
    """Turn pydantic's errors into ours, in the reader's language, one for each field."""
    found: dict[str, FieldProblem] = {}
    for error in errors:
        pointer = pointer_of(error.get("loc", ()), kind=str(error.get("type", "")), request=request)
        # A field that may be of several kinds is refused by each; the first says enough.
        found.setdefault(pointer, FieldProblem(pointer=pointer, detail=_sentence(error)))
    return Invalid(errors=list(found.values()))


def problem_response(exc: DomainError) -> HttpResponse:
    """Answer with a problem document (RFC 9457)."""
    document = problem_document(exc, instance=current_request_id())
    status = getattr(exc, "actual_status", exc.status)
    response = JsonResponse(
        {**document, "status": status},
        status=status,
        content_type=PROBLEM_TYPE,
        json_dumps_params={"ensure_ascii": False},
    )
    response.headers["Cache-Control"] = "no-store"
    if isinstance(exc, TooMany) and exc.facts.get("seconds"):
        response.headers["Retry-After"] = str(exc.facts["seconds"])
    if isinstance(exc, NotSignedIn):
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def wants_document(request: HttpRequest) -> bool:
    """Tell whether a program (or HTMX, whose error toast reads the sentence) asks."""
    if request.path_info.startswith(API_PREFIX) or request.headers.get("HX-Request") == "true":
        return True
    accepted = request.headers.get("Accept", "")
    return "json" in accepted and "text/html" not in accepted


def _page(request: HttpRequest, exc: DomainError) -> HttpResponse:
    context = {"problem": exc, "sentence": str(exc), "status": exc.status, "request_id": current_request_id()}
    try:
        template = select_template([f"web/{exc.status}.html", "web/error.html"])
        content: str = template.render(
            context, request if exc.status < HTTPStatus.INTERNAL_SERVER_ERROR else None
        )
    except Exception as failure:
        if not isinstance(failure, TemplateDoesNotExist):
            log.error("error page failed", exc_info=failure)
        title = HTTPStatus(exc.status).phrase
        content = format_html("<!doctype html><title>{}</title><p>{}</p>", title, str(exc))
    return HttpResponse(content, status=exc.status)


def error_response(request: HttpRequest, exc: DomainError) -> HttpResponse:
    """Answer an error in the form the asker can read; who is not signed in is led to the sign-in page."""
    is_document = wants_document(request)
    if isinstance(exc, NotSignedIn) and not request.path_info.startswith(API_PREFIX):
        here = request.headers.get("HX-Current-URL", "") if is_document else request.get_full_path()
        target = f"{resolve_url(settings.LOGIN_URL)}?next={quote(here)}"
        if is_document:
            response = problem_response(exc)
            response.headers["HX-Redirect"] = target
            return response
        return HttpResponseRedirect(target)
    return problem_response(exc) if is_document else _page(request, exc)


def domain_error_of(exc: BaseException | type[BaseException], *, request: HttpRequest) -> DomainError | None:
    """Return our own error for one of Django's or the API library's; none for what nobody expected."""
    if isinstance(exc, DomainError):
        return exc
    if isinstance(exc, NinjaValidationError):
        return invalid_from(exc.errors, request=request)
    kinds: list[tuple[type[BaseException], Callable[[], DomainError]]] = [
        (Http404, NotFound),
        (PermissionDenied, Forbidden),
        (RequestDataTooBig, TooLarge),
        (SuspiciousOperation, BadRequest),
        # A form in parts that cannot be taken apart: no boundary, a part without end, what is no base64.
        (MultiPartParserError, BadRequest),
        (AuthenticationError, NotSignedIn),
        (Throttled, TooMany),
        # The database went away, or gave up a statement that stood in another's way: both pass.
        (OperationalError, Unavailable),
        (InterfaceError, Unavailable),
    ]
    for kind, make in kinds:
        if isinstance(exc, kind):
            return make()
    return _of_status(exc.status_code) if isinstance(exc, HttpError) else None


def _of_status(status: int) -> DomainError:
    known: dict[int, type[DomainError]] = {
        400: BadRequest, 401: NotSignedIn, 403: Forbidden, 404: NotFound, 413: TooLarge, 422: Invalid, 429: TooMany,
    }  # fmt: skip
    return known[status]() if status in known else Unmapped(status=status)


def install_problem_handlers(api: NinjaAPI) -> None:
    """Make the API answer every error with a problem document."""

    def expected(request: HttpRequest, exc: Exception | type[Exception]) -> HttpResponse:
        return problem_response(domain_error_of(exc, request=request) or Broken())

    def unexpected(request: HttpRequest, exc: Exception | type[Exception]) -> HttpResponse:
        if (known := domain_error_of(exc, request=request)) is not None:
            return problem_response(known)
        log.error("unexpected error", exc_info=exc)
        return problem_response(Broken())

    for kind in (DomainError, NinjaValidationError, HttpError, Http404):
        api.add_exception_handler(kind, expected)
    api.add_exception_handler(Exception, unexpected)


def _answer(request: HttpRequest, exception: Exception | None, default: type[DomainError]) -> HttpResponse:
    known = domain_error_of(exception, request=request) if exception is not None else None
    return error_response(request, known or default())


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's handler400."""
    return _answer(request, exception, BadRequest)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's handler403."""
    return _answer(request, exception, Forbidden)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's handler404."""
    return _answer(request, exception, NotFound)


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler500; what happened is already in the log.

    Without the database nobody knows who reads and in which language, so the device's choice counts.
    """
    known = domain_error_of(sys.exc_info()[1] or Broken(), request=request)
    with translation.override(translation.get_language_from_request(request)):
        return error_response(request, known if isinstance(known, Unavailable) else Broken())


class CsrfRefused(Forbidden):
    """The form came without its token: usually a page that lay open too long."""

    code = "csrf"
    sentence = _("This page lay open too long. Please load it again and send once more.")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's CSRF_FAILURE_VIEW."""
    return error_response(request, CsrfRefused())
