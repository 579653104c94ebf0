"""Hours over the API: my own, what waits, the public notice."""

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router
from ninja.decorators import decorate_view

from sidan.core.clock import business_date, now
from sidan.core.idempotency import idempotent
from sidan.core.pagination import MAX_LIMIT, keyset_page
from sidan.core.requests import actor_of
from sidan.hours import operations, queries
from sidan.hours.enums import Subject
from sidan.hours.models import Claim
from sidan.hours.permissions import may_read_claim
from sidan.hours.schemas import (
    ClaimOut,
    ClaimPageOut,
    ClaimStepOut,
    HoursOut,
    HoursPageOut,
    HoursStepOut,
    HoursWordsIn,
    MonthOut,
    OneClaimOut,
    OneHoursOut,
    TotalsOut,
)
from sidan.places.queries import place_by_uuid

router = Router(tags=["hours"])
Cursor = Annotated[str | None, Query(max_length=1000)]
Limit = Annotated[int, Query(ge=1, le=MAX_LIMIT)]
Year = Annotated[int | None, Query(ge=2000, le=2100)]


@router.get("/mine", response=HoursPageOut, summary="My records of service, newest day first")
def list_my_hours(
    request: HttpRequest, year: Year = None, cursor: Cursor = None, limit: Limit = 50
) -> HoursPageOut:
    """One's own records, with those that take one back: the sum of their minutes is what counts."""
    rows = queries.my_entries(actor=actor_of(request), year=year).select_related(
        "occasion__lead", "occasion__cause"
    )
    page = keyset_page(rows=rows, sort="-day", cursor=cursor, limit=limit)
    return HoursPageOut(items=[HoursOut.of(entry) for entry in page.items], next_cursor=page.next_cursor)


@router.get("/mine/totals", response=TotalsOut, summary="My hours by month and year")
def read_my_totals(request: HttpRequest, year: Year = None) -> TotalsOut:
    """Exact at any moment: records less what was taken back."""
    ids, year = queries.own_rows(actor=actor_of(request)), year or business_date(now()).year
    months = queries.totals_of(subject=Subject.PERSON, ids=ids, year=year)
    years = queries.years_of(subject=Subject.PERSON, ids=ids)
    return TotalsOut(
        year=year, minutes=sum(month.minutes for month in months), months=[MonthOut.of(each) for each in months],
        years=[MonthOut.of(each) for each in years],
    )  # fmt: skip


@router.get("/mine/claims", response=ClaimPageOut, summary="My time that does not count yet")
def list_my_claims(request: HttpRequest, cursor: Cursor = None, limit: Limit = 50) -> ClaimPageOut:
    """What waits for a second person or for the end of a notice, and what was refused."""
    page = keyset_page(
        rows=queries.my_claims(actor=actor_of(request)), sort="-id", cursor=cursor, limit=limit
    )
    return ClaimPageOut(items=[ClaimOut.of(claim) for claim in page.items], next_cursor=page.next_cursor)


@router.get("/notices", response=ClaimPageOut, summary="Late times on public notice")
def list_notices(
    request: HttpRequest, place: UUID | None = None, cursor: Cursor = None, limit: Limit = 50
) -> ClaimPageOut:
    """Of the county of a place, or everywhere; names are told in part."""
    actor_of(request)
    found = place_by_uuid(uuid=place) if place else None
    rows = queries.notices_public(county_id=found.county_id if found else None)
    page = keyset_page(rows=rows, sort="-id", cursor=cursor, limit=limit)
    return ClaimPageOut(items=[ClaimOut.masked(claim) for claim in page.items], next_cursor=page.next_cursor)


@router.get("/claims/{claim_id}", response=OneClaimOut, summary="One time that waits")
def read_claim(request: HttpRequest, claim_id: UUID) -> OneClaimOut:
    """One's own, of one's office, or one on public notice."""
    return _told(request, queries.claim_by_uuid(uuid=claim_id))


@router.post("/claims/{claim_id}/object", response=OneClaimOut, summary="Object to a time on public notice")
@decorate_view(idempotent)
def object_to_claim(request: HttpRequest, claim_id: UUID, payload: HoursWordsIn) -> OneClaimOut:
    """It does not count before the office has looked into it."""
    found = queries.claim_by_uuid(uuid=claim_id)
    operations.object_to_claim(actor=actor_of(request), at=now(), claim=found, words=payload.words)
    return _told(request, found)


@router.get("/records/{record_id}", response=OneHoursOut, summary="One record of service")
def read_record(request: HttpRequest, record_id: UUID) -> OneHoursOut:
    """One's own, or one of one's office, with its history."""
    found = queries.entry_to_read(actor=actor_of(request), uuid=record_id)
    history = queries.history_of_entry(entry=found)
    return OneHoursOut(**HoursOut.of(found).dict(), history=[HoursStepOut.of(each) for each in history])


def _told(request: HttpRequest, claim: Claim) -> OneClaimOut:
    if not may_read_claim(actor=actor_of(request), claim=claim):
        return OneClaimOut(**ClaimOut.masked(claim).dict(), steps=[])
    steps = [
        ClaimStepOut(verb=step.verb, at=step.at, words=str(step.note.words) if hasattr(step, "note") else "")
        for step in queries.claim_history(claim=claim)
    ]
    return OneClaimOut(**ClaimOut.of(claim).dict(), steps=steps)
