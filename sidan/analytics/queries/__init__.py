"""Figures of places, by child, by week or month, and each place by itself."""

from sidan.analytics.queries.cells import OF_THE_DAY, TODAY, Cell
from sidan.analytics.queries.each import over_each_place
from sidan.analytics.queries.figures import (
    Counts,
    PlaceFigures,
    figures_of_each,
    figures_root,
    overseen_above,
    place_figures,
    place_with_months,
    weeks_by_child,
)

__all__ = [
    "OF_THE_DAY",
    "TODAY",
    "Cell",
    "Counts",
    "PlaceFigures",
    "figures_of_each",
    "figures_root",
    "over_each_place",
    "overseen_above",
    "place_figures",
    "place_with_months",
    "weeks_by_child",
]
