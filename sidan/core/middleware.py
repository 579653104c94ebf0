"""What every request passes: one thin edge for all, and Django's stock chain for pages only.

The stock middlewares cost a third of the throughput of a small answer, and a program with a token needs none of
them. So the API, health and metrics go past them; pages have them all.
"""

import re
import time
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, Final
from urllib.parse import unquote_to_bytes, urlsplit

from django.conf import settings
from django.core.handlers.exception import convert_exception_to_response
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.utils import translation
from django.utils.module_loading import import_string

from sidan.core.errors import BadRequest, DomainError, TooLarge
from sidan.core.logs import log_context, name_account, request_id_from, tell_request
from sidan.core.metrics import count_request
from sidan.core.problems import API_PREFIX, MethodNotAllowed, error_response

GetResponse = Callable[[HttpRequest], HttpResponseBase]
LEAN_PREFIXES: Final = (API_PREFIX, "/healthz", "/readyz", "/metrics")
MAX_BODY_BYTES: Final = 1024 * 1024
MAX_UPLOAD_BYTES: Final = 64 * 1024 * 1024
"""Of a whole multipart request, five pictures at most; the limit of one picture is in `files`."""
_CONTROL: Final = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
POLICY: Final = "Content-Security-Policy"
FRAMES: Final = "X-Frame-Options"
METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def content_security_policy(*, live_url: str, framed_by: str = "'none'") -> str:
    """Return the policy: nothing from elsewhere, no inline script or style, nobody may frame us unless it is said."""
    live = urlsplit(live_url)
    origin = f" {live.scheme}://{live.netloc}" if live.netloc else ""
    parts: Mapping[str, str] = {
        "default-src": "'self'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data: blob:",
        "font-src": "'self'",
        "connect-src": f"'self'{origin}",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": framed_by,
    }
    return "; ".join(f"{name} {value}" for name, value in parts.items())


def security_headers(*, live_url: str) -> dict[str, str]:
    """Return the headers that every answer carries (TLS and its HSTS belong to the proxy in front)."""
    return {
        POLICY: content_security_policy(live_url=live_url),
        "X-Content-Type-Options": "nosniff",
        FRAMES: "DENY",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(self), geolocation=(self), microphone=(), payment=(), usb=()",
    }


def check_request(request: HttpRequest) -> None:
    """Refuse what no honest client sends, before anything reads it.

    Raises:
        BadRequest: control characters or broken UTF-8 in the address, a content type in no known form, or a length
            that is no number.
        TooLarge: the announced body is larger than any that is accepted.
    """
    query = request.META.get("QUERY_STRING", "")
    raw = unquote_to_bytes(query) if "%" in query else query.encode("latin-1", "replace")
    # Django has already turned broken UTF-8 in a path into percent signs, which no address of ours has.
    if _CONTROL.search(raw) or not request.path_info.isprintable():
        raise BadRequest()
    if not getattr(request, "is_type_readable", True):
        raise BadRequest()
    try:
        raw.decode()
        length = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        raise BadRequest() from None
    is_upload = request.META.get("CONTENT_TYPE", "").startswith("multipart/")
    if length < 0 or length > (MAX_UPLOAD_BYTES if is_upload else MAX_BODY_BYTES):
        raise TooLarge() if length > 0 else BadRequest()


def _check_or_mark(request: HttpRequest) -> None:
    """Refuse what is broken at once, and leave a broken page to `PagesOnly`, which tells it in the reader's language.

    Raises:
        BadRequest, TooLarge: as `check_request`, for a lean path.
    """
    try:
        check_request(request)
    except DomainError as fault:
        if request.path_info.startswith(LEAN_PREFIXES):
            raise
        request.refused = fault  # type: ignore[attr-defined] # Django's request has no place for it


