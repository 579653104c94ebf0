"""What offices and leaders do with hours over the API: the same operations as the console's pages."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Status
from ninja.decorators import decorate_view

from sidan.attendance.enums import Way
from sidan.core.clock import business_date, now
from sidan.core.idempotency import idempotent
from sidan.core.pages import office
from sidan.core.pagination import MAX_LIMIT, keyset_page
from sidan.core.requests import actor_of
from sidan.hours import operations, queries
from sidan.hours.enums import Subject
from sidan.hours.models import Claim
from sidan.hours.operations.claiming import NoVolunteer
from sidan.hours.permissions import NoSuchRecord, may_read_team, require_office, require_telling
from sidan.hours.schemas import (
    ClaimOut,
    ClaimPageOut,
    CorrectIn,
    HoursOut,
    HoursPageOut,
    HoursWordsIn,
    LateIn,
    MemberHoursOut,
    MonthOut,
    TakeHoursBackIn,
    TeamTotalsOut,
)
from sidan.people.models import Team
from sidan.people.queries import team_by_uuid
from sidan.places.queries import place_by_uuid

router = Router(tags=["hours"])
Cursor = Annotated[str | None, Query(max_length=1000)]
Limit = Annotated[int, Query(ge=1, le=MAX_LIMIT)]
Words = Annotated[str, Query(max_length=60)]
Chip = Literal["", "late", "noticed", "disputed", "ended"]


@router.get("/records", response=HoursPageOut, summary="The records of one's places, newest day first")
def list_records(
    request: HttpRequest,
    q: Words = "",
    place: UUID | None = None,
    team: UUID | None = None,
    first: Annotated[date | None, Query(alias="from")] = None,
    last: Annotated[date | None, Query(alias="to")] = None,
    way: Way | None = None,
    kind: Literal["", "counter", "late"] = "",
    cursor: Cursor = None,
    limit: Limit = 50,
) -> HoursPageOut:
    """For practitioners, directors and managers: by name, place and below, team, days, proof, and how it came about."""
    require_office(actor=actor_of(request))
    wanted = queries.EntryFilter(
        query=q, place_id=_place_id(place), team_id=_team(team).pk if team else None, first=first, last=last,
        way=way or "", kind=kind,
    )  # fmt: skip
    with office(public=False):
        rows = queries.entries_of_office(wanted=wanted).select_related("occasion__lead", "occasion__cause")
        page = keyset_page(rows=rows, sort="-day", cursor=cursor, limit=limit)
    return HoursPageOut(items=[HoursOut.of(entry) for entry in page.items], next_cursor=page.next_cursor)


@router.post("/records/{record_id}/take-back", response={201: HoursOut}, summary="Take a record back")
@decorate_view(idempotent)
def take_back(request: HttpRequest, record_id: UUID, payload: TakeHoursBackIn) -> Status[HoursOut]:
    """Append the counter-record; whose hours they are is told why."""
    entry = queries.entry_by_uuid(uuid=record_id)
    made = operations.take_back(
        actor=actor_of(request), at=now(), entry=entry, reason=payload.reason, words=payload.words
    )
    return Status(201, HoursOut.of(made))


@router.post(
    "/records/{record_id}/correct", response={201: HoursOut}, summary="Say the right times of a record"
)
@decorate_view(idempotent)
def correct(request: HttpRequest, record_id: UUID, payload: CorrectIn) -> Status[HoursOut]:
    """Append the counter-record and the record that follows it: within the time of the first, and shorter."""
    entry = queries.entry_by_uuid(uuid=record_id)
    made = operations.correct_times(actor=actor_of(request), at=now(), entry=entry, **payload.dict())
    return Status(201, HoursOut.of(made))


@router.get("/claims", response=ClaimPageOut, summary="Times that wait for a second person")
def list_claims(
    request: HttpRequest,
    chip: Chip = "",
    q: Words = "",
    place: UUID | None = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> ClaimPageOut:
    """Of one's places; with a chip what is late, on public notice, objected to, or has ended."""
    require_office(actor=actor_of(request))
    with office(public=False):
        rows = queries.claims_of_office(at=now(), chip=chip, query=q, place_id=_place_id(place))
        page = keyset_page(rows=rows, sort="state_since", cursor=cursor, limit=limit)
    return ClaimPageOut(items=[ClaimOut.of(claim) for claim in page.items], next_cursor=page.next_cursor)


