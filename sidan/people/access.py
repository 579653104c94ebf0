"""The door: from a session or a bearer token to the actor, its scope and its language.

A session holds the account's id, a stamp bound to the password (changing it ends every other session), when it was
last used, and whether the second factor was shown. Nothing about a person stands in it.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from sidan.core.actor import NOBODY, Actor
from sidan.core.clock import now
from sidan.core.errors import NotSignedIn
from sidan.core.language import supported
from sidan.core.scope import Scope, scope_of, scoped
from sidan.people.devices import mark_of
from sidan.people.enums import DISPATCHING_ROLES, HOLDING_ROLES, ORDER_STAFF_ROLES, STAFF_ROLES, TOTP_ROLES
from sidan.people.narrowing import CONSOLE, narrowed_by
from sidan.people.queries import KnownActor, known_actor_for_account, known_actor_for_token

ACCOUNT_KEY: Final = "account"
STAMP_KEY: Final = "stamp"
SEEN_KEY: Final = "seen"
PENDING_KEY: Final = "pending"
IDLE_KEY: Final = "was_idle"
LOOPBACK: Final = frozenset({"", "127.0.0.1", "::1"})
SEEN_STEP_SECONDS: Final = 60
"""How exact the idle time is: the session is written at most once in so many seconds."""


class TotpCompulsory(NotSignedIn):
    """The role asks for a second factor (SIDAN_REQUIRE_TOTP), and the account has none yet."""

    code = "totp_compulsory"
    sentence = _(
        "Your role needs a second factor, and this account has none yet. "
        "Please sign in on the web page first and set it up there."
    )


def stamp_of(password_hash: str) -> str:
    """Return what binds a session to the present password without telling its hash."""
    return salted_hmac("sidan.people.session", password_hash, algorithm="sha256").hexdigest()[:32]


def scope_for(actor: Actor) -> Scope:
    """Return whose rows an actor sees: subtrees of staff grants, own things, own teams, and what is public."""
    return scope_of(
        actor, staff_roles=ORDER_STAFF_ROLES, keeping_roles=DISPATCHING_ROLES, holding_roles=HOLDING_ROLES,
        deciding_roles=DISPATCHING_ROLES,
    )  # fmt: skip


def enter_session(request: HttpRequest, *, account_id: int, at: datetime) -> None:
    """Bind the session to an account, under a new key so that one planted before is of no use."""
    known = known_actor_for_account(account_id)
    if known is None:
        raise NotSignedIn
    request.session.cycle_key()
    request.session.pop(PENDING_KEY, None)
    request.session[ACCOUNT_KEY] = account_id
    request.session[STAMP_KEY] = stamp_of(known.password_hash)
    request.session[SEEN_KEY] = int(at.timestamp())


def await_second_factor(request: HttpRequest, *, account_id: int, at: datetime) -> None:
    """Remember for a few minutes who has shown the first factor."""
    request.session.cycle_key()
    request.session[PENDING_KEY] = [account_id, int(at.timestamp())]


def pending_account(request: HttpRequest, *, at: datetime, minutes: int = 10) -> int | None:
    """Return who has shown the first factor and owes the second."""
    pending = request.session.get(PENDING_KEY)
    if not pending or int(at.timestamp()) - pending[1] > minutes * 60:
        return None
    return int(pending[0])


def leave_session(request: HttpRequest) -> None:
    """Forget everything of this session, on this device and in the database."""
    request.session.flush()


def _known_of_session(session: Any, *, at: datetime) -> KnownActor | None:
    account_id = session.get(ACCOUNT_KEY)
    if account_id is None:
        return None
    known = known_actor_for_account(account_id)
    if known is None or not constant_time_compare(session.get(STAMP_KEY, ""), stamp_of(known.password_hash)):
        return None
    if _is_idle(session, known.actor, at=at):
        session.flush()
        session[IDLE_KEY] = True
        return None
    return known


def _is_idle(session: Any, actor: Actor, *, at: datetime) -> bool:
    """Tell whether a member of staff was away too long; write down that somebody is there, now and then."""
    if not settings.IDLE_MINUTES or not actor.roles & STAFF_ROLES:
        return False
    seconds = int(at.timestamp()) - int(session.get(SEEN_KEY, 0))
    if seconds > settings.IDLE_MINUTES * 60:
        return True
    if seconds >= SEEN_STEP_SECONDS:
        session[SEEN_KEY] = int(at.timestamp())
    return False


def address_of(request: HttpRequest) -> str:
    """Return the network address that asked. Our own proxy on this machine names it in X-Real-IP."""
    address: str = request.META.get("REMOTE_ADDR", "")
    if address in LOOPBACK:
        return str(request.META.get("HTTP_X_REAL_IP", address))[:64]
    return address


def bearer_token(request: HttpRequest) -> str:
    """Return the token of the Authorization header, or nothing."""
    kind, _space, token = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else ""


def known_actor(request: HttpRequest, *, at: datetime) -> KnownActor | None:
    """Return who asks, by bearer token or else by session; one statement for a token, two for a session.

    Raises:
        NotSignedIn: a token was brought that is not good. Going on as a visitor would only confuse a program.
    """
    token = bearer_token(request)
    if token:
        known = known_actor_for_token(token, at=at)
        if known is None:
            raise NotSignedIn
        return known
    session: Any = getattr(request, "session", None)
    if session is None:
        return None
    known = _known_of_session(session, at=at)
    # The API goes past the middleware that would write the time of this visit down.
    if session.modified and session.session_key:
        session.save()
    return known


def onlooker(session: Any, *, at: datetime) -> Actor | None:
    """Return whose session this is, for a stream that stays open: looking on does not put the idle time-out off.

    Nobody is returned when the session has ended, lay idle, or still owes the second factor.
    """
    known = _known_of_session(session, at=at)
    if known is None or owes_totp(known):
        return None
    narrowed = narrowed_by(session, actor=known.actor)
    return narrowed.actor if narrowed else known.actor


def actor_of_request(request: HttpRequest, *, at: datetime) -> Actor:
    """Return the actor of an API request; a visitor is NOBODY.

    Raises:
        NotSignedIn: the bearer token is not good (any more).
        TotpCompulsory: the second factor is compulsory and missing, for a token as for a session.
    """
    known = known_actor(request, at=at)
    if known is None:
        return NOBODY
    if owes_totp(known):
        raise TotpCompulsory
    return replace(known.actor, device=mark_of(request))


def owes_totp(known: KnownActor) -> bool:
    """Tell whether this account must set up the second factor before it may work."""
    return bool(settings.REQUIRE_TOTP and not known.has_totp and known.actor.roles & TOTP_ROLES)


class PageActorMiddleware:
    """Give every page its actor, its scope and its language. Stands behind the sessions' middleware."""

    sync_capable, async_capable = True, False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        known = _known_of_session(request.session, at=now())
        language = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        if known is None:
            actor = replace(NOBODY, language=supported(language), device=mark_of(request))
        else:
            # The device's own choice wins: a member of staff may read English on one screen only.
            words = supported(language or known.actor.language)
            actor = replace(known.actor, language=words, device=mark_of(request))
        if known is not None and request.path_info.startswith(CONSOLE):
            request.whole_actor = actor  # type: ignore[attr-defined] # as below
            request.narrowed = narrowed_by(request.session, actor=actor)  # type: ignore[attr-defined] # as below
            actor = request.narrowed.actor if request.narrowed else actor  # type: ignore[attr-defined] # as below
        request.actor = actor  # type: ignore[attr-defined] # Django's request has no place for it
        with translation.override(actor.language), scoped(scope_for(actor)):
            if known is not None and owes_totp(known) and not _is_open_without_totp(request):
                return redirect("people:totp")
            return self._get_response(request)


def _is_open_without_totp(request: HttpRequest) -> bool:
    open_paths = (reverse("people:totp"), reverse("people:sign_out"), reverse("web:preferences"))
    return request.path_info.startswith((*open_paths, settings.STATIC_URL))
