"""What can go wrong in the domain, and how it is told: one base class, one problem document (RFC 9457).

An operation raises a small class that stands beside it. It has a code that never changes (programs read it), a
status, and a sentence in the reader's language that says what happened and what to do. The edges turn it into a
problem document or into a message on a page, in one place each (`sidan.core.problems`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TYPE_PREFIX: Final = "urn:sidan:problem:"


class DomainError(Exception):
    """Base of every expected refusal. Facts are given by keyword and fill the sentence's %(fact)s."""

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 400
    sentence: ClassVar[str | Promise] = _("This could not be done.")

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(self.code)

    def __str__(self) -> str:
        return str(self.sentence) % self.facts if self.facts else str(self.sentence)

    def __repr__(self) -> str:
        # Facts may be personal; what is logged is the code.
        return f"<{type(self).__name__} {self.code}>"


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """What is wrong with one field. The pointer is a JSON pointer (RFC 6901) into what was sent."""

    pointer: str
    detail: str | Promise


class BadRequest(DomainError):
    """The request itself cannot be read."""

    code = "bad_request"
    sentence = _("The request could not be understood.")


class NotSignedIn(DomainError):
    """Nobody is signed in, and this needs somebody."""

    code = "not_signed_in"
    status = 401
    sentence = _("Please sign in first.")


class Forbidden(DomainError):
    """The actor may not do this. `reason` is a sentence that a person can read."""

    code = "forbidden"
    status = 403
    sentence = _("You may not do this. %(reason)s")

    def __init__(self, *, reason: str | Promise = "", **facts: object) -> None:
        super().__init__(reason=reason, **facts)

    def __str__(self) -> str:
        return super().__str__().strip()


class NotFound(DomainError):
    """There is no such thing, or the actor may not know of it: both look the same on purpose."""

    code = "not_found"
    status = 404
    sentence = _("We could not find this. It may have been removed, or it is not yours to see.")


class Conflict(DomainError):
    """Somebody was faster, or the thing is in a state in which this cannot be done."""

    code = "conflict"
    status = 409
    sentence = _("Somebody else has changed this in the meantime. Please look at it again.")


class TooLarge(DomainError):
    """More was sent than is accepted."""

    code = "too_large"
    status = 413
    sentence = _("This is too large to be sent.")


class Invalid(DomainError):
    """What was entered is not right. `errors` names the fields, when there are any."""

    code = "invalid"
    status = 422
    sentence = _("Some of what was entered is not right. Please check it.")

    def __init__(self, *, errors: Sequence[FieldProblem] = (), **facts: object) -> None:
        self.errors = tuple(errors)
        super().__init__(**facts)


class AtField(Invalid):
    """A refusal that stands at its field."""

    field = ""

    def __init__(self, **facts: object) -> None:
        super().__init__()
        self.facts = facts
        self.errors = (FieldProblem(f"/{self.field}", str(self)),)


class SayWhy(AtField):
    code = "say_why"
    field = "words"
    sentence = _("Please say why: it is read by those whom it concerns.")


def require_words(words: str) -> None:
    """Refuse an empty reason. Raises SayWhy."""
    if not words.strip():
        raise SayWhy


class TooMany(DomainError):
    """Too often in too short a time. `seconds` says how long to wait, when that is known."""

    code = "too_many"
    status = 429
    sentence = _("Too many attempts. Please wait a little and try again.")


class Unavailable(DomainError):
    """Something that is needed does not answer now; trying again later may help."""

    code = "unavailable"
    status = 503
    sentence = _("This does not work at the moment. Please try again in a few minutes.")


def problem_document(exc: DomainError, *, instance: str = "") -> dict[str, Any]:
    """Return the problem document of an error, in the active language.

    Args:
        exc: the error.
        instance: the request's id, by which the log line is found.
    """
    document: dict[str, Any] = {
        "type": f"{TYPE_PREFIX}{exc.code}",
        "title": str(exc),
        "status": exc.status,
        "code": exc.code,
    }
    if instance:
        document["instance"] = f"urn:sidan:request:{instance}"
    if isinstance(exc, Invalid) and exc.errors:
        document["errors"] = [{"pointer": error.pointer, "detail": str(error.detail)} for error in exc.errors]
    return document
