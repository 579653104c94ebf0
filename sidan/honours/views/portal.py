"""My certificates: the list, a new one with its preview, one with its paper, its signed file and its address."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from sidan.core.clock import business_date, now
from sidan.core.idempotency import once_per_form
from sidan.core.lists import page_of
from sidan.core.pages import act
from sidan.core.requests import actor_of
from sidan.honours import operations, queries
from sidan.honours.models import Certificate
from sidan.honours.permissions import require_own
from sidan.honours.views.shared import Desk, issue, new_page, one_context, paper, signed_file
from sidan.people.permissions import require_signed_in
from sidan.people.queries import own_account, volunteer_of_person


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """My certificates, the newest first."""
    actor = actor_of(request)
    rows = queries.my_certificates(person_id=actor.person_id)
    me = volunteer_of_person(person_id=actor.person_id)
    star = (
        queries.star_of(person_id=me.person_id, county_id=me.county_id, on=business_date(now()))
        if me
        else None
    )
    return render(
        request, "honours/mine.html", {"page": page_of(request, rows=rows, sort="-id"), "star": star}
    )


@require_safe
def new(request: HttpRequest) -> HttpResponse:
    """Choose which hours and what is told besides; see it before it is issued."""
    return new_page(request, _desk(request))


@require_POST
@once_per_form
def issue_own(request: HttpRequest) -> HttpResponse:
    """Issue what was chosen."""
    return issue(request, _desk(request))


@require_safe
def certificate(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One of my certificates, and what it is worth now."""
    return render(request, "honours/certificate.html", one_context(request, _own(request, uuid)))


@require_safe
def pdf(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The paper."""
    return paper(request, _own(request, uuid))


@require_safe
def credential(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The signed file."""
    return signed_file(request, _own(request, uuid))


@require_POST
@once_per_form
def renew(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Issue it anew, as the records are now."""
    found = _own(request, uuid)

    def write() -> object:
        return operations.renew_certificate(actor=actor_of(request), at=now(), certificate=found)

    done = _("A new certificate is issued. The one before is shown as replaced to whoever checks it.")
    return act(request, url=reverse("honours:mine"), done=done, write=write)


def _desk(request: HttpRequest) -> Desk:
    account_id, _person_id = require_signed_in(actor=actor_of(request))
    return Desk(
        person=own_account(account_id=account_id).person, template="honours/new.html", done="honours:certificate",
        page_url=reverse("honours:new"), issue_url=reverse("honours:issue"),
    )  # fmt: skip


def _own(request: HttpRequest, uuid: UUID) -> Certificate:
    found = queries.certificate_by_uuid(uuid=uuid)
    require_own(actor=actor_of(request), certificate=found)
    return found
