"""Writes that a phone may repeat: the same key gives the same answer, and the write happens once.

The recipe: the answer is stored by ONE insert as the last statement of the write's own transaction. A twin that comes
at the same moment waits at the unique index, fails when the first commits, rolls back and replays the stored answer.
Nothing is asked beforehand, so that the ordinary write, which is not a repetition, costs one statement more and no
question. A write refused the second time (the order is already there, the state has moved on) looks for a stored
answer before it tells of the refusal. Only successful answers are stored: a refusal may be tried again, also one that
leads back to a page which tells why (`refusing`).
"""

import hashlib
import json
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, Final

from django.contrib.messages.storage import default_storage
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from sidan.core.actor import Actor
from sidan.core.clock import now
from sidan.core.crypto import decrypt_text, encrypt_text
from sidan.core.errors import BadRequest, DomainError, Invalid
from sidan.core.problems import error_response
from sidan.core.transactions import refusals_kept, whole_request

HEADER: Final = "Idempotency-Key"
FORM_FIELD: Final = "once"
KEPT_FOR: Final = timedelta(days=7)
_PURPOSE: Final = "core.idempotencykey.answer"
KEY_PATTERN: Final = r"[A-Za-z0-9_.:-]{8,64}"
_KEY: Final = re.compile(KEY_PATTERN)
_MARK: Final = "keeps_its_answer"
_REFUSING: Final = "tells_of_a_refusal"
_KEPT_HEADERS: Final = ("Content-Type", "Location", "HX-Redirect", "HX-Location", "HX-Trigger")

View = Callable[..., HttpResponse]
Frame = Callable[[], AbstractContextManager[None]]
"""What a write runs in."""


class BadKey(BadRequest):
    """The key is too short, too long, or has strange characters."""

    code = "bad_idempotency_key"
    sentence = _("The idempotency key must be 8 to 64 letters, digits or hyphens, a UUID for example.")


class KeyReused(Invalid):
    """The same key came with another request: a fault of the client, and replaying the old answer would hide it."""

    code = "idempotency_key_reused"
    sentence = _("This was sent before with other content. Please load the page again and send once more.")


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered: enough to answer the same again."""

    status: int
    headers: dict[str, str]
    text: str


def fingerprint_of(*, method: str, path: str, content: bytes) -> bytes:
    """Return what tells one request from another under the same key."""
    return hashlib.sha256(b"\0".join((method.encode(), path.encode(), content))).digest()


def store_answer(*, account_id: int, key: str, fingerprint: bytes, answer: Answer, at: datetime) -> None:
    """Keep an answer: the last statement of the write's transaction.

    Raises:
        IntegrityError: a twin has been faster.
    """
    text = json.dumps({"headers": answer.headers, "text": answer.text}, ensure_ascii=False)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO core_idempotencykey (account_id, key, fingerprint, status, answer, created_at)"
            " VALUES (%s, %s, %s, %s, %s, %s)",
            [account_id, key, fingerprint, answer.status, encrypt_text(value=text, purpose=_PURPOSE), at],
        )


def stored_answer(*, account_id: int, key: str, fingerprint: bytes) -> Answer | None:
    """Return the answer kept under a key.

    Raises:
        KeyReused: it was the answer to another request.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT fingerprint, status, answer FROM core_idempotencykey WHERE account_id = %s AND key = %s",
            [account_id, key],
        )
        row = cursor.fetchone()
    if row is None:
        return None
    if bytes(row[0]) != fingerprint:
        raise KeyReused()
    kept = json.loads(decrypt_text(token=bytes(row[2]), purpose=_PURPOSE))
    return Answer(status=row[1], headers=kept["headers"], text=kept["text"])


