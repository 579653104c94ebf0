"""What came of something that is held again and again: sessions, heads and people, year by year."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext, pgettext
from django.views.decorators.http import require_safe

from sidan.activities import queries
from sidan.activities.views.shared import staff_page
from sidan.audit.operations import record
from sidan.core.clock import now
from sidan.core.requests import actor_of
from sidan.core.tables import table_response


@require_safe
@staff_page
def figures(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """How often it was held since it began, and how many came, in all and year by year."""
    found = queries.recurring_by_uuid(uuid=uuid)
    years = queries.years_of_series(recurring=found)
    context = {
        "recurring": found,
        "years": years,
        "all": queries.all_years(years),
        "most_times": max((year.times for year in years), default=0),
        "most_heads": max((year.heads for year in years), default=0),
    }
    return render(request, "activities/series_figures.html", context)


@require_safe
@staff_page
def export(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """The same as a table; taking it is written down."""
    found = queries.recurring_by_uuid(uuid=uuid)
    record(
        actor=actor_of(request), at=now(), verb="series.figures_exported", subject=("series", found.pk),
        place_id=found.place_id, county_id=found.county_id,
    )  # fmt: skip
    header = [
        gettext("Year"), pgettext("what comes again", "Times held"), gettext("Heads counted"),
        gettext("At how many of them heads were counted"), gettext("People written down"),
    ]  # fmt: skip
    rows = [
        [year.year, year.times, year.heads, year.counted, year.came]
        for year in queries.years_of_series(recurring=found)
    ]
    return table_response(request, name="series-figures", header=header, rows=rows)
