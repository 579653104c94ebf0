"""The attendance of a rota by person and month: on the screen, and taken away as a table."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, pgettext
from django.views.decorators.http import require_safe

from sidan.audit.operations import record
from sidan.core.clock import business_date, now
from sidan.core.moments import month_words
from sidan.core.phones import mask_name
from sidan.core.requests import actor_of
from sidan.core.tables import table_response
from sidan.rotas import queries
from sidan.rotas.enums import DutyState
from sidan.rotas.models import Rota
from sidan.rotas.permissions import may_run, sees_names
from sidan.rotas.views.shared import FAR, staff_page


class _Month(forms.Form):
    """Which month is asked for; what cannot be understood is this one."""

    month = forms.DateField(input_formats=["%Y-%m"], required=False)


def month_asked(request: HttpRequest, *, at: datetime) -> date:
    """Return the first day of the month that the address asks for; of the last ten years and the next."""
    form, today = _Month(request.GET), business_date(at)
    form.is_valid()
    day = min(max(form.cleaned_data.get("month") or today, today - 10 * FAR), today + FAR)
    return day.replace(day=1)


@require_safe
@staff_page
def month(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Who had turns in a month, and what became of them."""
    actor, at, found = actor_of(request), now(), queries.rota_by_uuid(uuid=uuid)
    first = month_asked(request, at=at)
    url = reverse("rotas:month", args=[uuid])
    before, after = first - timedelta(days=1), first + timedelta(days=32)
    context: dict[str, Any] = {
        "rota": found,
        "first": first,
        "title": month_words(first),
        "asked": f"{first:%Y-%m}",
        "rows": queries.month_of(rota=found, first=first, at=at),
        "sees_names": sees_names(actor=actor, thing=found),
        "reads_reasons": may_run(actor=actor, thing=found),
        "before_url": f"{url}?month={before:%Y-%m}",
        "after_url": f"{url}?month={after:%Y-%m}",
    }
    return render(request, "rotas/month.html", context)


@require_safe
@staff_page
def export(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """The month as a table; that it was taken out is written down."""
    at, found = now(), queries.rota_by_uuid(uuid=uuid)
    first = month_asked(request, at=at)
    record(
        actor=actor_of(request), at=at, verb="rota.month", subject=("rota", found.pk), place_id=found.place_id,
        county_id=found.county_id,
    )  # fmt: skip
    header = [
        gettext("Name"), pgettext("month of a rota", "Turns"), pgettext("month of a rota", "Was there"),
        pgettext("month of a rota", "Absent"), pgettext("month of a rota", "Said before"),
        pgettext("month of a rota", "Handed over"), pgettext("month of a rota", "Taken over"),
        pgettext("month of a rota", "Not written down"), pgettext("month of a rota", "Ahead"),
        pgettext("month of a rota", "Why"),
    ]  # fmt: skip
    rows = list(_table(request, found, first, at))
    return table_response(request, name=f"rota-{first:%Y-%m}", header=header, rows=rows)


def _table(request: HttpRequest, found: Rota, first: date, at: datetime) -> Iterator[list[object]]:
    """Return the rows; who only watches reads names in part, and why somebody was not there reads who plans."""
    actor = actor_of(request)
    read = str if sees_names(actor=actor, thing=found) else mask_name
    tells = may_run(actor=actor, thing=found)
    for one in queries.month_of(rota=found, first=first, at=at):
        why = " · ".join(_why(reason) for reason in one.reasons) if tells else ""
        yield [
            read(one.person.name), one.planned, one.there, one.absent, one.withdrawn, one.handed, one.taken_over,
            one.unsaid, one.ahead, why,
        ]  # fmt: skip


def _why(reason: queries.Reason) -> str:
    state = DutyState(reason.state).label
    return " ".join(filter(None, (f"{reason.day:%Y-%m-%d}", str(state), reason.words)))
