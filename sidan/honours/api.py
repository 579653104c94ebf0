"""Certificates over the API: the same operations and the same permissions as the pages."""

from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Status
from ninja.decorators import decorate_view

from sidan.core.clock import business_date, now
from sidan.core.errors import NotFound
from sidan.core.idempotency import idempotent
from sidan.core.pages import office
from sidan.core.pagination import MAX_LIMIT, keyset_page
from sidan.core.requests import actor_of
from sidan.honours import operations, queries
from sidan.honours.handing import check_url, county_only, signed_text
from sidan.honours.models import Certificate
from sidan.honours.permissions import require_office, require_reading
from sidan.honours.schemas import (
    CertificateCheckIn,
    CertificateForIn,
    CertificateOut,
    CertificatePageOut,
    CheckedCertificateOut,
    CredentialOut,
    NewCertificateIn,
    OneCertificateOut,
    StarOut,
)
from sidan.people.access import address_of
from sidan.people.permissions import require_signed_in
from sidan.people.queries import own_account, volunteer_by_uuid, volunteer_of_person
from sidan.places.queries import place_by_uuid

router = Router(tags=["certificates"])
Cursor = Annotated[str | None, Query(max_length=1000)]
Limit = Annotated[int, Query(ge=1, le=MAX_LIMIT)]
Words = Annotated[str, Query(max_length=60)]


@router.get("/mine", response=CertificatePageOut, summary="My certificates, the newest first")
def list_my_certificates(
    request: HttpRequest, cursor: Cursor = None, limit: Limit = 50
) -> CertificatePageOut:
    """Those that are no longer valid stay, and say so."""
    rows = queries.my_certificates(person_id=actor_of(request).person_id)
    page = keyset_page(rows=rows, sort="-id", cursor=cursor, limit=limit)
    return CertificatePageOut(
        items=[CertificateOut.of(one) for one in page.items], next_cursor=page.next_cursor
    )


@router.get("/star", response=StarOut, summary="How many stars my hours reach")
def read_my_star(request: HttpRequest) -> StarOut:
    """By the ladder of one's county."""
    _account, person_id = require_signed_in(actor=actor_of(request))
    me = volunteer_of_person(person_id=person_id)
    star = queries.star_of(
        person_id=person_id, county_id=me.county_id if me else None, on=business_date(now())
    )
    if star is None:
        raise NotFound
    return StarOut.of(star)


@router.post("", response={201: OneCertificateOut}, summary="Issue a certificate of my service")
@decorate_view(idempotent)
def issue(request: HttpRequest, payload: NewCertificateIn) -> Status[OneCertificateOut]:
    """At once and free of charge, of the records that count now."""
    actor = actor_of(request)
    account_id, _person_id = require_signed_in(actor=actor)
    person = own_account(account_id=account_id).person
    made = operations.issue_certificate(actor=actor, at=now(), person=person, wanted=payload.wanted())
    return Status(201, _told(request, made.uuid))


@router.get("/office", response=CertificatePageOut, summary="The certificates of one's places")
def list_certificates(
    request: HttpRequest, q: Words = "", place: UUID | None = None,
    standing: Literal["", "valid", "superseded", "invalid"] = "", cursor: Cursor = None, limit: Limit = 50,
) -> CertificatePageOut:  # fmt: skip
    """For practitioners, directors and managers: by name or number, place and below, and what they are worth now."""
    require_office(actor=actor_of(request))
    found = place_by_uuid(uuid=place) if place else None
    if place is not None and found is None:
        raise NotFound
    wanted = queries.CertificateFilter(query=q, place_id=found.pk if found else None, standing=standing)
    with office(public=False):
        rows = queries.certificates_of_office(wanted=wanted)
        page = keyset_page(rows=rows, sort="-id", cursor=cursor, limit=limit)
    return CertificatePageOut(
        items=[CertificateOut.of(one) for one in page.items], next_cursor=page.next_cursor
    )


@router.post("/office", response={201: OneCertificateOut}, summary="Issue a certificate at the counter")
@decorate_view(idempotent)
def issue_for(request: HttpRequest, payload: CertificateForIn) -> Status[OneCertificateOut]:
    """For a volunteer without a telephone; the volunteer is told."""
    actor = actor_of(request)
    require_office(actor=actor)
    with office(public=False):
        volunteer = volunteer_by_uuid(uuid=payload.volunteer)
    if volunteer is None:
        raise NotFound
    wanted = county_only(payload.wanted(), volunteer.county)
    made = operations.issue_certificate(actor=actor, at=now(), person=volunteer.person, wanted=wanted)
    return Status(201, _told(request, made.uuid))


@router.post("/check", response=CheckedCertificateOut, auth=None, summary="Check a certificate")
def check(request: HttpRequest, payload: CertificateCheckIn) -> CheckedCertificateOut:
    """By number and code, as they stand on the paper; wrong tries are counted by network address."""
    found = operations.check_certificate(
        at=now(), address=address_of(request), number=payload.number, code=payload.code
    )
    return CheckedCertificateOut.of_checked(found, queries.said_by(certificate=found))


@router.get("/{certificate_id}", response=OneCertificateOut, summary="One certificate")
def read_certificate(request: HttpRequest, certificate_id: UUID) -> OneCertificateOut:
    """One's own, or one of one's office."""
    return _told(request, certificate_id)


@router.get("/{certificate_id}/credential", response=CredentialOut, summary="A certificate as a signed file")
def read_credential(request: HttpRequest, certificate_id: UUID) -> CredentialOut:
    """An Open Badge 3.0 as a VC-JWT; the public keys stand at `/.well-known/jwks.json`."""
    return CredentialOut(credential=signed_text(request, _found(request, certificate_id)))


@router.post("/{certificate_id}/renew", response={201: OneCertificateOut}, summary="Issue a certificate anew")
@decorate_view(idempotent)
def renew(request: HttpRequest, certificate_id: UUID) -> Status[OneCertificateOut]:
    """Of the same kind, as the records are now; the one before is shown as replaced."""
    found = _found(request, certificate_id)
    made = operations.renew_certificate(actor=actor_of(request), at=now(), certificate=found)
    return Status(201, _told(request, made.uuid))


def _found(request: HttpRequest, certificate_id: UUID) -> Certificate:
    found = queries.certificate_by_uuid(uuid=certificate_id)
    require_reading(actor=actor_of(request), certificate=found)
    return found


def _told(request: HttpRequest, certificate_id: UUID) -> OneCertificateOut:
    found = _found(request, certificate_id)
    facts = queries.said_by(certificate=found)
    return OneCertificateOut.with_words(found, facts, check_url(request, facts) if facts else "")
