"""Who asks: the actor that sign-in (of pages or of the API) put on the request."""

from django.http import HttpRequest

from sidan.core.actor import NOBODY, Actor
from sidan.core.errors import NotSignedIn


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
