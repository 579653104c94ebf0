"""What the pages of rotas have in common: a week, day by day, and what happened."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django import forms
from django.http import HttpRequest
from django.urls import reverse

from sidan.core.badges import ToldStep, told_turn
from sidan.core.clock import business_date
from sidan.core.language import listed
from sidan.core.moments import hours_words, time_words, weekday_words
from sidan.core.pages import staff_page as page_of
from sidan.core.phones import mask_name
from sidan.core.requests import actor_of
from sidan.rotas import queries
from sidan.rotas.models import DutyStep, Rota, Shift, SwapStep, Watch
from sidan.rotas.permissions import require_desk, sees_names
from sidan.rotas.words import STEPS, SWAP_STEPS

staff_page = page_of(require_desk, public=False)
ONE_WEEK: Final = timedelta(days=7)
FAR: Final = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Slot:
    """A watch as a page shows it: from when to when, who has it, how many are lacking."""

    watch: Watch
    when: str
    names: list[str]
    lacking: int
    kind: str


@dataclass(frozen=True, slots=True)
class ShownDay:
    """A day of the week of a rota."""

    day: date
    is_today: bool
    slots: list[Slot]


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days of a rota, and where the weeks beside them are."""

    days: list[ShownDay]
    first: date
    last: date
    before_url: str
    after_url: str


class _Day(forms.Form):
    """Which day is asked for; what cannot be understood is today."""

    day = forms.DateField(input_formats=["%Y-%m-%d"], required=False)


def monday_asked(request: HttpRequest, *, at: datetime) -> date:
    """Return the Monday of the week that the address asks for, within a year of today."""
    form, today = _Day(request.GET), business_date(at)
    form.is_valid()
    day = min(max(form.cleaned_data.get("day") or today, today - FAR), today + FAR)
    return day - timedelta(days=day.weekday())


def week_of(request: HttpRequest, rota: Rota, *, at: datetime) -> Week:
    """Return the week that the address asks for with who has which shift."""
    monday = monday_asked(request, at=at)
    is_whole = sees_names(actor=actor_of(request), thing=rota)
    slots: dict[date, list[Slot]] = {}
    for watch in queries.watches_of_week(rota=rota, monday=monday):
        slots.setdefault(watch.day, []).append(_slot(watch, at, str if is_whole else mask_name))
    days = [monday + timedelta(days=later) for later in range(7)]
    url, today = reverse("rotas:rota", args=[rota.uuid]), business_date(at)
    return Week(
        [ShownDay(day, day == today, slots.get(day, [])) for day in days], days[0], days[-1],
        f"{url}?day={monday - ONE_WEEK}#week", f"{url}?day={monday + ONE_WEEK}#week",
    )  # fmt: skip


def _slot(watch: Watch, at: datetime, read: Callable[[str], str]) -> Slot:
    names = [read(one.person.name) for one in watch.standing]  # type: ignore[attr-defined] # read beside it
    is_off = watch.state == "off"
    lacking = 0 if is_off else int(watch.lacking)  # type: ignore[attr-defined] # counted beside it
    kind = "off" if is_off else "lacking" if lacking and watch.span.begins > at else "full"
    return Slot(watch, hours_words(*watch.span), names, lacking, kind)


def told_steps(steps: Iterable[DutyStep]) -> list[ToldStep]:
    """Tell what happened to a turn, newest first."""
    return [told_turn(step, words=STEPS) for step in steps][::-1]


def told_swap(steps: Iterable[SwapStep]) -> list[ToldStep]:
    """Tell what happened to a swap, newest first."""
    return [told_turn(step, words=SWAP_STEPS) for step in steps][::-1]


@dataclass(frozen=True, slots=True)
class ToldShift:
    """A shift in words: from when to when, on which weekdays, for how many."""

    hours: str
    weekdays: str
    needed: int


def told_shifts(shifts: Iterable[Shift]) -> list[ToldShift]:
    """Return shifts as a page shows them."""
    words = weekday_words()
    return [
        ToldShift(
            f"{time_words(one.begins)} – {time_words(one.ends)}", listed([words[day] for day in one.weekdays]),
            one.needed,
        )
        for one in shifts
    ]  # fmt: skip
