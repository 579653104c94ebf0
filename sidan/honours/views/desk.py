"""The certificates of one's places: search, filter, take along; one; and issuing for a volunteer at the counter."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from sidan.audit.operations import record
from sidan.core.clock import business_date, now
from sidan.core.errors import NotFound
from sidan.core.idempotency import once_per_form
from sidan.core.lists import Column, asked_sort, filter_chips, keeps_views, list_view, page_of, query_of
from sidan.core.pages import act, staff_page
from sidan.core.pagination import key_order
from sidan.core.requests import actor_of
from sidan.core.tables import table_response
from sidan.honours import operations, queries
from sidan.honours.enums import Standing
from sidan.honours.models import Certificate
from sidan.honours.permissions import ISSUING_ROLES, require_office, require_reading
from sidan.honours.policies import hours_number
from sidan.honours.views.shared import Desk, issue, new_page, one_context, paper, signed_file
from sidan.honours.words import LOOKS
from sidan.people.queries import VolunteerFilter, volunteer_by_uuid, volunteer_page_of
from sidan.places.nearby import place_asked
from sidan.places.queries import places_to_filter

PEOPLE_SHOWN: Final = 20
COLUMNS: Final = (
    Column("number", pgettext_lazy("certificate", "Number"), up="number", down="-number", is_fixed=True),
    Column("name", _("Name"), up="name_key", down="-name_key"),
    Column("time", _("Time served"), up="minutes", down="-minutes", is_number=True),
    Column("extent", _("Which hours")),
    Column("place", pgettext_lazy("on a certificate", "Recorded by")),
    Column("issued", _("Issued on"), up="id", down="-id"),
    Column("by", _("Issued by")),
    Column("state", _("State")),
)


@require_safe
@keeps_views
@staff_page(require_office, public=False)
def desk(request: HttpRequest) -> HttpResponse:
    """The certificates of the places one works for, the newest first."""
    chosen, sort = _chosen(request), _sort(request)
    rows = queries.certificates_of_office(wanted=chosen)
    context = {
        "page": page_of(request, rows=rows, sort=sort),
        "list": list_view(request, columns=COLUMNS, sort=sort, rows=rows),
        "filters": filter_chips(
            request, name="standing", choices=list(Standing.choices), everything=_("All certificates")
        ),
        "query": chosen.query,
        "chosen": chosen,
        "place": request.GET.get("place", ""),
        "places": places_to_filter(root_ids=actor_of(request).places_where(ISSUING_ROLES)),
        "is_filtered": replace(chosen, standing="") != queries.CertificateFilter(),
    }
    return render(request, "honours/desk.html", context)


def _chosen(request: HttpRequest) -> queries.CertificateFilter:
    """Return what the address asks for; what cannot be understood filters nothing."""
    place, standing = place_asked(request), request.GET.get("standing", "")
    return queries.CertificateFilter(
        query=query_of(request), place_id=place.pk if place else None, first=_day(request, "from"),
        last=_day(request, "to"), standing=standing if standing in Standing.values else "",
    )  # fmt: skip


def _day(request: HttpRequest, name: str) -> date | None:
    try:
        return parse_date(request.GET.get(name, ""))
    except ValueError:
        return None


def _sort(request: HttpRequest) -> str:
    return asked_sort(request, columns=COLUMNS, default="-id")


@require_safe
@staff_page(require_office, public=False)
def export(request: HttpRequest) -> HttpResponseBase:
    """The register as a table; taking it is written down. Codes are not in it."""
    chosen = _chosen(request)
    rows = queries.certificates_of_office(wanted=chosen).order_by(*key_order(_sort(request)))
    record(
        actor=actor_of(request), at=now(), verb="certificates.exported", subject=("certificates", None),
        filter_place=chosen.place_id, standing=chosen.standing,
    )  # fmt: skip
    header = [
        gettext("Certificate number"), gettext("Name"), pgettext("certificate", "Hours"),
        pgettext("certificate", "Records"), gettext("From"), gettext("To"),
        gettext("Place"), gettext("Issued on"), gettext("Issued by"), gettext("State"),
        gettext("No longer valid since"),
    ]  # fmt: skip
    return table_response(
        request, name="certificates", header=header, rows=_cells(rows.iterator(chunk_size=500))
    )


def _cells(rows: Iterator[Certificate]) -> Iterator[list[object]]:
    for row in rows:
        yield [
            row.shown_number, row.person.name, hours_number(row.minutes), row.records, row.first_day, row.last_day,
            row.place.shown_name, business_date(row.issued_at), row.issued_by.person.name, LOOKS[row.standing].word,
            business_date(row.spoiled_at) if row.spoiled_at else "",
        ]  # fmt: skip


@require_safe
@staff_page(require_office, public=False)
def certificate(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One certificate."""
    return render(request, "honours/staff_certificate.html", one_context(request, _found(request, uuid)))


@require_safe
@staff_page(require_office, public=False)
def pdf(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The paper, to be printed and sealed at the counter."""
    return paper(request, _found(request, uuid))


@require_safe
@staff_page(require_office, public=False)
def credential(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The signed file."""
    return signed_file(request, _found(request, uuid))


@require_POST
@staff_page(require_office, public=False)
@once_per_form
def renew(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Issue it anew, as the records are now."""
    found = _found(request, uuid)

    def write() -> object:
        return operations.renew_certificate(actor=actor_of(request), at=now(), certificate=found)

    done = _("A new certificate is issued. The one before is shown as replaced to whoever checks it.")
    return act(request, url=reverse("honours:desk"), done=done, write=write)


@require_safe
@staff_page(require_office, public=False)
def people(request: HttpRequest) -> HttpResponse:
    """Find the volunteer at the counter."""
    text = query_of(request)
    wanted = VolunteerFilter(query=text)
    found = volunteer_page_of(wanted=wanted, sort="name", limit=PEOPLE_SHOWN).items if text else []
    return render(request, "honours/people.html", {"query": text, "people": found})


@require_safe
@staff_page(require_office, public=False)
def new(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Choose for the volunteer, and see it before it is issued."""
    return new_page(request, _counter(uuid))


@require_POST
@staff_page(require_office, public=False)
@once_per_form
def issue_for(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Issue what was chosen; the volunteer is told."""
    return issue(request, _counter(uuid))


def _counter(uuid: UUID) -> Desk:
    found = volunteer_by_uuid(uuid=uuid)
    if found is None:
        raise NotFound
    return Desk(
        person=found.person, template="honours/staff_new.html", done="honours:staff_certificate",
        page_url=reverse("honours:new_for", args=[uuid]), issue_url=reverse("honours:issue_for", args=[uuid]),
        county=found.county,
    )  # fmt: skip


def _found(request: HttpRequest, uuid: UUID) -> Certificate:
    found = queries.certificate_by_uuid(uuid=uuid)
    require_reading(actor=actor_of(request), certificate=found)
    return found