class Edge:
    """The outermost layer: the request's id, refusal of broken input, security headers, one log line, metrics."""

    sync_capable, async_capable = True, False

    def __init__(self, get_response: GetResponse) -> None:
        self._get_response = get_response
        self._headers = security_headers(live_url=settings.LIVE_URL)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request_id = request_id_from(request.META.get("HTTP_X_REQUEST_ID"))
        started = time.perf_counter()
        with log_context(request_id=request_id):
            try:
                _check_or_mark(request)
                response = self._get_response(request)
            except DomainError as exc:
                # Nobody has looked yet at what language the reader reads.
                with translation.override(translation.get_language_from_request(request)):
                    response = error_response(request, exc)
            self._dress(request, response, request_id)
            self._tell(request, response, time.perf_counter() - started)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Turn an expected refusal raised by a page's view into an answer."""
        return error_response(request, exception) if isinstance(exception, DomainError) else None

    def _dress(self, request: HttpRequest, response: HttpResponseBase, request_id: str) -> None:
        headers = response.headers
        headers["X-Request-Id"] = request_id
        if isinstance(response, HttpResponse):
            # Without it the server sends the body in chunks.
            headers.setdefault("Content-Length", str(len(response.content)))
        # A page with a policy of its own says there who may frame it; the older header knows no such word.
        has_own_policy = POLICY in headers
        for name, value in self._headers.items():
            if not (has_own_policy and name == FRAMES):
                headers.setdefault(name, value)
        actor = getattr(request, "actor", None)
        if actor is not None and actor.is_signed_in:
            name_account(actor.account_uuid)
            # The next person at a kiosk or a shared telephone must not find a page by going back.
            headers.setdefault("Cache-Control", "no-store")

    def _tell(self, request: HttpRequest, response: HttpResponseBase, seconds: float) -> None:
        match = request.resolver_match
        # The route's name and never the path: paths and queries may hold what people typed.
        route = match.view_name if match and match.view_name else "unmatched"
        # A stranger's word for a method would make a series of its own in the metrics.
        method = request.method if request.method in METHODS else "OTHER"
        count_request(route=route, method=method, status=response.status_code, seconds=seconds)
        milliseconds = round(seconds * 1000, 1)
        tell_request(method=method, route=route, status=response.status_code, milliseconds=milliseconds)


class PagesOnly:
    """Wrap Django's stock middlewares (settings.PAGES_MIDDLEWARE) so that lean paths go past all of them.

    A lean request still gets its language, and a lazily read session when it brings a session cookie and no token:
    the API's session sign-in reads it and checks the CSRF token itself.
    """

    sync_capable, async_capable = True, False

    def __init__(self, get_response: GetResponse) -> None:
        self._lean = get_response
        self._layers: list[Any] = []
        handler: Any = self._page
        for path in reversed(settings.PAGES_MIDDLEWARE):
            layer = import_string(path)(handler)
            self._layers.insert(0, layer)
            handler = convert_exception_to_response(layer)
        self._pages: GetResponse = handler
        self._session_store = import_module(settings.SESSION_ENGINE).SessionStore

    def _page(self, request: HttpRequest) -> HttpResponseBase:
        # Who reads, and in which language, is known only behind the stock middlewares.
        fault: DomainError | None = getattr(request, "refused", None)
        return error_response(request, fault) if fault is not None else self._lean(request)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(LEAN_PREFIXES):
            return self._pages(request)
        key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
        if key and "HTTP_AUTHORIZATION" not in request.META:
            request.session = self._session_store(key)
        with translation.override(translation.get_language_from_request(request)):
            response = self._lean(request)
            # The API library answers this one by itself and in English only.
            if isinstance(response, HttpResponseNotAllowed) and request.path_info.startswith(API_PREFIX):
                told = error_response(request, MethodNotAllowed())
                told.headers["Allow"] = response.headers["Allow"]
                return told
            return response

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Pass Django's hook on to the wrapped layers; the CSRF check works here."""
        if request.path_info.startswith(LEAN_PREFIXES):
            return None
        for layer in self._layers:
            if hasattr(layer, "process_view"):
                response: HttpResponseBase | None = layer.process_view(request, view, args, kwargs)
                if response is not None:
                    return response
        return None
