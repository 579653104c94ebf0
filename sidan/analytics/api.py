"""Figures over the API: the same numbers as the page, every part of every figure."""

from typing import Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from sidan.analytics import queries, told
from sidan.analytics.forms import FigureSearch
from sidan.analytics.schemas import PlaceFiguresOut
from sidan.core.clock import business_date, now
from sidan.core.requests import actor_of
from sidan.orders.permissions import require_figures

router = Router(tags=["figures"])


@router.get("", response=PlaceFiguresOut, summary="Figures of a place and of each place under it")
def figures(
    request: HttpRequest,
    place: UUID | None = None,
    period: Literal["", "days", "month", "former", "year"] = "",
    tree: Literal["", "today"] = "",
) -> PlaceFiguresOut:
    """Own, children and their sum; without a place, the first of one's grants; without a period, from the beginning."""
    actor = actor_of(request)
    require_figures(actor=actor)
    root = queries.figures_root(actor=actor, uuid=place)
    chosen = FigureSearch({"period": period, "tree": tree}).chosen(today=business_date(now()))
    return PlaceFiguresOut.of(told.read(root=root, chosen=chosen))
