"""What a dispatcher should know of an order's place, kind and person before choosing a team (R-Z6)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sidan.analytics.queries import Counts, figures_of_each
from sidan.catalogue.queries import audiences
from sidan.orders.enums import Machine
from sidan.orders.models import Order, OrderStep
from sidan.people.queries import rows_of_person
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
    group: str = ""
    """The code of the group it is about."""


def hints_for(*, order: Order, at: datetime, today: date) -> list[Hint]:
    """Return what stands out about who is served: nothing where nothing does.

    Of the place: not served for 90 days, or far more often than the places beside it. Of the group for whom the service
    is meant, or else of the kind of service: asked for there and not given for 90 days. Of the person: served again and
    again within 30 days, by the orders in scope.
    """
    place = order.origin_place
    long = figures_of_each(root=place, figures=[SERVED, ASKED], period=last_days(today=today, days=LONG))
    here = long.get(place.pk, Counts())
    found = _of_place(place, here, today)
    if here.total(SERVED) and (one := _of_group(order, here) or _of_kind(order, here)):
        found.append(one)
    # Of the orders that the reader may see: a count of all would tell of private ones.
    rows = rows_of_person(person_id=order.requester_id)
    again = OrderStep.objects.filter(
        order__in=Order.objects.filter(requester__in=rows), machine=Machine.VISIT, verb="finish",
        at__gt=at - timedelta(days=MONTH_DAYS),
    ).count()  # fmt: skip
    if again >= OFTEN_A_MONTH:
        found.append(Hint("person_often", again))
    return found


def _of_group(order: Order, here: Counts) -> Hint | None:
    """Tell of the group that asked most often and got nothing of all that is meant for it, of those of the service."""
    whom, found = audiences(), list[Hint]()
    for group in sorted(whom.get(order.category_id, ())):
        codes = [code for code, groups in whom.items() if group in groups]
        asked = sum(here.of(ASKED, code) for code in codes)
        if asked > 1 and not any(here.of(SERVED, code) for code in codes):
            found.append(Hint("group_forgotten", asked, group=group))
    return max(found, key=lambda hint: hint.count, default=None)


def _of_kind(order: Order, here: Counts) -> Hint | None:
    asked = here.of(ASKED, order.category_id)
    return Hint("kind_not_given", asked) if asked > 1 and not here.of(SERVED, order.category_id) else None


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
