"""Questions about marks."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from sidan.attendance.enums import Direction, Grade, Way
from sidan.attendance.models import CodeTry, Confirmation, Interval, LocationConsent, Mark, OfflineRecord
from sidan.attendance.policies.door import (
    QUICK_STEP_SECONDS,
    STEP_SECONDS,
    TOLERATED_LATER,
    door_code,
    step_of,
)
from sidan.attendance.policies.own_code import OwnCode
from sidan.attendance.policies.standing_out import late_by
from sidan.attendance.policies.stretches import Stretch
from sidan.core.crypto import lookup_hash
from sidan.core.errors import NotFound
from sidan.people.models import Person

TRIES_WITHIN: Final = timedelta(minutes=15)
STANDS: Final = Q(replaced_by=None) & ~Q(confirmation__is_right=False)
"""Which marks stand: nobody said that they are wrong, and no better one was written instead."""
HOLDS: Final = STANDS & (~Q(grade=Grade.WEAK) | Q(confirmation__is_right=True))
"""Which marks are counted in figures: those that are proven, and those that a second person confirmed (R-Z2)."""
UNSAID: Final = (
    Q(grade=RawSQL(f"'{Grade.WEAK}'", ()))
    & ~Exists(Confirmation.objects.filter(mark=OuterRef("pk")))
    & ~Exists(Mark.objects.filter(instead_of=OuterRef("pk")))
)
"""Which marks wait for somebody's word. The grade stands in the text of the statement: sent as a value, a prepared plan
could not know that the index of such marks fits. Asked for what is not there, PostgreSQL knows how few are."""


@dataclass(frozen=True, slots=True)
class Presence:
    """One person's coming and going for a cause, as told."""

    cause_id: int
    person_id: int
    came_at: datetime
    went_at: datetime | None
    came_way: str
    went_way: str


@dataclass(frozen=True, slots=True)
class ShownCode:
    """One's own code now, with whose it is."""

    code: OwnCode
    name: str


@dataclass(frozen=True, slots=True)
class UnconfirmedMark:
    """A time that somebody else should confirm."""

    uuid: UUID
    name: str
    direction: str
    at: datetime
    recorded_at: datetime
    way: str
    digits_fit: bool
    """Of a time by the code: whether the digits were those of the door."""
    reason_code: str
    distance_m: int | None
    accuracy_m: int | None
    measured_to: str
    recorded_by_id: int
    person_id: int
    cause_id: int

    def is_told_by(self, *, account_id: int | None, person_id: int | None) -> bool:
        """Tell whether the time is this person's own or was written down by them: they are no second person."""
        return self.recorded_by_id == account_id or self.person_id == person_id


@dataclass(frozen=True, slots=True)
class Standing:
    """What a person's times for a cause amount to: they count, wait for a word, or somebody said they are wrong."""

    counts: bool
    waits: bool
    denied: bool

    @property
    def overlaps(self) -> bool:
        """Nothing is wrong with the times, but the person was elsewhere at that time as well."""
        return not (self.counts or self.waits or self.denied)


@dataclass(frozen=True, slots=True)
class ProvenTime:
    """From when to when a person was there for a cause, as it counts, and how that is known."""

    cause_id: int
    person_id: int
    begins: datetime
    ends: datetime
    way: str
    """The weaker of both ways."""
    grade: str
    recorded_by_id: int
    """Who wrote the end that is known less well."""
    confirmed_by_id: int | None
    """Who said that it is right; nobody where that needed no word."""
    reason_code: str
    late_by: timedelta
    """How long after it an end that is written by hand was written; nothing where none was."""


def door_secret(*, cause_uuid: str) -> bytes:
    """Derive a cause's secret from the installation's lookup key: nothing to store, nothing to leak."""
    return lookup_hash(value=cause_uuid, purpose="attendance.door")


def presences(*, cause_id: int) -> list[Presence]:
    """Pair the marks of a cause that stand by person, in the order of coming: one query.

    Whose coming was denied has not come; a going that lies before the coming that stands is none.
    """
    return presences_at(cause_ids=[cause_id])


def presences_at(*, cause_ids: Collection[int]) -> list[Presence]:
    """Pair the same of some causes: one query."""
    came: dict[tuple[int, int], Mark] = {}
    went: dict[tuple[int, int], Mark] = {}
    for row in Mark.objects.filter(STANDS, cause__in=cause_ids).order_by("at", "id"):
        key = row.cause_id, row.person_id
        if row.direction == Direction.IN:
            came[key] = row
        elif key in came:
            went[key] = row
    return [
        Presence(
            cause_id=first.cause_id, person_id=first.person_id, came_at=first.at, came_way=first.way,
            went_at=went[key].at if key in went else None, went_way=went[key].way if key in went else "",
        )
        for key, first in came.items()
    ]  # fmt: skip


