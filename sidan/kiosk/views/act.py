"""One act at a terminal: what the session holds of it, and what every page of the terminal begins and ends with.

Of a person the session holds an account's id; the telephone stands in it encrypted, between entering it and its code,
and where several share it until one of them is chosen. A telephone that was only entered and one that was proven stand
under keys of their own: what was proven of one opens nothing of another.
"""

import base64
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from functools import wraps
from typing import Any, Final
from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language

from sidan.core.actor import Actor
from sidan.core.clock import now
from sidan.core.crypto import decrypt_text, encrypt_text
from sidan.core.scope import Scope, scoped
from sidan.kiosk import operations, queries
from sidan.kiosk.models import KioskTerminal
from sidan.kiosk.policies import ACT_LASTS, LONGER_SECONDS, RESET_SECONDS
from sidan.people.access import scope_for

COOKIE: Final = "sidan_kiosk"
COOKIE_SECONDS: Final = 400 * 24 * 3600
"""As long as browsers keep one; each visit of the start begins it anew."""
LANGUAGE_SECONDS: Final = 300
"""Who comes next reads the house's language again."""
PATH: Final = "/kiosk/"
KEY: Final = "kiosk"
PHONE: Final = "kiosk.act.phone"

View = Callable[..., HttpResponse]


class Act:
    """What somebody does at the terminal, kept in the session until it is over."""

    def __init__(self, request: HttpRequest, terminal: KioskTerminal) -> None:
        self.terminal = terminal
        self._session = request.session
        kept: dict[str, Any] = dict(request.session.get(KEY) or {})
        at = now()
        if kept and at - datetime.fromtimestamp(kept["at"], UTC) > ACT_LASTS:
            request.session.flush()
            kept = {}
        self._kept = kept
        if kept:
            self.keep(at=int(at.timestamp()))

    def begin(self, what: str, *, service: str = "") -> None:
        """Begin anew, under a new key of the session."""
        self._session.flush()
        self._kept = {}
        self.keep(act=str(uuid4()), what=what, service=service, at=int(now().timestamp()))

    def keep(self, **facts: Any) -> None:
        """Remember some facts until the act is over."""
        self._kept |= facts
        self._session[KEY] = self._kept

    def keep_phone(self, phone: str) -> None:
        """Remember a telephone, encrypted, until its code has come; nothing is proven any more."""
        self._forget_proof()
        self.keep(phone=_sealed(phone))

    def keep_account(self, account_id: int, *, person_id: int = 0) -> None:
        """Remember who acts, and where one of several was chosen, whom; no telephone is kept any longer.

        Who was here in this act already, and entered the number once more, goes on with what they had begun.
        """
        *whose, first = self._kept.get("before") or [0, 0, ""]
        again = {"act": first} if whose == [account_id, person_id] else {}
        self.keep(phone="", shared="", account=account_id, person=person_id, before=[], **again)

    def finish(self) -> None:
        """Remember that what one came for is done and was shown: the same number entered again begins something new."""
        self.keep(finished=True)

    def keep_shared(self, phone: str) -> None:
        """Remember a telephone that was proven and that several share, until one of them is chosen."""
        self._forget_proof()
        self.keep(phone="", shared=_sealed(phone), several=True)

    def _forget_proof(self) -> None:
        # An act of its own as well: what was ordered before is nothing of who comes now, unless it is the same person.
        before = self._kept.get("before", [])
        if self.account_id:
            before = (
                [] if self._kept.get("finished") else [self.account_id, self._person_id, self._kept["act"]]
            )
        self.keep(
            act=str(uuid4()), before=before, finished=False, shared="", several=False, account=0, person=0
        )

    @property
    def phone(self) -> str:
        """The telephone whose code is awaited."""
        return _opened(self._kept.get("phone", ""))

    @property
    def shared_phone(self) -> str:
        """The telephone that was proven and that several share, while none of them has been chosen."""
        return _opened(self._kept.get("shared", ""))

    @property
    def what(self) -> str:
        """Why one is here: "order", "look" or "review"; nothing before an act has begun."""
        return str(self._kept.get("what", ""))

    @property
    def uuid(self) -> UUID:
        return UUID(self._kept["act"])

    @property
    def service(self) -> str:
        return str(self._kept.get("service", ""))

    @property
    def account_id(self) -> int:
        """The account whose telephone was proven; 0 before."""
        return int(self._kept.get("account", 0))

    @property
    def _person_id(self) -> int:
        return int(self._kept.get("person", 0))

    @property
    def is_of_several(self) -> bool:
        """Whether the telephone that was proven is shared: then who acts is chosen, and private orders stay closed."""
        return bool(self._kept.get("several"))

    @property
    def paper(self) -> list[int]:
        """Row and moment of the code on paper that was entered."""
        return list(self._kept.get("paper", []))

    def resident(self) -> Actor:
        """Return who acts."""
        return operations.resident_at(
            terminal=self.terminal,
            account_id=self.account_id,
            language=get_language() or "",
            person_id=self._person_id,
        )


def _sealed(phone: str) -> str:
    return base64.b64encode(encrypt_text(value=phone, purpose=PHONE)).decode()


def _opened(kept: str) -> str:
    return str(decrypt_text(token=base64.b64decode(kept), purpose=PHONE)) if kept else ""


def resident_scope(actor: Actor) -> AbstractContextManager[Scope]:
    """Show what is one's own and what is public, and nothing else."""
    return scoped(scope_for(actor))


def at_terminal(view: View) -> View:
    """Let in a browser that is a terminal, give the view its act, and let nothing of the page be kept."""

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        terminal = queries.terminal_of_token(token=request.COOKIES.get(COOKIE, ""))
        if terminal is None:
            response: HttpResponse = redirect("kiosk:enrol")
        else:
            operations.note_seen(at=now(), terminal=terminal)
            response = view(request, Act(request, terminal), *args, **kwargs)
        response["Cache-Control"] = "no-store"
        return response

    return page


def within_act(*, proven: bool = False) -> Callable[[View], View]:
    """Let in only where an act has begun, and where `proven`, whose telephone is proven; others begin at the start."""

    def decorate(view: View) -> View:
        @at_terminal
        @wraps(view)
        def page(request: HttpRequest, act: Act, *args: Any, **kwargs: Any) -> HttpResponse:
            if not act.what or (proven and not act.account_id):
                return redirect("kiosk:start")
            return view(request, act, *args, **kwargs)

        return page

    return decorate


def show(
    request: HttpRequest, act: Act, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Render a page of the terminal; it goes back to the start by itself."""
    longer = "more" in request.GET
    facts = {
        "terminal": act.terminal, "seconds": LONGER_SECONDS if longer else RESET_SECONDS,
        "longer_seconds": LONGER_SECONDS, "is_longer": longer, "what": act.what,
    }  # fmt: skip
    return render(request, f"kiosk/{template}", {**facts, **context}, status=status)


def set_terminal(response: HttpResponse, *, token: str) -> None:
    """Let this browser be the terminal; no script reads the token, and no other site sends it."""
    response.set_cookie(
        COOKIE, token, max_age=COOKIE_SECONDS, path=PATH, httponly=True, samesite="Strict",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
