"""What a dispatcher should know of an order's place, kind and person before choosing a team (R-Z6)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sidan.analytics.queries import Counts, figures_of_each
from sidan.orders.enums import Machine
from sidan.orders.models import Order, OrderStep
from sidan.places.models import Place
from sidan.supply.policies import MONTH_DAYS, OFTEN_A_MONTH, is_often, usual
from sidan.supply.queries.fairness import ASKED, SERVED, last_days

LONG: Final = 90


@dataclass(frozen=True, slots=True)
class Hint:
    """One thing to know: its kind, and the numbers of its sentence."""

    kind: str
    count: int
    usual: float = 0


def hints_for(*, order: Order, at: datetime, today: date) -> list[Hint]:
    """Return what stands out about who is served: nothing where nothing does.

    Of the place: not served for 90 days, or far more often than the places beside it. Of the kind of service: asked
    for there and not given for 90 days. Of the person: served again and again within 30 days.
    """
    place = order.origin_place
    long = figures_of_each(root=place, figures=[SERVED, ASKED], period=last_days(today=today, days=LONG))
    here = long.get(place.pk, Counts())
    found = _of_place(place, here, today)
    asked = here.of(ASKED, order.category_id)
    if here.total(SERVED) and not here.of(SERVED, order.category_id) and asked > 1:
        found.append(Hint("kind_not_given", asked))
    again = OrderStep.objects.filter(
        order__requester=order.requester_id, machine=Machine.VISIT, verb="finish",
        at__gt=at - timedelta(days=MONTH_DAYS),
    ).count()  # fmt: skip
    if again >= OFTEN_A_MONTH:
        found.append(Hint("person_often", again))
    return found


def _of_place(place: Place, here: Counts, today: date) -> list[Hint]:
    if not here.total(SERVED):
        return [Hint("place_forgotten", here.total(ASKED))]
    beside = place.parent or place
    month = figures_of_each(root=beside, figures=[SERVED], period=last_days(today=today, days=MONTH_DAYS))
    visits = month[place.pk].total(SERVED) if place.pk in month else 0
    others = usual(counts.total(SERVED) for pk, counts in month.items() if pk != place.pk)
    if visits and is_often(count=visits, usual=others, days=MONTH_DAYS):
        return [Hint("place_often", visits, others)]
    return []