@router.post("/claims/{claim_id}/agree", response={201: HoursOut}, summary="Agree to the hours of a long day")
@decorate_view(idempotent)
def agree(request: HttpRequest, claim_id: UUID) -> Status[HoursOut]:
    """They count from now on."""
    made = operations.agree_to_claim(actor=actor_of(request), at=now(), claim=_claim(claim_id))
    return Status(201, HoursOut.of(made))


@router.post("/claims/{claim_id}/publish", response=ClaimOut, summary="Say that a late time is right")
@decorate_view(idempotent)
def publish(request: HttpRequest, claim_id: UUID) -> ClaimOut:
    """It is shown to everybody before it counts."""
    return ClaimOut.of(operations.publish_claim(actor=actor_of(request), at=now(), claim=_claim(claim_id)))


@router.post("/claims/{claim_id}/refuse", response=ClaimOut, summary="Say that a time does not count")
@decorate_view(idempotent)
def refuse(request: HttpRequest, claim_id: UUID, payload: HoursWordsIn) -> ClaimOut:
    """Whose it is is told why."""
    return ClaimOut.of(
        operations.refuse_claim(
            actor=actor_of(request), at=now(), claim=_claim(claim_id), words=payload.words
        )
    )


@router.post("/claims/{claim_id}/dismiss", response=ClaimOut, summary="Find that an objection has no ground")
@decorate_view(idempotent)
def dismiss(request: HttpRequest, claim_id: UUID, payload: HoursWordsIn) -> ClaimOut:
    """The notice goes on as long as it would have."""
    return ClaimOut.of(
        operations.dismiss_objection(
            actor=actor_of(request), at=now(), claim=_claim(claim_id), words=payload.words
        )
    )


@router.post("/late", response={201: list[ClaimOut]}, summary="Tell a time that nobody wrote down")
@decorate_view(idempotent)
def tell_late_time(request: HttpRequest, payload: LateIn) -> Status[list[ClaimOut]]:
    """For the leader of the team and the office of the place; a second person and a public notice follow."""
    actor, occasion = actor_of(request), queries.occasion_by_cause(uuid=payload.occasion)
    require_telling(actor=actor, occasion=occasion)
    person = next((one for one in queries.people_for(occasion=occasion) if one.uuid == payload.person), None)
    if person is None:
        raise NoVolunteer
    made = operations.tell_late_time(
        actor=actor, at=now(), occasion=occasion, person=person, begins=payload.begins, ends=payload.ends,
        reason_code=payload.reason,
    )  # fmt: skip
    return Status(201, [ClaimOut.of(claim) for claim in made])


@router.get("/teams/{team_id}/totals", response=TeamTotalsOut, summary="A team's hours by month and member")
def read_team_totals(
    request: HttpRequest, team_id: UUID, year: Annotated[int | None, Query(ge=2000, le=2100)] = None
) -> TeamTotalsOut:
    """For its leader and the offices of its place."""
    team, year = _team(team_id), year or business_date(now()).year
    if not may_read_team(actor=actor_of(request), team=team):
        raise NoSuchRecord
    months = queries.totals_of(subject=Subject.TEAM, ids=[team.pk], year=year)
    members = queries.totals_by_member(team_id=team.pk, year=year)
    return TeamTotalsOut(
        year=year, minutes=sum(month.minutes for month in months), months=[MonthOut.of(each) for each in months],
        years=[MonthOut.of(each) for each in queries.years_of(subject=Subject.TEAM, ids=[team.pk])],
        members=[MemberHoursOut(name=one.name, minutes=one.minutes, records=one.records) for one in members],
    )  # fmt: skip


def _place_id(uuid: UUID | None) -> int | None:
    """Return which place a list is of; one that is not there is an error, not an unfiltered list."""
    if uuid is None:
        return None
    found = place_by_uuid(uuid=uuid)
    if found is None:
        raise NoSuchRecord
    return found.pk


def _team(uuid: UUID) -> Team:
    found = team_by_uuid(uuid=uuid)
    if found is None:
        raise NoSuchRecord
    return found


def _claim(uuid: UUID) -> Claim:
    return queries.claim_by_uuid(uuid=uuid)
