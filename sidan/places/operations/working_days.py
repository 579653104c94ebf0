"""Correcting the calendar of working days (R-Z3): a place for itself and all below it, the country's by a file."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sidan.audit.operations import record
from sidan.core.actor import Actor
from sidan.core.errors import Conflict, Invalid, NotFound
from sidan.core.events import publish
from sidan.places.enums import DayKind, Occasion
from sidan.places.events import DaysMadeFree
from sidan.places.models import Place, WorkingDayEntry
from sidan.places.permissions import check_may_edit
from sidan.places.queries import day_told, national_days

NATIONAL_FILE: Final = Path(__file__).resolve().parent.parent / "data" / "working_days.csv"
FIRST_YEAR: Final = 2025
LAST_YEAR: Final = 2100


class DayIsSoAlready(Conflict):
    code = "places_day_is_so_already"
    sentence = _("The calendar says this already; nothing was changed.")


class DayNeedsReason(Invalid):
    code = "places_day_needs_reason"
    sentence = _("Please say why the day is changed: colleagues will read it.")


class NotADayKind(Invalid):
    code = "places_day_kind_unknown"
    sentence = _("Choose a working day, a day off, or as the place above has it.")


class DayTooFar(Invalid):
    code = "places_day_too_far"
    sentence = _("The calendar is kept from %(first)s to %(last)s.")


class BadDayFile(Invalid):
    code = "places_bad_day_file"
    sentence = _("Line %(line)s of the file of days cannot be understood.")


@dataclass(frozen=True, slots=True)
class NationalDay:
    """A day of the country's calendar as its file says it."""

    day: date
    kind: str
    occasion: str


@transaction.atomic
def set_working_day(
    *, actor: Actor, at: datetime, place_id: int, day: date, kind: str, reason: str
) -> WorkingDayEntry:
    """Say that a place, with all below it that says nothing itself, works or rests on a day; or take that back.

    Time limits that are set afterwards follow it. Those that run end later for a day off, and keep their moment where a
    day is worked after all: nobody loses time that was told.

    Raises:
        DayIsSoAlready: it is like that already.
        DayNeedsReason, NotADayKind, DayTooFar: what was given is not right.
        MayNotEditPlaces: the actor does not manage the place.
    """
    # The row of the place is what two people who change one calendar at once wait for.
    place = Place.objects.select_for_update().filter(pk=place_id).first()
    if place is None:
        raise NotFound()
    check_may_edit(actor=actor, place=place)
    _check(day, kind, reason)
    now = day_told(place_id=place.pk, day=day)
    if kind == DayKind.AS_ABOVE and not now.is_own:
        raise DayIsSoAlready()
    if kind != DayKind.AS_ABOVE and now.works == (kind == DayKind.WORKS):
        raise DayIsSoAlready()
    entry = WorkingDayEntry.objects.create(
        place=place, day=day, kind=kind, reason=reason.strip(), actor_id=actor.account_id, at=at
    )
    record(
        actor=actor, at=at, verb="places.day_set", subject=("place", place.pk), place_id=place.pk,
        county_id=place.county_id, day=day.isoformat(), kind=kind,
    )  # fmt: skip
    if now.works and not day_told(place_id=place.pk, day=day).works:
        publish(DaysMadeFree(place_id=place.pk, first=day, last=day))
    return entry


def _check(day: date, kind: str, reason: str) -> None:
    if kind not in DayKind.values:
        raise NotADayKind()
    if not reason.strip():
        raise DayNeedsReason()
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise DayTooFar(first=FIRST_YEAR, last=LAST_YEAR)


@transaction.atomic
def load_national_days(*, actor: Actor, at: datetime, days: Iterable[NationalDay]) -> int:
    """Write down what the country says of some days; what it said already is passed over. Returns how many are new.

    Done twice, the second time changes nothing. Whoever may start commands on the installation may do this.
    """
    said: Mapping[date, WorkingDayEntry] = national_days()
    new = [
        WorkingDayEntry(
            day=each.day, kind=each.kind, occasion=each.occasion, actor_id=actor.account_id, at=at
        )
        for each in days
        if each.day not in said
        or (said[each.day].kind, said[each.day].occasion) != (each.kind, each.occasion)
    ]
    WorkingDayEntry.objects.bulk_create(new)
    if new:
        record(actor=actor, at=at, verb="places.national_days", subject=("calendar", None), days=len(new))
    free = [each.day for each in new if each.kind == DayKind.RESTS]
    if free:
        publish(DaysMadeFree(place_id=None, first=min(free), last=max(free)))
    return len(new)


def read_national_days(*, path: Path = NATIONAL_FILE) -> list[NationalDay]:
    """Read a file of days: a head `day,kind,occasion`, then `2026-10-10,works,national_day`.

    Raises:
        BadDayFile: with the first line that cannot be understood.
    """
    days = []
    with path.open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines), start=2):
            try:
                read = NationalDay(date.fromisoformat(row["day"]), row["kind"], row["occasion"])
            except (KeyError, TypeError, ValueError) as bad:
                raise BadDayFile(line=number) from bad
            if read.kind not in {DayKind.WORKS, DayKind.RESTS} or read.occasion not in Occasion.values:
                raise BadDayFile(line=number)
            days.append(read)
    return days
