"""What is passed on each month: by a place to all below it, which say that they have read it and give it."""

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from sidan.core.clock import now
from sidan.core.errors import NotFound
from sidan.core.htmx import go_to
from sidan.core.idempotency import once_per_form
from sidan.core.ids import read_uuid
from sidan.core.lists import Column, asked_sort, list_view, page_of, query_of
from sidan.core.pages import REFUSALS, act, put_errors
from sidan.core.requests import actor_of
from sidan.core.search import search_q
from sidan.lectures import operations, queries
from sidan.lectures.forms import PassOnForm
from sidan.lectures.permissions import NotYoursToPublish, may_publish
from sidan.lectures.views.desk import shown
from sidan.lectures.views.shared import staff_page, talk_as_read
from sidan.places.queries import place_by_uuid

COLUMNS: Final = (
    Column(
        "title", pgettext_lazy("column of talks", "Talk"), up="title_key", down="-title_key", is_fixed=True
    ),
    Column("month", pgettext_lazy("column of talks", "Month"), up="month", down="-month"),
    Column("place", pgettext_lazy("column of talks", "Passed on by"), up="place_key", down="-place_key"),
)


@require_safe
@staff_page
def passed_on(request: HttpRequest) -> HttpResponse:
    """What is passed on by one's office or to it, the latest month first."""
    sort, text = asked_sort(request, columns=COLUMNS, default="-month"), query_of(request)
    rows = queries.passed_on()
    if text:
        rows = rows.filter(search_q("talk__search", text))
    context = {
        "page": page_of(request, rows=rows, sort=sort),
        "list": list_view(request, columns=COLUMNS, sort=sort, rows=rows),
        "query": text,
        "is_filtered": bool(text),
    }
    return render(request, "lectures/passed_on.html", context)


@require_safe
@staff_page
def one(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One talk of a month: which places have read it, and which have given it."""
    actor, found = actor_of(request), queries.passed_by_uuid(uuid=uuid)
    passes = may_publish(actor=actor, place_id=found.place_id, county_id=found.county_id)
    told = queries.places_told(passed=found) if passes else []
    context = {
        "passed": found,
        "mine": queries.own_places(actor=actor, passed=found),
        "passes": passes,
        "told": told,
        "read": sum(one.has_read for one in told),
        "given": sum(one.times > 0 for one in told),
    }
    return render(request, "lectures/passed.html", context)


@require_POST
@staff_page
@once_per_form
def pass_on(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Pass a published talk on to every place below one's own."""
    actor, found = actor_of(request), talk_as_read(request, uuid)
    places = queries.places_to_pass_on(actor=actor)
    if not places.exists():
        raise NotYoursToPublish
    form = PassOnForm(request.POST, places=places)
    if form.is_valid():
        try:
            made = operations.pass_on(actor=actor, at=now(), talk=found, **form.cleaned_data)
        except REFUSALS as refusal:
            put_errors(form, refusal, field="month")
        else:
            messages.success(
                request, str(_("Passed on: every place below reads it under “Talks of the month”."))
            )
            return go_to(request, reverse("lectures:passed", args=[made.uuid]))
    answer = shown(request, found, name="pass_form", form=form)
    answer.status_code = 422
    return answer


@require_POST
@staff_page
@once_per_form
def receive(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A place of one's office has read it."""
    actor, found = actor_of(request), queries.passed_by_uuid(uuid=uuid)
    typed = read_uuid(request.POST.get("place", ""))
    place = place_by_uuid(uuid=typed) if typed else None
    if place is None:
        raise NotFound
    return act(
        request, url=reverse("lectures:passed", args=[uuid]), done=_("Written down: you have read it."),
        write=lambda: operations.receive(actor=actor, at=now(), passed=found, place=place),
    )  # fmt: skip


@require_POST
@staff_page
@once_per_form
def take_back(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Pass it on no more."""
    actor, found = actor_of(request), queries.passed_by_uuid(uuid=uuid)
    return act(
        request, url=reverse("lectures:passed_on"), done=_("It is passed on no more; what was given stays."),
        write=lambda: operations.take_back_passed(actor=actor, at=now(), passed=found),
    )  # fmt: skip
