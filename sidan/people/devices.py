"""The mark of a browser: a random word in a cookie, by which two accounts on one device are noticed.

It is set when somebody signs in, says nothing about the device or its owner, and is compared only: the database keeps
its keyed hash beside the accounts that signed in there (`operations.note_device`), for half a year at most.
"""

import re
import secrets
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

COOKIE: Final = "sidan_device"
KEPT_FOR: Final = timedelta(days=180)
_FORM: Final = re.compile(r"[A-Za-z0-9_-]{22}", re.ASCII)


def mark_of(request: HttpRequest) -> str:
    """Return the mark that a browser sent; nothing where there is none, or one that is not of our making."""
    sent = request.COOKIES.get(COOKIE, "")
    return sent if _FORM.fullmatch(sent) else ""


def new_mark() -> str:
    """Return a mark that nobody can guess."""
    return secrets.token_urlsafe(16)


def leave_mark(response: HttpResponseBase, *, mark: str) -> None:
    """Let the browser bring the mark again; no script reads it."""
    response.set_cookie(
        COOKIE, mark, max_age=int(KEPT_FOR.total_seconds()), httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
