"""Announcing a fair or a stand on all of its next days at once: market days, or weekdays."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sidan.core.actor import Actor
from sidan.core.clock import BUSINESS_ZONE, business_date
from sidan.core.errors import AtField, Conflict
from sidan.places.enums import PopUpKind, PopUpState
from sidan.places.models import Place, PopUp
from sidan.places.operations.pop_ups import NewPopUp, announce_pop_up
from sidan.places.permissions import check_may_edit
from sidan.places.rounds import MOST_DAYS, Rounds


class RoundsUnnamed(AtField):
    code = "pop_up_rounds_unnamed"
    field = "endings"
    sentence = _("Please choose market days or weekdays, one of the two.")


class RoundsFromWhen(AtField):
    code = "pop_up_rounds_from_when"
    field = "first"
    sentence = _("Please choose a first day from today on, within a year, and at most twelve days.")


class BusComesOnce(AtField):
    code = "pop_up_bus_comes_once"
    field = "kind"
    sentence = _("The route of a bus is announced day by day: its stops have times of their own.")


class AllAnnounced(Conflict):
    code = "pop_up_rounds_announced"
    sentence = _("It is announced for all of these days already.")


@dataclass(frozen=True, slots=True)
class NewRounds:
    """What comes again, from which day on, how many times, and at what hours; over midnight where it ends earlier."""

    rounds: Rounds
    first: date
    count: int
    begins_at: time
    ends_at: time

    def spans(self) -> list[tuple[datetime, datetime]]:
        """Return from when to when it stands each time."""
        found = []
        for day in self.rounds.days_from(self.first, count=self.count):
            last = day + timedelta(days=self.ends_at <= self.begins_at)
            begins = datetime.combine(day, self.begins_at, BUSINESS_ZONE)
            found.append((begins, datetime.combine(last, self.ends_at, BUSINESS_ZONE)))
        return found


def check_rounds(*, kind: str, again: NewRounds, at: datetime) -> None:
    """Refuse what no rule can be. Raises RoundsUnnamed, RoundsFromWhen, BusComesOnce."""
    if kind == PopUpKind.BUS_ROUTE:
        raise BusComesOnce
    if not again.rounds.is_whole:
        raise RoundsUnnamed
    today = business_date(at)
    if not today <= again.first <= today + timedelta(days=366) or not 1 <= again.count <= MOST_DAYS:
        raise RoundsFromWhen


@transaction.atomic
def announce_rounds(
    *, actor: Actor, at: datetime, place: Place, told: NewPopUp, again: NewRounds
) -> list[PopUp]:
    """Announce the same on all of its days, each to be changed and called off by itself; all of them or none.

    Days on which this place has announced it by this name already are left as they are: done twice it announces
    nothing twice. What is over by now on the first day is left out.

    Raises:
        AllAnnounced, RoundsUnnamed, RoundsFromWhen, BusComesOnce
        what `announce_pop_up` raises
    """
    check_may_edit(actor=actor, place=place)
    check_rounds(kind=told.kind, again=again, at=at)
    # Whoever announces the same at this moment waits here, and then sees what is announced.
    Place.objects.select_for_update(of=("self",), no_key=True).get(pk=place.pk)
    spans = [(begins, ends) for begins, ends in again.spans() if ends > at]
    known = PopUp.objects.filter(place=place, name=told.name, state=PopUpState.PLANNED)
    kept = {pop_up.begins for pop_up in known.filter(during__endswith__gt=at)}
    made = [
        announce_pop_up(actor=actor, at=at, place=place, told=replace(told, begins=begins, ends=ends))
        for begins, ends in spans
        if begins not in kept
    ]
    if not made:
        raise AllAnnounced
    return made
