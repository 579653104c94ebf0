"""The hours of the demo: of each finished visit, set-based by the operation of `hours` itself."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Final

from django.db.models import Max, Min

from sidan.core.actor import SYSTEM
from sidan.hours.operations import Past, write_history
from sidan.orders.enums import VisitState
from sidan.orders.models import Visit
from sidan.orders.operations.serving import service_of
from sidan.web.demo.writing import Tell

CHUNK: Final = 5000
WRITTEN_AFTER: Final = timedelta(minutes=10)


def make_hours(*, now: datetime, tell: Tell) -> None:
    """Record the hours of all visits that were told in bulk."""
    over, done = _over(now), 0
    while chunk := list(islice(over, CHUNK)):
        write_history(actor=SYSTEM, at=now, told=chunk)
        done += len(chunk)
        tell("hours", done, done)


def _over(now: datetime) -> Iterator[Past]:
    visits = Visit.objects.filter(state__in=[VisitState.DONE, VisitState.FAILED], cause__occasion=None)
    visits = visits.annotate(began=Min("cause__marks__at"), ended=Max("cause__marks__at")).exclude(began=None)
    rows = visits.select_related(
        "cause", "assignment__team__category", "assignment__team__leader", "assignment__order__category",
        "assignment__order__origin_place",
    )  # fmt: skip
    for visit in rows.order_by("pk").iterator(chunk_size=CHUNK):
        share = visit.assignment
        service = service_of(order=share.order, team=share.team, began=visit.began, ended=visit.ended)
        yield Past(cause=visit.cause, service=service, at=min(now, visit.ended + WRITTEN_AFTER))
