"""Lists of certificates, and single ones, within the reader's scope; one by its number for whoever checks it."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from sidan.core.ids import BadNumber, parse_number
from sidan.core.search import search_q
from sidan.honours.enums import Standing
from sidan.honours.models import Certificate, Sheet
from sidan.honours.permissions import NoSuchCertificate
from sidan.hours.models import Entry
from sidan.places.queries import within


@dataclass(frozen=True, slots=True)
class CertificateFilter:
    """What a list was asked for; empty parts filter nothing."""

    query: str = ""
    place_id: int | None = None
    standing: str = ""
    first: date | None = None
    last: date | None = None


def judged(rows: QuerySet[Certificate]) -> QuerySet[Certificate]:
    """Add what each certificate is worth now: when a record of it was first taken back, and whether one replaced it."""
    countered = Entry.unscoped.filter(counters__certificate_lines__certificate=OuterRef("pk"))
    return rows.annotate(
        countered_at=Subquery(countered.order_by("entered_at").values("entered_at")[:1]),
        has_newer=Exists(Certificate.unscoped.filter(replaces=OuterRef("pk"))),
    )


def _shown(rows: QuerySet[Certificate]) -> QuerySet[Certificate]:
    known = rows.select_related("person", "place", "issued_by__person")
    return judged(known).annotate(name_key=F("person__pinyin"))


def my_certificates(*, person_id: int | None) -> QuerySet[Certificate]:
    """Return the certificates of a person within the scope."""
    return _shown(Certificate.objects.filter(person=person_id or 0))


def certificates_of_office(*, wanted: CertificateFilter) -> QuerySet[Certificate]:
    """Return the certificates in scope that fit: by the name, or by a number that somebody holds in the hand."""
    rows = _shown(Certificate.objects.all())
    if wanted.query:
        rows = rows.filter(search_q("person__search", wanted.query) | _numbered(wanted.query))
    if wanted.place_id:
        rows = rows.filter(within(field="place", root_ids=(wanted.place_id,)))
    if wanted.first:
        rows = rows.filter(issued_at__date__gte=wanted.first)
    if wanted.last:
        rows = rows.filter(issued_at__date__lte=wanted.last)
    return rows.filter(_of_standing(wanted.standing))


def _numbered(text: str) -> Q:
    try:
        return Q(number=parse_number(text))
    except BadNumber:
        return Q(pk__in=[])


def _of_standing(standing: str) -> Q:
    if standing == Standing.INVALID:
        return Q(countered_at__isnull=False)
    if standing == Standing.SUPERSEDED:
        return Q(countered_at__isnull=True, has_newer=True)
    if standing == Standing.VALID:
        return Q(countered_at__isnull=True, has_newer=False)
    return Q()


def certificate_by_uuid(*, uuid: UUID) -> Certificate:
    """Find a certificate with what it says, within the scope. Raises NoSuchCertificate."""
    found = _shown(Certificate.objects.filter(uuid=uuid)).select_related("sheet").first()
    if found is None:
        raise NoSuchCertificate
    return found


def certificate_by_number(*, number: str) -> Certificate | None:
    """Find a certificate with what it says by its number, whoever asks: the caller asks for the code."""
    rows = judged(Certificate.unscoped.filter(number=number))
    return rows.select_related("sheet").first()


def said_by(*, certificate: Certificate) -> dict[str, Any]:
    """Return what a certificate says; nothing once its words were erased."""
    sheet: Sheet | None = getattr(certificate, "sheet", None)
    return sheet.facts if sheet else {}


def latest_of(*, certificate: Certificate) -> Certificate | None:
    """Return the certificate that replaced one, within the scope."""
    return Certificate.objects.filter(replaces=certificate).first()


def certificates_spoiled_by(*, counter_id: int) -> list[Certificate]:
    """Return the certificates that a counter-record makes invalid, and that no newer one has replaced."""
    rows = Certificate.unscoped.filter(lines__entry__countered_by=counter_id, replaced_by=None)
    return list(rows.order_by("pk"))
