"""Figures as the API tells them."""

from uuid import UUID

from ninja import Schema

from sidan.analytics.queries import Counts, PlaceFigures
from sidan.places.models import Place


class FiguresOut(Schema):
    """The numbers of one place; each child's hold all places below it."""

    place: UUID
    name: str
    figures: dict[str, dict[str, int]]
    """Count by figure and part; a figure that is not split has one part without a name."""

    @classmethod
    def of(cls, place: Place, counts: Counts) -> "FiguresOut":
        found: dict[str, dict[str, int]] = {}
        for (figure, part), count in counts.counts.items():
            if count:
                found.setdefault(figure, {})[part] = count
        return cls(place=place.uuid, name=place.shown_name, figures=found)


class PlaceFiguresOut(Schema):
    """What arose at the place itself, at each place right under it with all below, and together."""

    own: FiguresOut
    children: list[FiguresOut]
    total: FiguresOut

    @classmethod
    def of(cls, found: PlaceFigures) -> "PlaceFiguresOut":
        return cls(
            own=FiguresOut.of(found.root, found.own),
            children=[FiguresOut.of(place, counts) for place, counts in found.children],
            total=FiguresOut.of(found.root, found.total),
        )
