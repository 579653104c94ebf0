"""The calendar of working days of a place: a year of months, one form to change a day, and who said what."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sidan.core.clock import business_date, now
from sidan.core.htmx import go_to
from sidan.core.moments import day_words, weekday_words
from sidan.core.pages import REFUSALS
from sidan.places import operations, queries
from sidan.places.enums import DayKind
from sidan.places.forms import CalendarSearch, DayForm
from sidan.places.models import Place
from sidan.places.permissions import check_may_edit, may_edit
from sidan.places.views.shared import place_or_404, worker_of


@require_safe
def calendar(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The year of a place; a day that was tapped is open to be changed."""
    worker_of(request)
    found = place_or_404(uuid)
    year, day = CalendarSearch(request.GET).told(today=business_date(now()))
    form = DayForm(initial={"day": day}) if day else None
    return _shown(request, found, year=year, day=day, form=form)


@require_POST
def set_day(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Say that the place works or rests on a day, with a reason."""
    actor, found = worker_of(request), place_or_404(uuid)
    check_may_edit(actor=actor, place=found)
    form = DayForm(request.POST)
    if not form.is_valid():
        day = form.cleaned_data.get("day")
        year = day.year if day else business_date(now()).year
        return _shown(request, found, year=year, day=day, form=form)
    try:
        entry = operations.set_working_day(actor=actor, at=now(), place_id=found.pk, **form.cleaned_data)
    except REFUSALS as refusal:
        form.add_error(None, str(refusal))
        day = form.cleaned_data["day"]
        return _shown(request, found, year=day.year, day=day, form=form)
    said = day_words(entry.day, today=business_date(now()))
    messages.success(
        request, _("%(day)s is kept as: %(kind)s.") % {"day": said, "kind": entry.get_kind_display()}
    )
    return go_to(request, f"{_url(found)}?year={entry.day.year}")


def _shown(
    request: HttpRequest, place: Place, *, year: int, day: date | None, form: DayForm | None
) -> HttpResponse:
    opened = queries.day_told(place_id=place.pk, day=day) if day else None
    today, months = business_date(now()), queries.year_told(place_id=place.pk, year=year)
    context = {
        "place": place,
        "above": queries.ancestors_of(place_id=place.pk),
        "year": year,
        "said": queries.said_of_year(year=year),
        "months": months,
        "quarters": _quarters(months, day or today),
        "today": today,
        "opened": opened,
        "form": form,
        "may_edit": may_edit(actor=worker_of(request), place=place),
        "steps": _history(place, year),
        "weekdays": weekday_words(),
    }
    return render(
        request, "places/calendar.html", context, status=422 if form is not None and form.errors else 200
    )


def _quarters(months: list[tuple[date, queries.Month]], day: date) -> list[dict[str, object]]:
    """Cut a year in four, for a screen on which twelve months are too long: open is the one that a day is in."""
    nth = (day.month - 1) // 3 if months[0][0].year == day.year else 0
    return [
        {
            "first": months[3 * each][0], "last": months[3 * each + 2][0], "months": months[3 * each : 3 * each + 3],
            "is_open": each == nth,
        }
        for each in range(4)
    ]  # fmt: skip


def _history(place: Place, year: int) -> list[dict[str, object]]:
    """Return what the place itself said, as the house's timeline shows it."""
    icons = {
        DayKind.WORKS: {"icon": "calendar-check"},
        DayKind.RESTS: {"icon": "calendar-off"},
        DayKind.AS_ABOVE: {"icon": "undo-2"},
    }
    today = business_date(now())
    return [
        {
            "sentence": _("%(day)s: %(kind)s")
            % {"day": day_words(entry.day, today=today), "kind": entry.get_kind_display()},
            "at": entry.at,
            "note": entry.reason,
            "who": entry.actor.person.name if entry.actor else "",
            **icons[DayKind(entry.kind)],
        }
        for entry in queries.said_of_days(place_id=place.pk, year=year)
    ]


def _url(found: Place) -> str:
    return reverse("places:calendar", args=[found.uuid])
