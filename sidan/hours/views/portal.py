"""My hours; one record; one claim; what is on public notice, and objecting to it."""

from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from sidan.core.clock import business_date, now
from sidan.core.idempotency import once_per_form
from sidan.core.lists import page_of
from sidan.core.pages import act_by_form
from sidan.core.requests import actor_of, asker_of
from sidan.hours import operations, queries
from sidan.hours.enums import ClaimState, Subject
from sidan.hours.forms import ObjectForm
from sidan.hours.permissions import may_read_claim
from sidan.hours.views.shared import table_of, told_steps, year_of, year_shown
from sidan.hours.words import record_steps
from sidan.places.nearby import place_near

CLAIMS_SHOWN: Final = 20


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """My hours: a year by its months, what waits, and each record."""
    actor, today = actor_of(request), business_date(now())
    year = year_of(request, today=today)
    rows = queries.my_entries(actor=actor, year=year)
    context = {
        "shown": year_shown(
            subject=Subject.PERSON, ids=queries.own_rows(actor=actor), year=year, today=today
        ),
        "claims": list(queries.my_claims(actor=actor)[:CLAIMS_SHOWN]),
        "page": page_of(request, rows=rows, sort="-day"),
    }
    return render(request, "hours/mine.html", context)


@require_safe
def export(request: HttpRequest) -> HttpResponseBase:
    """My records as a table."""
    rows = queries.my_entries(actor=actor_of(request)).order_by("-day", "-id")
    return table_of(request, rows=rows.iterator(chunk_size=500))


@require_safe
def record(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One of my records, with what the law asks for and what became of it."""
    found = queries.own_entry(actor=actor_of(request), uuid=uuid)
    history = queries.history_of_entry(entry=found)
    return render(request, "hours/record.html", {"entry": found, "steps": record_steps(history)})


@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """What is on public notice in the reader's county: everybody may look, names are shown in part."""
    near = place_near(request)
    county_id = near.county_id if near else None
    rows = queries.notices_public(county_id=county_id)
    context = {
        "page": page_of(request, rows=rows, sort="-id"),
        "here": near.county if near and near.county_id else near,
    }
    return render(request, "hours/notices.html", context)


@require_safe
def claim(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One time that waits: to whose it is all of it; on public notice to everybody what is shown there."""
    return _claim(request, uuid, ObjectForm())


@require_POST
@once_per_form
def object_to(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Object to a time on public notice."""
    actor, found = actor_of(request), queries.claim_by_uuid(uuid=uuid)

    def write(data: dict[str, Any]) -> object:
        return operations.object_to_claim(actor=actor, at=now(), claim=found, words=data["words"])

    return act_by_form(
        request, form=ObjectForm(request.POST), url=reverse("hours:claim", args=[uuid]), write=write,
        done=_("Thank you. The office looks into it; the time does not count before."),
        page=lambda refused: _claim(request, uuid, refused),
    )  # fmt: skip


def _claim(request: HttpRequest, uuid: UUID, form: Any) -> HttpResponse:
    actor, found = asker_of(request), queries.claim_by_uuid(uuid=uuid)
    is_own = actor.person_id == found.person_id
    reads = may_read_claim(actor=actor, claim=found)
    context = {
        "claim": found,
        "is_own": is_own,
        "reads": reads,
        "steps": told_steps(queries.claim_history(claim=found)) if reads else [],
        "form": form if found.state == ClaimState.NOTICED and not is_own else None,
        "is_signed_in": actor.is_signed_in,
    }
    return render(request, "hours/claim.html", context)
