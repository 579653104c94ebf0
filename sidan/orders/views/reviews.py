"""The console's list of reviews (评单): what people said, what went badly first by one chip."""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from sidan.core.lists import page_of
from sidan.core.pages import staff_page
from sidan.core.requests import actor_of
from sidan.orders import queries
from sidan.orders.enums import Outcome
from sidan.orders.permissions import require_dispatching
from sidan.orders.views.staff import Chip
from sidan.people.enums import DISPATCHING_ROLES
from sidan.places.queries import place_by_uuid, places_to_filter

OUTCOMES: Final[Mapping[str, str | Promise]] = {
    "": pgettext_lazy("reviews", "All"),
    queries.NOT_WELL: _("Not all well"),
    **{outcome.value: outcome.label for outcome in Outcome if outcome != Outcome.DONE},
    Outcome.DONE.value: Outcome.DONE.label,
}


class ReviewSearch(forms.Form):
    """What stands in the address of the list; what cannot be understood filters nothing."""

    outcome = forms.ChoiceField(choices=[(code, code) for code in OUTCOMES], required=False)
    team = forms.UUIDField(required=False)
    place = forms.UUIDField(required=False)

    def told(self) -> dict[str, str]:
        """Return what was understood, as it stands in an address."""
        self.is_valid()
        data = self.cleaned_data
        return {name: str(data[name]) for name in ("outcome", "team", "place") if data.get(name)}


@require_safe
@staff_page(require_dispatching)
def reviews(request: HttpRequest) -> HttpResponse:
    """What people said of the orders of one's office, newest first."""
    actor, search = actor_of(request), ReviewSearch(request.GET)
    told = search.told()
    page = page_of(request, rows=queries.reviews(chosen=_chosen(search)), sort="-id")
    roots = actor.places_where(DISPATCHING_ROLES)
    context: dict[str, Any] = {
        "rows": queries.review_rows(items=page.items, reader=actor),
        "next_cursor": page.next_cursor,
        "filters": _chips(told),
        "told": told,
        "places": places_to_filter(root_ids=roots),
        "teams": queries.teams_to_filter(root_ids=roots),
    }
    return render(request, "orders/console/reviews.html", context)


def _chosen(search: ReviewSearch) -> queries.ReviewFilter:
    data = search.cleaned_data
    place = place_by_uuid(uuid=data["place"]) if data.get("place") else None
    return queries.ReviewFilter(
        outcome=data.get("outcome", ""),
        team_id=queries.reviewed_team(uuid=data.get("team")),
        place_id=place.pk if place else None,
    )


def _chips(told: dict[str, str]) -> list[Chip]:
    others = {name: value for name, value in told.items() if name != "outcome"}
    return [
        Chip(
            label=label,
            url=f"{reverse('orders:reviews')}?{urlencode(others | ({'outcome': code} if code else {}))}",
            active=told.get("outcome", "") == code,
        )
        for code, label in OUTCOMES.items()
    ]
