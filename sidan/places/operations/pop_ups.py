"""Announcing what stands somewhere for a while, changing it, and calling it off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext_lazy as _

from sidan.audit.operations import record
from sidan.core.actor import Actor
from sidan.core.errors import Conflict, Invalid, NotFound
from sidan.places.coordinates import Point
from sidan.places.enums import PopUpKind, PopUpState
from sidan.places.models import Place, PopUp, PopUpStop
from sidan.places.models.pop_up import LONGEST_DAYS
from sidan.places.operations.errors import NotOpen
from sidan.places.operations.facts import point_columns
from sidan.places.permissions import check_may_edit

FARTHEST: Final = timedelta(days=2 * 366)
"""Nobody announces what is later than that; a year was mistyped."""


class PopUpTimeWrong(Invalid):
    code = "pop_up_time_wrong"
    sentence = _("It ends after it begins, and stands %(days)s days at most.")


class PopUpTooFar(Invalid):
    code = "pop_up_too_far"
    sentence = _("Please choose a day of this year or the next.")


class PopUpIsOver(Conflict):
    code = "pop_up_is_over"
    sentence = _("It is over: what was is not changed any more.")


class PopUpMovedOn(Conflict):
    code = "pop_up_moved_on"
    sentence = _("Somebody changed it, or called it off, meanwhile. Please look at it again.")


class StopsOutOfOrder(Invalid):
    code = "pop_up_stops_out_of_order"
    sentence = _("A bus reaches each stop after it left the one before, within the time of its route.")


class NoStopsHere(Invalid):
    code = "pop_up_has_no_stops"
    sentence = _("Only the route of a bus has stops.")


@dataclass(frozen=True, slots=True)
class Stop:
    """Where a bus stops, and from when to when."""

    name: str
    arrives: datetime
    leaves: datetime
    point: Point | None = None
    name_en: str = ""


@dataclass(frozen=True, slots=True)
class NewPopUp:
    """All that is told of what stands somewhere for a while."""

    kind: str
    name: str
    begins: datetime
    ends: datetime
    name_en: str = ""
    spot: str = ""
    spot_en: str = ""
    about: str = ""
    about_en: str = ""
    point: Point | None = None
    stops: Sequence[Stop] = ()


@transaction.atomic
def announce_pop_up(*, actor: Actor, at: datetime, place: Place, told: NewPopUp) -> PopUp:
    """Announce it at a place that answers for it.

    Raises:
        MayNotEditPlaces, NotOpen, PopUpTimeWrong, PopUpTooFar, PopUpIsOver, StopsOutOfOrder, NoStopsHere,
        PointOutside.
    """
    check_may_edit(actor=actor, place=place)
    if not place.is_open:
        raise NotOpen(name=place.name)
    _check(told, at)
    made = PopUp.objects.create(
        place=place, county_id=place.county_id, made_by_id=actor.account_id, made_at=at, **_columns(told)
    )
    _write_stops(made, told.stops)
    _audit(actor, at, made, "announced")
    return made


@transaction.atomic
def change_pop_up(*, actor: Actor, at: datetime, pop_up: PopUp, turn: int, told: NewPopUp) -> PopUp:
    """Write anew what is told of it, while it is not over; `turn` says which one the actor has read.

    Raises:
        PopUpMovedOn: another change came first, or it was called off; and what announcing raises.
    """
    kept = _kept(actor, at, pop_up, turn)
    _check(told, at)
    for name, value in _columns(told).items():
        setattr(kept, name, value)
    kept.turn += 1
    kept.save()
    kept.stops.all().delete()
    _write_stops(kept, told.stops)
    _audit(actor, at, kept, "changed")
    return kept


@transaction.atomic
def call_off_pop_up(*, actor: Actor, at: datetime, pop_up: PopUp, turn: int, why: str) -> PopUp:
    """Call it off, with a reason that everybody reads; it stays to be seen. Raises PopUpMovedOn, PopUpIsOver."""
    kept = _kept(actor, at, pop_up, turn)
    kept.state, kept.why, kept.turn = PopUpState.CALLED_OFF, why, kept.turn + 1
    kept.save(update_fields=["state", "why", "turn"])
    _audit(actor, at, kept, "called_off")
    return kept


def _kept(actor: Actor, at: datetime, seen: PopUp, turn: int) -> PopUp:
    """Return it held, and as the actor read it."""
    kept = PopUp.objects.select_for_update(of=("self",)).select_related("place").filter(pk=seen.pk).first()
    if kept is None:
        raise NotFound
    check_may_edit(actor=actor, place=kept.place)
    if kept.turn != turn or kept.state != PopUpState.PLANNED:
        raise PopUpMovedOn
    if kept.ends <= at:
        raise PopUpIsOver
    return kept


def _check(told: NewPopUp, at: datetime) -> None:
    if not timedelta() < told.ends - told.begins <= timedelta(days=LONGEST_DAYS):
        raise PopUpTimeWrong(days=LONGEST_DAYS)
    if told.ends - at > FARTHEST:
        raise PopUpTooFar
    if told.ends <= at:
        raise PopUpIsOver
    if told.stops and told.kind != PopUpKind.BUS_ROUTE:
        raise NoStopsHere
    moments = [
        told.begins,
        *(moment for stop in told.stops for moment in (stop.arrives, stop.leaves)),
        told.ends,
    ]
    if moments != sorted(moments):
        raise StopsOutOfOrder


def _columns(told: NewPopUp) -> dict[str, Any]:
    return {
        "kind": told.kind, "name": told.name, "name_en": told.name_en, "spot": told.spot,
        "spot_en": told.spot_en, "about": told.about, "about_en": told.about_en,
        "during": DateTimeTZRange(told.begins, told.ends), **point_columns(told.point),
    }  # fmt: skip


def _write_stops(pop_up: PopUp, stops: Sequence[Stop]) -> None:
    PopUpStop.objects.bulk_create(
        PopUpStop(
            pop_up=pop_up, position=position, name=stop.name, name_en=stop.name_en, arrives=stop.arrives,
            leaves=stop.leaves, **point_columns(stop.point),
        )
        for position, stop in enumerate(stops)
    )  # fmt: skip


def _audit(actor: Actor, at: datetime, pop_up: PopUp, what: str) -> None:
    record(
        actor=actor, at=at, verb=f"pop_ups.{what}", subject=("pop_up", pop_up.pk), place_id=pop_up.place_id,
        county_id=pop_up.county_id,
    )  # fmt: skip
