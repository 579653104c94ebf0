"""Moments as people say them: 「明天（周四）上午 9:30」, "tomorrow (Thu) 9:30". Pure: the present is handed in."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol

from django.utils import dateformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from sidan.core.clock import BUSINESS_ZONE

_MINUTE = 60
_HOUR = 60 * _MINUTE
_DAY = 24 * _HOUR
_DAYS_TOLD_AS_AGE = 30


def weekday_words() -> tuple[str, ...]:
    """Return the short names of the seven days, Monday first."""
    return (
        pgettext("weekday", "Mon"),
        pgettext("weekday", "Tue"),
        pgettext("weekday", "Wed"),
        pgettext("weekday", "Thu"),
        pgettext("weekday", "Fri"),
        pgettext("weekday", "Sat"),
        pgettext("weekday", "Sun"),
    )


def _weekday_word(day: date) -> str:
    return weekday_words()[day.weekday()]


def time_words(local: datetime | time) -> str:
    """Return the time of day. Chinese names the part of the day and counts to twelve: the format is a message."""
    formats = (
        (5, pgettext("time format, small hours", "G:i")),
        (8, pgettext("time format, early morning", "G:i")),
        (12, pgettext("time format, morning", "G:i")),
        (13, pgettext("time format, noon", "G:i")),
        (18, pgettext("time format, afternoon", "G:i")),
        (24, pgettext("time format, evening", "G:i")),
    )
    return dateformat.format(local, next(form for until, form in formats if local.hour < until))


def _near_day_word(days_away: int) -> str:
    near = {
        -2: _("the day before yesterday"),
        -1: _("yesterday"),
        0: _("today"),
        1: _("tomorrow"),
        2: _("the day after tomorrow"),
    }
    return near.get(days_away, "")


def date_words(day: date, *, today: date) -> str:
    """Return a day as a table tells it: 「11月26日」, and its year where it is another one."""
    if day.year != today.year:
        return full_date_words(day)
    return dateformat.format(day, pgettext("date format", "j M"))


def month_words(day: date) -> str:
    """Return the month in which a day lies, with its year."""
    return dateformat.format(day, pgettext("a month with its year", "F Y"))


def full_date_words(day: date) -> str:
    """Return a day with its year, for what is kept and read again later: 「2026年11月26日」."""
    return dateformat.format(day, pgettext("date format", "j M Y"))


def day_words(day: date, *, today: date) -> str:
    """Return a day with its weekday: 「明天（周四）」, 「11月26日（周四）」, 「2025年11月26日（周三）」."""
    name = _near_day_word((day - today).days) or date_words(day, today=today)
    return _("%(day)s (%(weekday)s)") % {"day": name, "weekday": _weekday_word(day)}


def when_words(at: datetime, *, now: datetime) -> str:
    """Return a moment in the county's own time, relative where that is how one speaks."""
    local = at.astimezone(BUSINESS_ZONE)
    day = day_words(local.date(), today=now.astimezone(BUSINESS_ZONE).date())
    return _("%(day)s %(time)s") % {"day": day, "time": time_words(local)}


def span_words(begins: datetime, ends: datetime, *, now: datetime) -> str:
    """Return from when to when, the second with its day where that is another one."""
    local, until = begins.astimezone(BUSINESS_ZONE), ends.astimezone(BUSINESS_ZONE)
    last = time_words(until) if local.date() == until.date() else when_words(ends, now=now)
    return f"{when_words(begins, now=now)} – {last}"


def hours_words(begins: datetime, ends: datetime) -> str:
    """Return from when to when on a day that is told already: 「上午 9:30 – 上午 11:00」."""
    return " – ".join(time_words(moment.astimezone(BUSINESS_ZONE)) for moment in (begins, ends))


def dated_span_words(begins: datetime, ends: datetime) -> str:
    """Return from when to when by dates alone, for paper: what hangs on a wall is read on another day."""
    local, until = begins.astimezone(BUSINESS_ZONE), ends.astimezone(BUSINESS_ZONE)
    last = time_words(until) if local.date() == until.date() else dated_words(ends)
    return f"{dated_words(begins)} – {last}"


def dated_words(at: datetime) -> str:
    """Return a moment by its date alone, never as "tomorrow": for what is kept and read on another day."""
    local = at.astimezone(BUSINESS_ZONE)
    name, weekday = full_date_words(local.date()), _weekday_word(local.date())
    day = _("%(day)s (%(weekday)s)") % {"day": name, "weekday": weekday}
    return _("%(day)s %(time)s") % {"day": day, "time": time_words(local)}


