"""What telephones send that kept times without network, as it comes over the API: one shape for each door.

A door adds to a record what it is of, and takes it in by an operation of its own.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal
from uuid import UUID

from django.db import InterfaceError, OperationalError
from django.utils.translation import gettext_lazy as _
from ninja import Field, Schema
from pydantic import ValidationError, ValidatorFunctionWrapHandler

from sidan.attendance.policies.claiming import Kept
from sidan.core.actor import Actor
from sidan.core.errors import Conflict, DomainError, Invalid
from sidan.core.ids import read_uuid
from sidan.core.inputs import Input
from sidan.core.logs import logger
from sidan.core.problems import Broken

log = logger("sidan.attendance")
MOST_AT_ONCE: Final = 50
# Times of telephones: from 1970, where a clock that lost its battery begins, to 2100.
Milliseconds = Annotated[int, Field(ge=0, le=4_102_444_800_000)]
Span = Annotated[int, Field(ge=-3_155_760_000_000, le=3_155_760_000_000)]


class KeptIn(Input):
    """A coming or going that was kept without network; `id` is the telephone's own and is taken in once."""

    id: UUID
    direction: Literal["in", "out"]
    device_ms: Milliseconds
    offset_ms: Span | None = None
    elapsed_ms: Annotated[int, Field(ge=0, le=3_155_760_000_000)] | None = None
    nth: Annotated[int, Field(ge=0, le=1_000_000_000)] = 0
    """As which one the telephone kept it, counted from one: so they are taken in, whatever its clock says."""

    def kept(self, sent_ms: int) -> Kept:
        """Return what the telephone says of the time."""
        return Kept(
            device_ms=self.device_ms, sent_device_ms=sent_ms, offset_ms=self.offset_ms, elapsed_ms=self.elapsed_ms
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A record of which no more is understood than its name."""

    id: UUID


def by_itself(value: Any, read: ValidatorFunctionWrapHandler) -> Any:
    """Read one record; one that cannot be read is answered for by its name and stops none that is sent with it."""
    try:
        return read(value)
    except ValidationError:
        name = read_uuid(value.get("id")) if isinstance(value, dict) else None
        if name is None:
            raise
        return Unreadable(name)


class SendingIn(Input):
    """One sending; what is sent, each door says."""

    account: UUID
    """Whose records these are: a telephone may have changed hands."""
    sent_ms: Milliseconds

    def require_own(self, actor: Actor) -> None:
        """Raises WrongAccount: somebody else is signed in than who kept the records."""
        if str(actor.account_uuid) != str(self.account):
            raise WrongAccount


class TakenOut(Schema):
    id: UUID
    outcome: str
    """"written", or the code of the reason why not; either way it need not be sent again."""
    sentence: str


class TakenInOut(Schema):
    results: list[TakenOut]
    failed: list[TakenOut] = []
    """Those at which something went wrong on our side: neither kept nor refused, they are to be sent again."""


class RecordUnreadable(Invalid):
    code = "record_unreadable"
    sentence = _(
        "What this telephone sent of this time could not be read, and nothing was kept of it. Please write it down by"
        " hand."
    )


class WrongAccount(Conflict):
    code = "records_of_another_account"
    sentence = _(
        "Times of somebody else are kept on this telephone. They are sent when that person signs in."
    )


def refused(uuid: UUID, refusal: DomainError) -> TakenOut:
    """Answer for a record of which nothing is kept."""
    return TakenOut(id=uuid, outcome=refusal.code, sentence=str(refusal))


@contextmanager
def failing_alone(answer: TakenInOut, uuid: UUID) -> Iterator[None]:
    """Do something with one record; whatever goes wrong there, the answer says so and the others go on."""
    try:
        yield
    except (OperationalError, InterfaceError):
        # The database went away: it would fail at every other, too.
        raise
    except Exception as failure:
        log.error("offline_record_failed", exc_info=failure)
        answer.failed.append(refused(uuid, Broken()))
