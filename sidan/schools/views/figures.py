"""How many schools, pupils, classes and attendances there are: by place and by month."""

from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext, pgettext
from django.views.decorators.http import require_safe

from sidan.audit.operations import record
from sidan.core.actor import Actor
from sidan.core.clock import business_date, now
from sidan.core.errors import NotFound
from sidan.core.moments import month_words
from sidan.core.requests import actor_of
from sidan.core.tables import table_response
from sidan.people.enums import ORDER_STAFF_ROLES
from sidan.people.permissions import holds_role_over
from sidan.places.models import Place
from sidan.places.nearby import place_asked
from sidan.places.queries import places_to_choose, places_to_filter
from sidan.schools import queries
from sidan.schools.forms import SpanForm
from sidan.schools.views.shared import staff_page


@dataclass(frozen=True, slots=True)
class _Asked:
    """Of which place, and of which months."""

    root: Place
    first: date
    last: date

    @property
    def until(self) -> date:
        """The first day after the last month."""
        return (self.last + timedelta(days=31)).replace(day=1)


@require_safe
@staff_page
def figures(request: HttpRequest) -> HttpResponse:
    """The places right below one, and the months, with what their schools came to."""
    actor = actor_of(request)
    asked, form = _asked(request, actor)
    rows = queries.figures_by_place(root=asked.root, first=asked.first, until=asked.until)
    schools, pupils, told = queries.all_places(rows)
    context = {
        "rows": [row for row in rows if row.has_any], "without": [row.place for row in rows if not row.has_any],
        "root": asked.root, "form": form, "schools": schools, "pupils": pupils, "told": told,
        "months": queries.figures_by_month(root=asked.root, first=asked.first, until=asked.until),
        "place": str(asked.root.uuid),
        "places": places_to_filter(root_ids=actor.places_where(frozenset(ORDER_STAFF_ROLES))),
        "query": urlencode({"place": asked.root.uuid, "first": f"{asked.first:%Y-%m}", "last": f"{asked.last:%Y-%m}"}),
    }  # fmt: skip
    return render(request, "schools/figures.html", context)


def _asked(request: HttpRequest, actor: Actor) -> tuple[_Asked, SpanForm]:
    """Return what the address asks for: one's own highest place and this year, where it cannot be understood."""
    root = place_asked(request)
    if root is None or not holds_role_over(
        actor=actor, roles=ORDER_STAFF_ROLES, place_id=root.pk, county_id=root.county_id
    ):
        root = places_to_choose(root_ids=actor.places_where(frozenset(ORDER_STAFF_ROLES))).first()
    if root is None:
        raise NotFound
    first, last = SpanForm.beginning(business_date(now()))
    form = SpanForm(request.GET if "first" in request.GET else None, initial={"first": first, "last": last})
    if form.is_bound and form.is_valid():
        first, last = sorted((form.cleaned_data["first"], form.cleaned_data["last"]))
    return _Asked(root, first, last), form


@require_safe
@staff_page
def export(request: HttpRequest) -> HttpResponseBase:
    """The places or, asked for so, the months as a table; taking it is written down."""
    asked, _form = _asked(request, actor_of(request))
    record(
        actor=actor_of(request), at=now(), verb="schools.figures_exported", subject=("schools", None),
        place_id=asked.root.pk, county_id=asked.root.county_id,
    )  # fmt: skip
    sums = [gettext("Classes held"), gettext("In the room"), gettext("Said online"), gettext("Viewers")]
    if request.GET.get("by") == "month":
        months = queries.figures_by_month(root=asked.root, first=asked.first, until=asked.until)
        header = [pgettext("of figures", "Month"), *sums]
        rows = [[month_words(one.month), *_cells(one.told)] for one in months]
        return table_response(request, name="schools-by-month", header=header, rows=rows)
    places = queries.figures_by_place(root=asked.root, first=asked.first, until=asked.until)
    header = [gettext("Place"), gettext("Schools"), gettext("Pupils"), *sums]
    rows = [[one.place.shown_name, one.schools, one.pupils, *_cells(one.told)] for one in places]
    return table_response(request, name="schools-by-place", header=header, rows=rows)


def _cells(told: queries.Attendances) -> list[object]:
    return [told.classes, told.room, told.online, told.viewers]