def waited_words(at: datetime, *, now: datetime) -> str:
    """Return for how long something has been so, in one unit: 「3 天」, "3 days"; a moment ahead is under a minute."""
    return _count_words(int((now - at) / timedelta(seconds=1)))


def _count_words(seconds: int) -> str:
    """Return what of the largest unit that fits has passed whole."""
    if seconds < _MINUTE:
        return _("under a minute")
    if seconds < _HOUR:
        minutes = seconds // _MINUTE
        return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
    if seconds < _DAY:
        hours = seconds // _HOUR
        return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}
    days = seconds // _DAY
    return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}


def _close_words(seconds: int) -> str:
    """Return a span as one who must hurry counts it: one hour or one day with what comes on top of it.

    One unit alone would tell an hour and 59 minutes as an hour. From two on it is near enough.
    """
    for unit, part in ((_HOUR, _MINUTE), (_DAY, _HOUR)):
        if unit + part <= seconds < 2 * unit:
            return _span_of_two(_count_words(unit), _count_words(seconds - unit))
    return _count_words(seconds)


def _span_of_two(more: str, less: str) -> str:
    return pgettext("span of two units, as 1 hour 59 minutes", "%(more)s %(less)s") % {
        "more": more, "less": less,
    }  # fmt: skip


class OfficeTime(Protocol):
    """The calendar of a place, by which it counts working days and office hours."""

    def working_days_left(self, now: datetime, due: datetime) -> int: ...

    def working_days_over(self, due: datetime, now: datetime) -> int: ...

    def working_time_between(self, begins: datetime, ends: datetime) -> timedelta: ...


@dataclass(frozen=True, slots=True)
class Counted:
    """How a time is counted that stands still while an office is shut: in its days, or in its hours."""

    by: OfficeTime
    in_days: bool


def _office_words(due: datetime, *, now: datetime, counted: Counted) -> str:
    """Return a span as the office counts it: whole working days, and within one its hours: 「2 个工作日」.

    Nothing where it was shut for all of it.
    """
    is_over = now >= due
    if counted.in_days:
        days = counted.by.working_days_over(due, now) if is_over else counted.by.working_days_left(now, due)
        if days:
            return ngettext("%(count)d working day", "%(count)d working days", days) % {"count": days}
    seconds = int(counted.by.working_time_between(min(now, due), max(now, due)) / timedelta(seconds=1))
    if seconds < _MINUTE <= abs(now - due) / timedelta(seconds=1):
        return ""
    if seconds < _HOUR:
        return _count_words(seconds)
    hours = seconds // _HOUR
    told = ngettext("%(count)d office hour", "%(count)d office hours", hours) % {"count": hours}
    if hours > 1 or seconds < _HOUR + _MINUTE:
        return told
    return _span_of_two(told, _count_words(seconds - _HOUR))


def left_words(due: datetime, *, now: datetime, counted: Counted | None = None) -> str:
    """Return how much time is left, or for how long it has been over: 「还剩 1 小时 59 分钟」, "overdue by 2 days".

    What an office counts is told as it counts it: a holiday is nothing. What was over when it shut is overdue until it
    opens, by no span; what is over before it opens, by a calendar that was changed, has what the clock leaves.
    """
    is_over, span = now >= due, ""
    if counted is not None:
        span = _office_words(due, now=now, counted=counted)
        if is_over and not span:
            return pgettext("time that is over", "overdue")
    # What is left of the last second is not told as a second more: a span counts what has passed whole.
    span = span or _close_words(int(abs(now - due) / timedelta(seconds=1)))
    return (_("overdue by %(span)s") if is_over else _("%(span)s left")) % {"span": span}


def since_words(at: datetime, *, now: datetime) -> str:
    """Return how long ago something was; a moment ahead (clocks differ) is just now."""
    seconds = int((now - at) / timedelta(seconds=1))
    if seconds < _MINUTE:
        return _("just now")
    if seconds < _HOUR:
        minutes = seconds // _MINUTE
        return ngettext("%(count)d minute ago", "%(count)d minutes ago", minutes) % {"count": minutes}
    if seconds < _DAY:
        hours = seconds // _HOUR
        return ngettext("%(count)d hour ago", "%(count)d hours ago", hours) % {"count": hours}
    days = seconds // _DAY
    if days <= _DAYS_TOLD_AS_AGE:
        return ngettext("%(count)d day ago", "%(count)d days ago", days) % {"count": days}
    return day_words(at.astimezone(BUSINESS_ZONE).date(), today=now.astimezone(BUSINESS_ZONE).date())