def stretches_of(*, cause_id: int, person_id: int) -> list[Stretch]:
    """Return each coming of a person for a cause with the going after it, as told last: one query."""
    rows = Mark.objects.filter(cause=cause_id, person=person_id, replaced_by=None)
    told = list(rows.values_list("nth", "direction", "at", "confirmation__is_right"))
    gone = {
        nth: at
        for nth, direction, at, is_right in told
        if direction == Direction.OUT and is_right is not False
    }
    return [
        Stretch(nth=nth, came_at=at, is_denied=is_right is False, went_at=gone.get(nth))
        for nth, direction, at, is_right in told if direction == Direction.IN
    ]  # fmt: skip


def attended_by(*, person_id: int) -> QuerySet[Mark]:
    """Return the comings of a person that stand, to whatever cause."""
    return Mark.objects.filter(STANDS, person=person_id, direction=Direction.IN)


def proven_by(*, cause_id: int, at: datetime) -> bool:
    """Tell whether the code has proven that somebody had come by a moment."""
    came = Mark.objects.filter(STANDS, cause=cause_id, direction=Direction.IN, grade=Grade.STRONG)
    return came.filter(at__lte=at).exists()


def standings(*, cause_id: int) -> dict[int, Standing]:
    """Return what the times of each who came and went amount to, by person: three queries.

    Of a coming or going that was replaced, only what stands instead is asked.
    """
    last = Mark.objects.filter(cause=cause_id, replaced_by=None)
    marks = list(last.values_list("pk", "person", "direction", "grade"))
    said = dict(Confirmation.objects.filter(mark__cause=cause_id).values_list("mark", "is_right"))
    counted = set(Interval.objects.filter(cause=cause_id).values_list("person", flat=True))
    gone = {
        person for pk, person, direction, _grade in marks
        if direction == Direction.OUT or said.get(pk) is False
    }  # fmt: skip
    found = {}
    for person in gone:
        weak = [pk for pk, whose, _way, grade in marks if whose == person and grade == Grade.WEAK]
        found[person] = Standing(
            counts=person in counted,
            waits=any(pk not in said for pk in weak) and person not in counted,
            denied=any(said.get(pk) is False for pk in weak),
        )
    return found


def unconfirmed(*, cause_ids: Collection[int]) -> list[UnconfirmedMark]:
    """Return the weak times of some causes that stand without anybody's word, oldest first: one query."""
    rows = Mark.objects.filter(UNSAID, cause__in=cause_ids).select_related("person").order_by("at", "id")
    return [
        UnconfirmedMark(
            uuid=row.uuid, name=row.person.name, direction=row.direction, at=row.at,
            recorded_at=row.recorded_at, way=row.way,
            digits_fit=row.code_step is not None, reason_code=row.reason_code, distance_m=row.distance_m,
            accuracy_m=row.accuracy_m, measured_to=row.measured_to, recorded_by_id=row.recorded_by_id,
            person_id=row.person_id,
            cause_id=row.cause_id,
        )
        for row in rows
    ]  # fmt: skip


def mark_by_uuid(*, uuid: UUID) -> Mark:
    """Return a mark; whoever asks has checked the right to its cause. Raises NotFound."""
    found = Mark.objects.filter(uuid=uuid).first()
    if found is None:
        raise NotFound
    return found


def marked_for(*, cause_ids: Collection[int]) -> list[int]:
    """Return who came or went for some causes, as told."""
    rows = Mark.objects.filter(cause__in=cause_ids).order_by()
    return list(rows.values_list("person", flat=True).distinct())


def proven_times(*, cause_ids: Collection[int], person_id: int | None = None) -> list[ProvenTime]:
    """Return the times of some causes that count, of one person or all, in the order in which they were derived.

    Of who went for a break, or came again the next day, each by itself: two queries.
    """
    of_whom = Q(cause__in=cause_ids) & (Q() if person_id is None else Q(person=person_id))
    rows = Mark.objects.filter(of_whom, replaced_by=None).select_related("confirmation")
    ends: dict[tuple[int, int, int], list[Mark]] = {}
    for mark in rows:
        ends.setdefault((mark.cause_id, mark.person_id, mark.nth), []).append(mark)
    intervals = Interval.objects.filter(of_whom).order_by("id")
    return [_proven(one, ends[one.cause_id, one.person_id, one.nth]) for one in intervals]


