"""Who asks, and from what: the actor that sign-in (of pages or of the API) put on the request; a phone or a desk.

And the request itself, which is there also where its header is none that anybody can read.
"""

from typing import Any, Final, Protocol, TypeVar

from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest

from sidan.core.actor import NOBODY, Actor
from sidan.core.errors import NotSignedIn


class _InTurns(Protocol):
    turn: Any


Read = TypeVar("Read", bound=_InTurns)
LONGEST_TURN: Final = 9
AT_WORK: Final = ("/console/", "/tasks/")


class ReadableRequest(WSGIRequest):
    """A request that is refused in words if its content type is in no form that is known.

    Django raises that while it builds the request, before anything of ours could answer.
    """

    is_type_readable = True

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        try:
            super()._set_content_type_params(meta)  # type: ignore[misc] # the stubs leave it out
        except (ValueError, LookupError):
            self.content_type, self.content_params, self.is_type_readable = "", {}, False


def asker_of(request: HttpRequest) -> Actor:
    """Return who asks; a visitor without an account is NOBODY."""
    actor = getattr(request, "actor", NOBODY)
    return actor if isinstance(actor, Actor) else NOBODY


def actor_of(request: HttpRequest) -> Actor:
    """Return who asks, for what needs an account.

    Raises:
        NotSignedIn: nobody is signed in.
    """
    actor = asker_of(request)
    if not actor.is_signed_in:
        raise NotSignedIn()
    return actor


def turn_seen(request: HttpRequest) -> int | None:
    """Return the turn of what the page showed which this form was sent from; of an older page, none."""
    told = request.POST.get("turn", "")
    return int(told) if told.isascii() and told.isdigit() and len(told) <= LONGEST_TURN else None


def as_read(request: HttpRequest, thing: Read) -> Read:
    """Return a thing with the turn that the sender has seen, if they say which: its door refuses who comes second."""
    if (turn := turn_seen(request)) is not None:
        thing.turn = turn
    return thing


def at_work(request: HttpRequest) -> bool:
    """Tell whether a page is for those who handle what others asked for, and not for their own."""
    return request.path.startswith(AT_WORK)


def on_phone(request: HttpRequest) -> bool:
    """Tell whether the browser calls itself one of a telephone: its pages begin shorter, and nothing else differs."""
    hint = request.headers.get("Sec-CH-UA-Mobile", "")
    return hint == "?1" if hint else "Mobi" in request.headers.get("User-Agent", "")
