"""Making records of what is proven: one for each person, occasion and coming, by itself (R-H1, R-Z1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from sidan.attendance.queries import ProvenTime, marked_for, proven_times
from sidan.core.actor import SYSTEM, Actor
from sidan.core.clock import business_date
from sidan.evidence.models import Cause
from sidan.hours.crediting import credited_teams
from sidan.hours.enums import ClaimKind, ClaimState, Tier
from sidan.hours.models import Claim, Occasion
from sidan.hours.notices import tell_holder, tell_person
from sidan.hours.operations.door import append_entry, append_step, lock_persons
from sidan.hours.policies import Piece, cut
from sidan.hours.queries import minutes_of_day, recorded_times, serving_among, stands_at
from sidan.hours.states import CLAIM
from sidan.people.models import Person, Team
from sidan.places.models import Place


@dataclass(frozen=True, slots=True)
class Service:
    """What a record says beside the times (Order 67, art. 7). It names no resident."""

    title: str
    content: str
    place: Place
    day: date
    ended_at: datetime
    team: Team | None = None
    lead: Person | None = None
    title_en: str = ""
    content_en: str = ""


def write_occasion(*, at: datetime, cause: Cause, service: Service) -> Occasion:
    """Say what a cause was, once it is over, and record the hours that are proven by then."""
    with transaction.atomic():
        occasion = Occasion.objects.create(
            cause=cause, title=service.title, title_en=service.title_en, content=service.content,
            content_en=service.content_en, place=service.place, county_id=service.place.county_id,
            team=service.team, lead=service.lead, day=service.day, ended_at=service.ended_at, written_at=at,
        )  # fmt: skip
        record_hours(at=at, cause_ids=[cause.pk])
    return occasion


def record_hours(*, at: datetime, cause_ids: Sequence[int], person_id: int | None = None) -> int:
    """Record the proven times of some causes that are over, of one person or all; returns how many there were.

    What counts at once becomes records; what goes beyond a day's hours, and what was written down late, becomes
    claims. Done twice it adds nothing: a time that was recorded once is not again, whatever became of it.
    """
    rows = Occasion.objects.select_related("place").filter(cause__in=cause_ids)
    occasions = {occasion.cause_id: occasion for occasion in rows}
    if not occasions:
        return 0
    with transaction.atomic():
        # Held before anything is asked: a time that is proven meanwhile is found by who comes second. Whoever is locked
        # here has drawn the number of the transaction, too, before any entry draws its id.
        lock_persons(marked_for(cause_ids=list(occasions)) if person_id is None else [person_id])
        new = _not_recorded(proven_times(cause_ids=list(occasions), person_id=person_id), occasions)
        teams = _teams_of(new, occasions)
        # By team and person: the order of all locks that follow.
        for time in sorted(new, key=lambda one: (teams[one] or 0, one.person_id, one.begins)):
            _record_time(at, occasions[time.cause_id], time, teams[time])
    return len(new)


def _teams_of(times: Sequence[ProvenTime], occasions: dict[int, Occasion]) -> dict[ProvenTime, int | None]:
    credited = credited_teams(cause_ids=list(occasions), person_ids={time.person_id for time in times})
    return {
        time: credited.get((time.cause_id, time.person_id), occasions[time.cause_id].team_id)
        for time in times
    }


def _not_recorded(times: Sequence[ProvenTime], occasions: dict[int, Occasion]) -> list[ProvenTime]:
    """Return the times of volunteers without a record yet."""
    known = recorded_times(occasion_ids=[occasion.pk for occasion in occasions.values()])
    serving = serving_among(person_ids=[time.person_id for time in times])
    return [
        time for time in times
        if time.person_id in serving and not _is_among(time, known[occasions[time.cause_id].pk, time.person_id])
    ]  # fmt: skip


def _is_among(time: ProvenTime, known: Sequence[tuple[datetime, datetime]]) -> bool:
    return any(begins < time.ends and time.begins < ends for begins, ends in known)


def _record_time(at: datetime, occasion: Occasion, time: ProvenTime, team_id: int | None) -> None:
    """Record a time, or claim what of it does not count by itself; the caller holds the lock of the person."""
    day, limits = business_date(time.begins), settings.TIMES_LIMITS
    spent = minutes_of_day(person_id=time.person_id, day=day)
    for piece in cut(begins=time.begins, ends=time.ends, spent=spent, limits=limits):
        known: dict[str, Any] = {
            **columns_of(occasion=occasion, piece=piece, day=day, team_id=team_id), "person_id": time.person_id,
            "way": time.way, "grade": time.grade, "confirmed_by_id": time.confirmed_by_id,
        }  # fmt: skip
        why = _why_not_at_once(time, piece)
        if why:
            write_claim(
                actor=SYSTEM, at=at, kind=why, verb=_verb_of(time, piece, why), told_by=time.recorded_by_id,
                reason_code=time.reason_code, **known,
            )  # fmt: skip
        else:
            entry = append_entry(actor=SYSTEM, at=at, verb="record", **known)
            tell_person(kind="hours_recorded", of=entry, at=at)


def _why_not_at_once(time: ProvenTime, piece: Piece) -> ClaimKind | None:
    # Asked first: what is late goes before everybody, whatever else is to be looked at.
    if settings.TIMES_LIMITS.is_late(time.late_by):
        return ClaimKind.LATE
    if _is_elsewhere(time, piece):
        # Told for the same time elsewhere: somebody has to look which of the two it was.
        return ClaimKind.OVERLAP
    return ClaimKind.LONG_DAY if piece.tier != Tier.SELF else None


def _verb_of(time: ProvenTime, piece: Piece, why: ClaimKind) -> str:
    """Return how a claim begins: a late time whose second person has spoken goes before everybody at once.

    Not where the place above is asked, too, or where the person is recorded elsewhere and one of the two is wrong.
    """
    is_plain = why == ClaimKind.LATE and piece.tier == Tier.SELF and not _is_elsewhere(time, piece)
    return "announce" if is_plain else "tell"


def _is_elsewhere(time: ProvenTime, piece: Piece) -> bool:
    return stands_at(person_id=time.person_id, begins=piece.begins, ends=piece.ends)


def columns_of(*, occasion: Occasion, piece: Piece, day: date, team_id: int | None) -> dict[str, Any]:
    """Return what an entry and a claim have in common: for what, of whom, from when to when.

    All pieces of a time are of the day on which it began, those after midnight too.
    """
    return {
        "occasion": occasion, "team_id": team_id, "place_id": occasion.place_id,
        "county_id": occasion.county_id, "during": DateTimeTZRange(piece.begins, piece.ends),
        "day": day, "minutes": piece.minutes, "tier": piece.tier,
    }  # fmt: skip


def write_claim(*, actor: Actor, at: datetime, kind: str, verb: str, **columns: Any) -> Claim:
    """Write a claim with its first step, and tell who is concerned; the caller holds the lock of the person."""
    target = CLAIM[verb].target
    public_until = notice_from(at) if target == ClaimState.NOTICED else None
    claim = Claim.unscoped.create(
        kind=kind, state=target, state_since=at, created_at=at, public_until=public_until,
        holder_id=_holder(columns["occasion"], columns["tier"]), **columns,
    )  # fmt: skip
    append_step(claim=claim, actor=actor, at=at, verb=verb, from_state="")
    tell_person(kind="hours_noticed" if public_until else "hours_waiting", of=claim, at=at)
    if target == ClaimState.WAITING:
        tell_holder(kind="hours_to_agree", claim=claim, at=at)
    return claim


def notice_from(at: datetime) -> datetime:
    """Return until when a late time is shown that goes on public notice now."""
    return at + timedelta(days=settings.HOURS_NOTICE_DAYS)


def _holder(occasion: Occasion, tier: str) -> int:
    """Return which place has to agree: its own, the one above it within the county, or the county's center."""
    place = occasion.place
    if place.county_id is None or tier == Tier.SELF or place.pk == place.county_id:
        return place.pk
    return place.county_id if tier == Tier.COUNTY else place.parent_id or place.county_id