def forget_old_answers(*, at: datetime) -> int:
    """Remove answers older than a week; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM core_idempotencykey WHERE created_at < %s", [at - KEPT_FOR])
        return int(cursor.rowcount)


class _Refused(Exception):
    """Carries a refusal out of the transaction so that it is rolled back."""

    def __init__(self, response: HttpResponse) -> None:
        self.response = response


def refusing(response: HttpResponse) -> HttpResponse:
    """Say of a redirect that it leads to where a refusal is told: such a write is undone, and may be tried again."""
    setattr(response, _REFUSING, True)
    return response


def _answer_of(response: HttpResponse) -> Answer:
    headers = {name: response.headers[name] for name in _KEPT_HEADERS if name in response.headers}
    return Answer(status=response.status_code, headers=headers, text=response.content.decode())


def _response_of(answer: Answer) -> HttpResponse:
    response = HttpResponse(answer.text, status=answer.status)
    for name, value in answer.headers.items():
        response.headers[name] = value
    response.headers["Idempotent-Replay"] = "true"
    return response


def _account_id(request: HttpRequest) -> int | None:
    actor: Actor | None = getattr(request, "actor", None)
    return actor.account_id if actor is not None else None


def _content(request: HttpRequest) -> bytes:
    if request.content_type == "multipart/form-data":
        # Reading an upload into memory to hash it would cost what the limit on uploads is there to save. The key in
        # the form, the address and the length tell requests of one page apart well enough.
        return str(request.META.get("CONTENT_LENGTH", "")).encode()
    return request.body


def _write_once(
    request: HttpRequest, key: str, fingerprint: bytes, work: Callable[[], HttpResponse], frame: Frame
) -> HttpResponse:
    # The twin's answer is looked for only after the transaction is over, hence the order of try and with.
    try:
        with frame():
            response = work()
            if response.status_code >= 400 or getattr(response, _REFUSING, False):
                raise _Refused(response)
            account_id = _account_id(request)
            if account_id is not None:
                store_answer(
                    account_id=account_id,
                    key=key,
                    fingerprint=fingerprint,
                    answer=_answer_of(response),
                    at=now(),
                )
        return response
    except (_Refused, DomainError, DatabaseError) as exc:
        answer = _look(request, key, fingerprint, exc)
        if answer is not None:
            _forget_told(request)
            return _response_of(answer)
        if isinstance(exc, _Refused):
            return exc.response
        raise


def _forget_told(request: HttpRequest) -> None:
    """Drop what the second run has put down for the next page: it was undone, and the first one told how it went."""
    if hasattr(request, "_messages"):
        request._messages = default_storage(request)


def _look(request: HttpRequest, key: str, fingerprint: bytes, exc: Exception) -> Answer | None:
    account_id = _account_id(request)
    if account_id is None or (isinstance(exc, DatabaseError) and not isinstance(exc, IntegrityError)):
        return None
    return stored_answer(account_id=account_id, key=key, fingerprint=fingerprint)


def _once(request: HttpRequest, key: str, work: Callable[[], HttpResponse], frame: Frame) -> HttpResponse:
    try:
        if not _KEY.fullmatch(key):
            raise BadKey()
        content = _content(request)
        path = request.get_full_path()
        fingerprint = fingerprint_of(method=request.method or "", path=path, content=content)
        with refusals_kept():
            return _write_once(request, key, fingerprint, work, frame)
    except (BadKey, KeyReused) as exc:
        return error_response(request, exc)


def idempotent(view: View) -> View:
    """Let a write of the API be repeated: with the header Idempotency-Key it happens once.

    For django-ninja: `@router.post(…)` over `@decorate_view(idempotent)`. `request.actor` must be set by the time
    the view returns; a visitor's write is not kept, for nobody could be told apart.
    """

    @wraps(view)
    def repeatable(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        key = request.headers.get(HEADER)
        if key is None:
            return view(request, *args, **kwargs)
        return _once(request, key, lambda: view(request, *args, **kwargs), whole_request)

    setattr(repeatable, _MARK, True)
    return repeatable


def is_idempotent(view: Callable[..., Any]) -> bool:
    """Tell whether a view honours the header: the document of the API says so by itself."""
    # What wraps it takes the mark along (`functools.wraps`).
    return getattr(view, _MARK, False) is True


def once_per_form(view: View) -> View:
    """Let a form be sent twice (double tap, lost answer) and act once, by the hidden field of `{% once %}`.

    A form that is shown again because of an error carries a fresh key, and its answer has status 422.
    """

    @wraps(view)
    def repeatable(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        key = request.POST.get(FORM_FIELD) if request.method == "POST" else None
        if not key:
            return view(request, *args, **kwargs)
        return _once(request, key, lambda: view(request, *args, **kwargs), transaction.atomic)

    return repeatable
