"""My cases, a new one, one case with all of it, the agreement on paper, and the counts of a county."""

from datetime import datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sidan.core.actor import Actor
from sidan.core.clock import business_date, now
from sidan.core.errors import Conflict, Invalid
from sidan.core.htmx import go_to
from sidan.core.idempotency import once_per_form
from sidan.core.moments import full_date_words
from sidan.core.pages import AND_WRITES, keep_typed
from sidan.core.pdf import pdf_answer, pdf_of
from sidan.core.requests import actor_of
from sidan.mediation import operations, queries
from sidan.mediation.forms import (
    AgreementForm,
    EndForm,
    FollowUpForm,
    FoundForm,
    HandOverForm,
    HeldSittingForm,
    MinutesForm,
    NewCaseForm,
    SittingForm,
)
from sidan.mediation.models import Case
from sidan.mediation.permissions import (
    MEDIATING_ROLES,
    counting_roots,
    directs,
    leads,
    require_mediating,
)
from sidan.mediation.queries import CasePage
from sidan.mediation.states import CASE
from sidan.mediation.views.shared import tell_whom_to_call
from sidan.mediation.views.told import told_steps

SHEET: Final = Path(__file__).parent.parent / "templates" / "mediation" / "agreement.typ"


@require_http_methods(AND_WRITES)
@once_per_form
def new(request: HttpRequest) -> HttpResponse:
    """Take a case on."""
    actor = actor_of(request)
    require_mediating(actor=actor)
    places = queries.places_to_open(root_ids=actor.places_where(MEDIATING_ROLES))
    at = now()
    form = NewCaseForm(
        request.POST if request.method == "POST" else None, places=places, today=business_date(at)
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.open_case(actor=actor, at=at, told=_told(form.cleaned_data))
        except (operations.TakenOnAhead, operations.TakenOnTooFar) as refusal:
            form.add_error("taken_on", str(refusal))
        except (Conflict, Invalid) as refusal:
            form.add_error(None, str(refusal))
        else:
            tell_whom_to_call(request, form)
            return go_to(request, reverse("mediation:case", args=[made.uuid]))
    return render(request, "mediation/new.html", {"form": form}, status=422 if form.errors else 200)


def _told(data: dict[str, Any]) -> operations.NewCase:
    first, second = (
        operations.NewParty(data[f"{side}_name"], data[f"{side}_phone"], data[f"{side}_address"])
        for side in ("first", "second")
    )
    return operations.NewCase(
        place=data["place"],
        dispute=data["dispute"],
        words=data["words"],
        first=first,
        second=second,
        taken_on=data["taken_on"],
    )


@require_safe
def case(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One case; that it was looked at is written down."""
    return shown(request, uuid)


def shown(
    request: HttpRequest,
    uuid: UUID,
    *,
    name: str = "",
    of: UUID | None = None,
    form: forms.Form | None = None,
) -> HttpResponse:
    """Show one case as it is now; with a refused form under its `name`, `of` a sitting or follow-up if it is theirs."""
    actor = actor_of(request)
    found = queries.case_for(actor=actor, uuid=uuid)
    at = now()
    page = operations.look_at_case(actor=actor, at=at, case=found)
    context = case_context(actor=actor, at=at, page=page)
    rows = [row for row in context["sittings"] + context["follow_ups"] if row["uuid"] == of]
    for place in rows if of else [context]:
        keep_typed(place, name=name, form=form)
    return render(request, "mediation/case.html", context)


def case_context(*, actor: Actor, at: datetime, page: CasePage) -> dict[str, Any]:
    """Return what the page of a case shows to the mediator, or to the director, who reads only."""
    found, is_mine = page.case, leads(actor=actor, case=page.case)
    may_give = found.state in CASE["hand_over"].sources and (is_mine or directs(actor=actor, case=found))
    people, today = queries.mediators_for(case=found) if may_give else [], business_date(at)
    return {
        "case": found,
        "page": page,
        "steps": told_steps(page.steps, today=today, follow_ups=page.follow_ups),
        "drops": any(one.done_at is None and one.dropped_at is None for one in page.follow_ups),
        "is_mine": is_mine,
        "sittings": [
            {
                "sitting": one, "uuid": one.uuid, "has_begun": one.planned_at <= at,
                "form": MinutesForm(auto_id=f"minutes{nth}_%s"),
            }
            for nth, one in enumerate(page.sittings)
        ],
        "follow_ups": [
            {
                "day": one, "uuid": one.uuid, "is_due": one.due_on <= today,
                "form": FoundForm(auto_id=f"found{nth}_%s", is_due=one.due_on <= today),
            }
            for nth, one in enumerate(page.follow_ups)
        ],
        "sitting_form": SittingForm(auto_id="sitting_%s"),
        "held_form": HeldSittingForm(auto_id="held_%s"),
        "agreement_form": AgreementForm(today=today, auto_id="agree_%s"),
        "fail_form": EndForm(auto_id="fail_%s"),
        "withdraw_form": EndForm(auto_id="withdraw_%s"),
        "close_form": EndForm(auto_id="close_%s"),
        "reopen_form": EndForm(auto_id="reopen_%s"),
        "follow_up_form": FollowUpForm(auto_id="follow_up_%s"),
        "hand_over_form": HandOverForm(people=people) if people else None,
    }  # fmt: skip


@require_safe
def agreement(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The agreement as a PDF, to be signed by both."""
    actor = actor_of(request)
    found = queries.case_for(actor=actor, uuid=uuid)
    page = operations.look_at_agreement(actor=actor, at=now(), case=found)
    content = pdf_of(sheet=SHEET, facts=_paper(page))
    return pdf_answer(content=content, name=f"agreement-{found.number}.pdf")


def _paper(page: CasePage) -> dict[str, Any]:
    found: Case = page.case
    agreed = page.agreement
    return {
        "title": _("Mediation agreement"),
        "number": f"{_('Number')} {found.number}",
        "parties": [
            {"side": party.get_side_display(), "name": party.name, "phone": party.phone, "address": party.address}
            for party in page.parties
        ],
        "words": {
            "name": _("Name"), "phone": _("Telephone"), "address": _("Address"), "about": _("What it was about"),
            "terms": _("What both agree on"), "signature": _("Signature"), "day": _("Day"),
            "mediator": _("Mediator"),
            "free": _("Both parties came to this agreement of their own free will and keep one copy each."),
        },
        "about": found.get_dispute_display(),
        "place": found.place.shown_path,
        "terms": [line for line in str(agreed.terms).splitlines() if line.strip()] if agreed else [],
        "day": full_date_words(agreed.agreed_on) if agreed else "",
        "mediator": found.mediator.name,
    }  # fmt: skip


@require_safe
def counts(request: HttpRequest) -> HttpResponse:
    """How many cases there were this year, by what they were about; for a whole county, and no more than that."""
    roots = counting_roots(actor=actor_of(request))
    today = business_date(now())
    first = today.replace(month=1, day=1)
    rows = queries.counts(root_ids=roots, since=first, until=today)
    total = {
        name: sum(getattr(row, name) for row in rows) for name in ("opened", "live", "agreed", "without")
    }
    return render(request, "mediation/counts.html", {"rows": rows, "total": total, "year": first.year})
