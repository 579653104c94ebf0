"""Who may call: a bearer token, or the session of the pages with its CSRF token; some operations are open to all."""

from django.http import HttpRequest
from ninja.utils import check_csrf

from sidan.core.clock import now
from sidan.core.problems import CsrfRefused
from sidan.people.access import actor_of_request, bearer_token

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class Visitor:
    """Anyone; whoever is signed in is known all the same."""

    openapi_security_schema: dict[str, str] | None = None

    def __call__(self, request: HttpRequest) -> object:
        actor = actor_of_request(request, at=now())
        request.actor = actor  # type: ignore[attr-defined] # Django's request has no place for it
        if actor.is_signed_in and not bearer_token(request) and request.method not in SAFE_METHODS:
            require_csrf(request)
        return actor


class SignedIn(Visitor):
    """Only with a token or a session."""

    openapi_type = "http"
    openapi_scheme = "bearer"
    openapi_security_schema: dict[str, str] | None = {"type": "http", "scheme": "bearer"}

    def __call__(self, request: HttpRequest) -> object:
        actor = super().__call__(request)
        return actor if getattr(actor, "is_signed_in", False) else None


def require_csrf(request: HttpRequest) -> None:
    """Refuse a write by session that does not carry the CSRF token: it may come from another site.

    Raises:
        CsrfRefused: it does not.
    """
    if check_csrf(request) is not None:
        raise CsrfRefused


signed_in = SignedIn()
visitor = Visitor()