def _proven(interval: Interval, marks: list[Mark]) -> ProvenTime:
    weakest = max(marks, key=lambda mark: list(Way).index(Way(mark.way)))
    confirmation = getattr(weakest, "confirmation", None)
    begins, ends = interval.during.lower, interval.during.upper
    assert begins is not None, "the database keeps both ends"
    assert ends is not None, "the database keeps both ends"
    return ProvenTime(
        cause_id=interval.cause_id, person_id=interval.person_id, begins=begins, ends=ends, way=weakest.way,
        grade=interval.grade, recorded_by_id=weakest.recorded_by_id,
        confirmed_by_id=confirmation.said_by_id if confirmation else None, reason_code=weakest.reason_code,
        late_by=max(late_by(way=mark.way, at=mark.at, recorded_at=mark.recorded_at) for mark in marks),
    )  # fmt: skip


def present_code(*, cause_uuid: str, at: datetime, seconds: int = STEP_SECONDS) -> str:
    """Return the code that is shown at the door now, each for so many seconds."""
    return door_code(secret=door_secret(cause_uuid=cause_uuid), at=at, seconds=seconds)


def person_secret(*, person_id: int) -> bytes:
    """Derive a person's secret from the installation's lookup key, as that of a door."""
    return lookup_hash(value=str(person_id), purpose="attendance.person")


def own_code(*, person_id: int, at: datetime) -> ShownCode:
    """Return what a person's telephone shows now to staff who read it."""
    uuid, name = Person.unscoped.values_list("uuid", "name").get(pk=person_id)
    digits = door_code(secret=person_secret(person_id=person_id), at=at, seconds=QUICK_STEP_SECONDS)
    return ShownCode(OwnCode(uuid, digits), name)


def code_fits(*, cause_uuid: str, code: str, at: datetime, seconds: int = STEP_SECONDS) -> bool:
    """Tell whether a code that is told afterwards was good at a moment, each shown for so many seconds."""
    secret = door_secret(cause_uuid=cause_uuid)
    return step_of(secret=secret, code=code, at=at, tolerated=TOLERATED_LATER, seconds=seconds) is not None


def own_code_fits(*, person_id: int, code: str, at: datetime) -> bool:
    """Tell whether a person's own code that is told afterwards was good at a moment."""
    secret, seconds = person_secret(person_id=person_id), QUICK_STEP_SECONDS
    return step_of(secret=secret, code=code, at=at, tolerated=TOLERATED_LATER, seconds=seconds) is not None


def has_consented(*, person_id: int) -> bool:
    """Tell whether a person lets their telephone's place be read at a check-in."""
    return location_consent(person_id=person_id) is not None


def had_consented(*, person_id: int, at: datetime) -> bool:
    """Tell whether a reading of a moment may be used: its person allowed it then, and still does."""
    rows = LocationConsent.objects.filter(person=person_id)
    before = Q(given_at__lte=at) & (Q(revoked_at=None) | Q(revoked_at__gt=at))
    return rows.filter(before).exists() and rows.filter(revoked_at=None).exists()


def location_consent(*, person_id: int) -> LocationConsent | None:
    """Return the consent that holds, if there is one."""
    return LocationConsent.objects.filter(person=person_id, revoked_at=None).first()


def recent_tries(*, person_id: int, at: datetime) -> int:
    """Return how often a person entered digits within the last quarter of an hour."""
    return CodeTry.objects.filter(person=person_id, at__gt=at - TRIES_WITHIN).count()


def record_by_uuid(*, uuid: UUID) -> OfflineRecord | None:
    """Return what came of a record that a telephone has sent before."""
    return OfflineRecord.objects.filter(uuid=uuid).first()


def refused_records(*, cause_id: int, person_id: int) -> int:
    """Return how many records of a person for a cause could not be written."""
    return OfflineRecord.objects.filter(cause=cause_id, person=person_id, mark=None).count()


def told_records(*, cause_id: int, person_id: int, since: datetime) -> int:
    """Return how many records a person's telephones have sent for a cause since a moment."""
    return OfflineRecord.objects.filter(cause=cause_id, person=person_id, received_at__gt=since).count()


def wrong_codes_told(*, cause_id: int, person_id: int) -> int:
    """Return how many records of a person for a cause had digits that proved nothing."""
    told = OfflineRecord.objects.filter(cause=cause_id, person=person_id, way=Way.CODE)
    return told.exclude(mark__code_step__isnull=False).count()


def wrong_scans_told(*, cause_id: int, person_id: int, direction: str) -> int:
    """Return how many readings of a person's own code, told afterwards of their coming or going, proved nothing."""
    told = OfflineRecord.objects.filter(cause=cause_id, person=person_id, way=Way.SCAN, direction=direction)
    return told.exclude(mark__grade=Grade.STRONG).count()
