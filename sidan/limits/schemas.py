"""The shape of time limits over the API."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from ninja import Field, Schema

from sidan.core.inputs import CleanText, Code, Input
from sidan.limits.enums import AtEnd, AtHalf, Step, Unit
from sidan.limits.models import Limit
from sidan.limits.operations.limits import LONGEST
from sidan.limits.queries import Held, Preview
from sidan.orders.enums import Urgency
from sidan.people.references import PersonRef
from sidan.places.enums import PlaceKind
from sidan.places.references import PlaceRef

Reason = Annotated[str, CleanText(max_length=200)]


class WhichIn(Input):
    """Which limit is meant: of a step, for a category or for every kind, for urgent orders or for all.

    With a `level` it is meant for the places of that kind below, not for the place itself.
    """

    step: Step
    category: Code | None = None
    level: PlaceKind | None = None
    urgency: Urgency = Urgency.NORMAL
    seen: UUID | None = None
    """The `id` of the limit of the place's own that is replaced or taken back; none where it has none in force.

    Where the place says something else by now, nothing is written: 409 `limit_moved_on` tells what.
    """


class LimitIn(WhichIn):
    """How long a step may take and what happens then. `person` is the public id of whom `at_end` = to_person tells."""

    amount: Annotated[int, Field(ge=1, le=LONGEST)]
    unit: Unit
    at_half: AtHalf
    at_end: AtEnd
    person: UUID | None = None
    reason: Reason


class TakeBackLimitIn(WhichIn):
    """Which limit no longer holds, so that what stands above holds again."""

    reason: Reason


class LimitOut(Schema):
    """A limit as it was written down; without a place it holds everywhere."""

    id: UUID
    place: PlaceRef | None
    step: Step
    category: str | None
    level: PlaceKind | None
    urgency: Urgency
    in_force: bool
    amount: int
    unit: Unit
    at_half: AtHalf
    at_end: AtEnd
    person: PersonRef | None
    reason: str
    at: datetime

    @classmethod
    def of(cls, limit: Limit) -> Self:
        return cls(
            id=limit.uuid, place=PlaceRef.of(limit.place) if limit.place else None, step=Step(limit.step),
            category=limit.category_id, level=PlaceKind(limit.level) if limit.level else None,
            urgency=Urgency(limit.urgency), in_force=limit.in_force, amount=limit.amount,
            unit=Unit(limit.unit), at_half=AtHalf(limit.at_half), at_end=AtEnd(limit.at_end),
            person=PersonRef.of(limit.person.person) if limit.person else None, reason=limit.reason, at=limit.at,
        )  # fmt: skip


class HeldLimitOut(LimitOut):
    """A limit that holds at a place, and whether the place says so itself."""

    is_own: bool

    @classmethod
    def held(cls, held: Held) -> Self:
        return cls(**LimitOut.of(held.limit).dict(), is_own=held.is_own)


class DeadlineOut(Schema):
    """Until when a step would last, by which limit, and which one says what is done then."""

    step: Step
    limit: UUID
    acts_by: UUID
    half_at: datetime
    due_at: datetime

    @classmethod
    def of(cls, told: Preview) -> Self:
        deadline = told.deadline
        return cls(
            step=told.step, limit=told.limit.uuid, acts_by=told.acts.uuid, half_at=deadline.half_at,
            due_at=deadline.due_at,
        )  # fmt: skip
