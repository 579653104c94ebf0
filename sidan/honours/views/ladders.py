"""What a county sets once in a while: how many hours make a star, and which titles it gives."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from sidan.core.clock import business_date, now
from sidan.core.idempotency import once_per_form
from sidan.core.lists import uuid_of
from sidan.core.pages import AND_WRITES, act, act_by_form, staff_page
from sidan.core.requests import actor_of
from sidan.honours import operations, queries
from sidan.honours.forms import LadderEndForm, LadderForm, TitleForm, YearForm
from sidan.honours.operations import TitleText
from sidan.honours.permissions import NotYoursToGive, require_office
from sidan.places.models import Place

staff = staff_page(require_office, public=False)


def county_asked(request: HttpRequest) -> tuple[Place, list[Place]]:
    """Return the county whose honours a page is about, and all to choose from. Raises NotYoursToGive."""
    counties = queries.counties_given_by(actor=actor_of(request))
    uuid = uuid_of(request, "county")
    chosen = [one for one in counties if uuid is None or one.uuid == uuid]
    if not chosen:
        raise NotYoursToGive
    return chosen[0], counties


def _url(name: str, county: Place) -> str:
    return f"{reverse(name)}?county={county.uuid}"


@require_http_methods(AND_WRITES)
@staff
@once_per_form
def ladders(request: HttpRequest) -> HttpResponse:
    """The hours of stars of a county: what holds now, what held, and setting it anew from a day on."""
    if request.method != "POST":
        return _ladders(request)
    county, _all = county_asked(request)

    def write(data: dict[str, Any]) -> object:
        return operations.begin_ladder(actor=actor_of(request), at=now(), county=county, **data)

    return act_by_form(
        request, form=LadderForm(request.POST), url=_url("honours:ladders", county), write=write,
        done=_("It is set. It holds from the day that you chose."),
        page=lambda refused: _ladders(request, form=refused),
    )  # fmt: skip


@require_POST
@staff
@once_per_form
def end_ladder(request: HttpRequest) -> HttpResponse:
    """Let what holds everywhere hold here."""
    county, _all = county_asked(request)

    def write(data: dict[str, Any]) -> object:
        return operations.end_ladder(actor=actor_of(request), at=now(), county=county, **data)

    return act_by_form(
        request, form=LadderEndForm(request.POST, auto_id="end_%s"), url=_url("honours:ladders", county), write=write,
        done=_("From that day on what holds everywhere holds here."),
        page=lambda refused: _ladders(request, end_form=refused),
    )  # fmt: skip


def _ladders(
    request: HttpRequest, *, form: forms.Form | None = None, end_form: forms.Form | None = None
) -> HttpResponse:
    county, counties = county_asked(request)
    today, rows = business_date(now()), queries.ladders_of(county=county)
    holding = queries.ladder_of(county_id=county.pk, on=today)
    initial = {"rungs": " ".join(map(str, holding.rungs)), "basis": holding.basis} if holding else {}
    context = {
        "county": county,
        "county_text": str(county.uuid),
        "counties": counties,
        "today": today,
        "holding": holding,
        "ladders": rows,
        "form": form or LadderForm(initial=initial),
        "end_form": (end_form or LadderEndForm(auto_id="end_%s"))
        if any(row.county_id and not row.has_ended(today) for row in rows)
        else None,
    }
    return render(request, "honours/ladders.html", context)


@require_http_methods(AND_WRITES)
@staff
@once_per_form
def titles(request: HttpRequest) -> HttpResponse:
    """The titles that a county gives; a new one; beginning the list of those who get one."""
    if request.method != "POST":
        return _titles(request)
    county, _all = county_asked(request)

    def write(data: dict[str, Any]) -> object:
        return operations.begin_title(
            actor=actor_of(request), at=now(), county=county, text=TitleText(**data)
        )

    return act_by_form(
        request, form=TitleForm(request.POST), url=_url("honours:titles", county), write=write,
        done=_("The title is there. Now begin the list of those who get it."),
        page=lambda refused: _titles(request, form=refused),
    )  # fmt: skip


def _titles(request: HttpRequest, *, form: forms.Form | None = None) -> HttpResponse:
    county, counties = county_asked(request)
    context = {
        "county": county,
        "county_text": str(county.uuid),
        "counties": counties,
        "titles": queries.titles_given(county=county),
        "form": form or TitleForm(),
        "year": business_date(now()).year,
    }
    return render(request, "honours/titles.html", context)


@require_POST
@staff
@once_per_form
def end_title(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Give a title no more."""
    found = queries.title_by_uuid(uuid=uuid)
    return act(
        request, url=_url("honours:titles", found.county),
        done=_("This title is not given any more. Who has it keeps it."),
        write=lambda: operations.end_title(actor=actor_of(request), at=now(), title=found),
    )  # fmt: skip


@require_POST
@staff
@once_per_form
def propose_title(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Begin the list of those who get a title of a year."""
    found = queries.title_by_uuid(uuid=uuid)

    def write(data: dict[str, Any]) -> object:
        return operations.propose_title(actor=actor_of(request), at=now(), title=found, **data)

    return act_by_form(
        request, form=YearForm(request.POST), url=reverse("honours:proposals"), write=write,
        done=_("The list is begun. Open it and write down the names."),
    )  # fmt: skip
