"""What the pages of certificates have in common: the preview, the paper, the signed file, where one is checked."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sidan.core.clock import business_date, now
from sidan.core.htmx import go_to
from sidan.core.pages import REFUSALS, put_errors
from sidan.core.pdf import pdf_answer
from sidan.core.requests import actor_of
from sidan.honours import operations, queries
from sidan.honours.forms import WantedForm
from sidan.honours.handing import check_url, county_only, said_or_gone, signed_text
from sidan.honours.models import Certificate
from sidan.honours.papers import certificate_pdf
from sidan.honours.permissions import require_issuing
from sidan.honours.policies import Wanted
from sidan.people.models import Person
from sidan.places.models import Place


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a certificate is made: by oneself on the portal, or for somebody at the counter."""

    person: Person
    template: str
    page_url: str
    issue_url: str
    done: str
    """The name of the page of what was issued."""
    county: Place | None = None
    """Whose records alone an office certifies; the volunteer chooses."""

    def form(self, data: QueryDict | None) -> WantedForm:
        """Return the form with what was chosen."""
        counties = [] if self.county else queries.counties_served(person_id=self.person.pk)
        years = queries.years_served(person_id=self.person.pk)
        record = str(data.get("record", "")) if data else ""
        return WantedForm(data, years=years, counties=counties, record=record)

    def wanted(self, form: WantedForm) -> Wanted:
        """Return what a form asks for, within the county of an office."""
        return county_only(form.wanted(), self.county)


def new_page(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show what can be chosen and, once it was, what the paper would say."""
    form = desk.form(request.GET if "extent" in request.GET else None)
    return _page(request, desk, form)


def issue(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Issue what was chosen; a refusal is told on the page, with all that was chosen."""
    form = desk.form(request.POST)
    if form.is_valid():
        try:
            made = operations.issue_certificate(
                actor=actor_of(request), at=now(), person=desk.person, wanted=desk.wanted(form)
            )
        except REFUSALS as refusal:
            put_errors(form, refusal)
        else:
            messages.success(request, _("The certificate is issued. Print it, or keep it as a file."))
            return go_to(request, reverse(desk.done, args=[made.uuid]))
    answer = _page(request, desk, form)
    answer.status_code = 422
    return answer


def _page(request: HttpRequest, desk: Desk, form: WantedForm) -> HttpResponse:
    facts = _preview(request, desk, form, at=now()) if form.is_bound and form.is_valid() else None
    context = {"desk": desk, "form": form, "facts": facts, "chosen": _chosen(form) if facts else []}
    return render(request, desk.template, context)


def _preview(request: HttpRequest, desk: Desk, form: WantedForm, *, at: datetime) -> dict[str, Any] | None:
    try:
        today = business_date(at)
        draft = queries.draft_of(person=desk.person, wanted=desk.wanted(form), today=today)
        require_issuing(
            actor=actor_of(request), person_id=desk.person.pk, place_id=draft.place.pk,
            county_id=draft.county.pk if draft.county else None,
        )  # fmt: skip
    except REFUSALS as refusal:
        put_errors(form, refusal)
        return None
    return queries.facts_of(draft=draft, on=today)


def _chosen(form: WantedForm) -> list[tuple[str, str]]:
    """Return what was chosen as hidden fields of the button that issues just that."""
    chosen = []
    for name in form.fields:
        value = form[name].value()
        values = value if isinstance(value, list) else [value]
        chosen += [(name, str(one)) for one in values if one not in (None, "")]
    return chosen


def paper(request: HttpRequest, certificate: Certificate) -> HttpResponse:
    """Answer with the paper."""
    facts = said_or_gone(certificate)
    content = certificate_pdf(facts=facts, check_url=check_url(request, facts))
    return pdf_answer(content=content, name=f"certificate-{certificate.number}.pdf")


def signed_file(request: HttpRequest, certificate: Certificate) -> HttpResponse:
    """Answer with the signed file, to be kept and handed on."""
    answer = HttpResponse(signed_text(request, certificate), content_type="application/jwt")
    answer.headers["Content-Disposition"] = f'attachment; filename="certificate-{certificate.number}.jwt"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def one_context(request: HttpRequest, certificate: Certificate) -> dict[str, Any]:
    """Return what a page of one certificate shows."""
    facts = queries.said_by(certificate=certificate)
    return {
        "certificate": certificate,
        "facts": facts,
        "check_url": check_url(request, facts) if facts else "",
        "newer": queries.latest_of(certificate=certificate) if certificate.is_replaced else None,
        "may_renew": bool(facts) and not certificate.is_replaced,
    }
