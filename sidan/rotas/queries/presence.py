"""Questions about who was there: the code of a watch, times, and what is over without a word."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sidan.attendance.enums import Direction
from sidan.attendance.models import Mark
from sidan.attendance.policies.door import QUICK_STEP_SECONDS
from sidan.attendance.queries import STANDS, UnconfirmedMark, present_code, unconfirmed
from sidan.places.queries import place_point
from sidan.rotas.enums import STANDING, DutyState, WatchState
from sidan.rotas.models import Duty, Watch


@dataclass(frozen=True, slots=True)
class OwnTimes:
    """When somebody came and went."""

    came_at: datetime | None
    went_at: datetime | None


def shown_code(*, watch: Watch, at: datetime) -> str:
    """Return the digits that the screen of a watch shows now."""
    return present_code(cause_uuid=str(watch.uuid), at=at, seconds=QUICK_STEP_SECONDS)


def times_at(*, watch: Watch) -> dict[int, OwnTimes]:
    """Return when people came to a watch and went, by the person."""
    if watch.cause_id is None:
        return {}
    told: dict[int, dict[str, datetime]] = {}
    for person_id, direction, at in Mark.objects.filter(STANDS, cause=watch.cause_id).values_list(
        "person_id", "direction", "at"
    ):
        told.setdefault(person_id, {})[direction] = at
    return {
        person_id: OwnTimes(one.get(Direction.IN), one.get(Direction.OUT)) for person_id, one in told.items()
    }


def own_times(*, watch: Watch, person_id: int) -> OwnTimes:
    """Return when somebody came to a watch and went."""
    return times_at(watch=watch).get(person_id, OwnTimes(None, None))


def duty_of_code(*, watch: Watch, person: UUID) -> Duty | None:
    """Return the turn at a watch of whose own code was read, the one that stands first; nothing where there is none."""
    rows = Duty.unscoped.filter(watch=watch, person__uuid=person).select_related("person").order_by("id")
    return min(rows, key=lambda one: one.state not in STANDING, default=None)


def has_point(*, watch: Watch) -> bool:
    """Tell whether there is anything to which a telephone's place is measured."""
    return place_point(place_id=watch.place_id) is not None


def has_come(*, duty: Duty) -> bool:
    """Tell whether somebody is written down as having come."""
    return own_times(watch=duty.watch, person_id=duty.person_id).came_at is not None


def times_to_confirm(*, watch: Watch) -> list[UnconfirmedMark]:
    """Return the times that wait for a second person, oldest first."""
    return unconfirmed(cause_ids=[watch.cause_id]) if watch.cause_id else []


def watches_of_causes(*, cause_ids: Collection[int]) -> dict[int, Watch]:
    """Return the watches in scope of some causes, by the cause."""
    rows = Watch.objects.filter(cause__in=cause_ids).select_related("rota__place")
    return {one.cause_id: one for one in rows if one.cause_id is not None}


def duties_unsaid(*, watch: Watch) -> list[Duty]:
    """Return who had a watch that is over and is not known to have come."""
    came = times_at(watch=watch)
    rows = Duty.objects.filter(watch=watch, state=DutyState.PLANNED)
    return [one for one in rows if one.person_id not in came]


def to_close(*, at: datetime, most: int) -> Sequence[int]:
    """Return the watches whose door is shut by now, of every county, the first first."""
    rows = Watch.unscoped.filter(state=WatchState.AHEAD, during__endswith__lte=at)
    return list(rows.order_by("during").values_list("id", flat=True)[:most])
