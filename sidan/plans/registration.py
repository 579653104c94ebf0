"""What plans tell the apps below them when they start."""

from collections.abc import Collection, Mapping
from typing import Any

from django.http import HttpRequest

from sidan.activities.queries import YearShown
from sidan.activities.words import month_word
from sidan.audit.registry import register_names, register_verbs
from sidan.core.badges import register_looks
from sidan.core.slots import register_piece
from sidan.places.models import Place
from sidan.plans import finder, notices, queries, words
from sidan.plans.enums import Period
from sidan.plans.models import Plan


def _themes(ids: Collection[int]) -> Mapping[int, str]:
    return dict(Plan.unscoped.filter(pk__in=ids).values_list("pk", "theme"))


def _of_place(_request: HttpRequest, place: Place) -> Mapping[str, Any] | None:
    """On the page of a place: what it has published."""
    plans = queries.published_of(place=place)
    return {"plans": plans} if plans else None


def _of_year(_request: HttpRequest, shown: YearShown) -> Mapping[str, Any] | None:
    """Beside the wheel of a year: the themes of its plans, those of the year and those of its months."""
    plans = queries.themes_of_year(near=shown.place, year=shown.year)
    months: dict[int, list[Plan]] = {}
    for plan in plans:
        if plan.period == Period.MONTH:
            months.setdefault(plan.first_day.month, []).append(plan)
    told = [{"word": month_word(month), "plans": months[month]} for month in sorted(months)]
    years = [plan for plan in plans if plan.period == Period.YEAR]
    return {"years": years, "months": told} if plans else None


def register() -> None:
    """Register everything once."""
    notices.register()
    finder.register()
    register_looks(machine="plan", looks=words.LOOKS)
    register_verbs(words.TRAIL)
    register_names("plan", _themes)
    register_piece(slot="activities.year", template="plans/_of_year.html", context=_of_year)
    register_piece(slot="places.place", template="plans/_of_place.html", context=_of_place)
