"""What comes again, told in one sentence (R-A2): 「每周四 14:30–16:00，遇放假顺延到下一个工作日，共12次」.

A sentence is made of clauses, each of which says one thing; what is as usual is not said. Days carry their year: the
sentence is printed, sent and read again later.
"""

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Final

from django.utils import dateformat
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from sidan.activities.calendar import (
    LAST,
    DaysOfMonth,
    DaysOfWeek,
    Festival,
    Festivals,
    LunarDays,
    Otherwise,
    Pattern,
    Series,
    Terms,
    Wanted,
    WeekdaysOfMonth,
    endings_of,
)
from sidan.activities.words import (
    FESTIVALS,
    TERMS,
    day_counted_in_a_month,
    day_of_every_week,
    day_of_month,
    day_of_year,
    ending_word,
    lunar_day_word,
    lunar_month_word,
    month_word,
    nth,
)
from sidan.core.language import listed
from sidan.core.lunar import Term
from sidan.core.moments import date_words, full_date_words, time_words

MOST_TOLD: Final = 3
"""More exceptions of a sort than this are counted, not named: the page beside has them all."""
MOST_DATES: Final = 4
"""Up to so many days of a year are said one by one."""
A_RUN: Final = 3
"""So many weekdays in a row are said from the first to the last."""
WEEK: Final = 7
FIFTH: Final = 5
SHORTEST_LUNAR_MONTH: Final = 29
A_SHORT_YEAR: Final = 2025

GIVES_WAY: Final[dict[tuple[Wanted, Otherwise], str | Promise]] = {
    (Wanted.WORKING, Otherwise.SKIPPED): gettext_lazy("not on days off"),
    (Wanted.WORKING, Otherwise.EARLIER): gettext_lazy("on days off the working day before instead"),
    (Wanted.WORKING, Otherwise.LATER): gettext_lazy("on days off the next working day instead"),
    (Wanted.OFF, Otherwise.SKIPPED): gettext_lazy("not on working days"),
    (Wanted.OFF, Otherwise.EARLIER): gettext_lazy("on working days the day off before instead"),
    (Wanted.OFF, Otherwise.LATER): gettext_lazy("on working days the next day off instead"),
}


@dataclass(frozen=True, slots=True)
class Hours:
    """From when (the place's own time), and until when where that was said."""

    begins: time
    ends: time | None = None


@dataclass(frozen=True, slots=True)
class _Said:
    """On which days, and what is remarked on it in brackets."""

    days: str
    remarks: tuple[str, ...] = ()


def sentence_of(series: Series, *, today: date, hours: Hours | None = None, name: str = "") -> str:
    """Return a series in one sentence, with a beginning that lies ahead and the exceptions that do.

    Args:
        series: what comes again.
        today: from when on a reader is interested.
        hours: at what time of the day, if it was said.
        name: what the day is called, where the pattern was chosen by a name (学雷锋纪念日).
    """
    clauses = [
        _at_hours(pattern_words(series.pattern, name=name), hours),
        str(GIVES_WAY.get((series.wanted, series.otherwise), "")),
        *_ends(series, today),
        *_exceptions(series, today),
    ]
    return pgettext("between the clauses of a rule", "; ").join(clause for clause in clauses if clause)


def pattern_words(pattern: Pattern, *, name: str = "") -> str:
    """Return on which days something comes, with the name of the day where it has one."""
    said = _said(pattern)
    remarks = [*said.remarks, *([name] if name else [])]
    if not remarks:
        return said.days
    told = pgettext("between remarks", ", ").join(remarks)
    return pgettext("days with remarks", "%(days)s (%(remarks)s)") % {"days": said.days, "remarks": told}


def _said(pattern: Pattern) -> _Said:
    match pattern:
        case DaysOfWeek():
            return _of_week(pattern)
        case WeekdaysOfMonth():
            return _weekdays_of_month(pattern)
        case DaysOfMonth():
            return _of_month(pattern)
        case LunarDays():
            return _lunar(pattern)
        case Festivals():
            return _festivals(pattern)
        case Terms():
            return _terms(pattern)
    raise TypeError(f"no words for {type(pattern).__name__}")


def _of_week(pattern: DaysOfWeek) -> _Said:
    if pattern.every == 1 and len(pattern.weekdays) == WEEK:
        return _Said(_("Every day"))
    days = _weekdays(sorted(pattern.weekdays))
    if pattern.every == 1:
        return _Said(pgettext("every week", "Every %(days)s") % {"days": days})
    since = _("counted from the week of %(day)s") % {"day": full_date_words(pattern.since)}
    if pattern.every == 2:
        return _Said(_("Every second week on %(days)s") % {"days": days}, (since,))
    told = _("Every %(count)d weeks on %(days)s") % {"count": pattern.every, "days": days}
    return _Said(told, (since,))


def _weekdays(weekdays: Sequence[int]) -> str:
    first, last = weekdays[0], weekdays[-1]
    if len(weekdays) >= A_RUN and last - first + 1 == len(weekdays):
        ends = {"first": day_of_every_week(first), "last": day_of_every_week(last)}
        return _("%(first)s to %(last)s") % ends
    return listed([day_of_every_week(each) for each in weekdays])


def _weekdays_of_month(pattern: WeekdaysOfMonth) -> _Said:
    facts = {
        "nths": listed([nth(each) for each in _last_at_the_end(pattern.nths)]),
        "weekday": day_counted_in_a_month(pattern.weekday),
    }
    remarks = _not_always(FIFTH in pattern.nths)
    if not pattern.months:
        return _Said(_("The %(nths)s %(weekday)s of every month") % facts, remarks)
    facts["months"] = _months(pattern.months)
    return _Said(_("The %(nths)s %(weekday)s of %(months)s every year") % facts, remarks)


def _of_month(pattern: DaysOfMonth) -> _Said:
    numbers = _last_at_the_end(pattern.days)
    shortest = min(calendar.monthrange(A_SHORT_YEAR, month)[1] for month in pattern.months or (2,))
    remarks = _not_always(max(numbers) > shortest)
    days = listed([day_of_month(each) for each in numbers])
    if not pattern.months:
        return _Said(_("The %(days)s of every month") % {"days": days}, remarks)
    if LAST not in pattern.days and len(pattern.days) * len(pattern.months) <= MOST_DATES:
        dates = [day_of_year(month, day) for month in sorted(pattern.months) for day in numbers]
        return _Said(_("Every year on %(days)s") % {"days": listed(dates)}, remarks)
    facts = {"days": days, "months": _months(pattern.months)}
    return _Said(_("The %(days)s of %(months)s every year") % facts, remarks)


def _lunar(pattern: LunarDays) -> _Said:
    endings = endings_of(pattern.days)
    if endings and not pattern.months:
        # of ten one speaks last
        digits = listed([ending_word(each) for each in sorted(endings, key=lambda digit: digit or 10)])
        told = _("Lunar days ending in %(digits)s") % {"digits": digits}
        return _Said(told, (_("market days"), _("in leap months too")))
    days = listed([lunar_day_word(each) for each in sorted(pattern.days)])
    remarks = (_("lunar calendar"), *_not_always(max(pattern.days) > SHORTEST_LUNAR_MONTH))
    if not pattern.months:
        return _Said(pgettext("lunar", "The %(days)s of every month") % {"days": days}, remarks)
    months = listed([lunar_month_word(each) for each in sorted(pattern.months)])
    told = pgettext("lunar", "The %(days)s of the %(months)s month every year")
    return _Said(told % {"days": days, "months": months}, remarks)


def _festivals(pattern: Festivals) -> _Said:
    told = listed([str(FESTIVALS[each]) for each in Festival if each in pattern.festivals])
    # 清明 is one of the solar terms
    is_lunar = Festival.CLEAR_AND_BRIGHT not in pattern.festivals
    return _Said(told, (_("lunar calendar"),) if is_lunar else ())


def _terms(pattern: Terms) -> _Said:
    if len(pattern.terms) == len(Term):
        return _Said(_("On the day of each solar term"))
    told = listed([str(TERMS[each]) for each in Term if each in pattern.terms])
    return _Said(_("Every year on the day of %(terms)s") % {"terms": told})


def _not_always(lacks: bool) -> tuple[str, ...]:
    return (_("left out where there is no such day"),) if lacks else ()


def _months(months: Iterable[int]) -> str:
    return listed([month_word(each) for each in sorted(months)])


def _last_at_the_end(numbers: Iterable[int]) -> list[int]:
    return sorted(numbers, key=lambda number: (number == LAST, number))


def _at_hours(days: str, hours: Hours | None) -> str:
    if hours is None:
        return days
    if hours.ends is None:
        facts = {"days": days, "time": time_words(hours.begins)}
        return pgettext("days and a time", "%(days)s, %(time)s") % facts
    span = f"{dateformat.format(hours.begins, 'G:i')}–{dateformat.format(hours.ends, 'G:i')}"
    return pgettext("days and from when to when", "%(days)s, %(span)s") % {"days": days, "span": span}


def _ends(series: Series, today: date) -> list[str]:
    told = []
    if series.begins > today:
        told.append(_("from %(day)s on") % {"day": full_date_words(series.begins)})
    if series.until is not None:
        told.append(_("until %(day)s") % {"day": full_date_words(series.until)})
    if series.times is not None:
        told.append(ngettext("once", "%(count)d times", series.times) % {"count": series.times})
    return told


def _exceptions(series: Series, today: date) -> list[str]:
    left_out, moved, added = [], [], []
    for of, day in sorted(series.exceptions.items()):
        if max(of, day or of) < today:
            continue
        if day is None:
            left_out.append(of)
        elif day == of:
            added.append(day)
        else:
            moved.append((of, day))
    return [*_left_out(left_out), *_moved(moved), *_added(added)]


def _left_out(days: Sequence[date]) -> list[str]:
    if not days:
        return []
    if len(days) > MOST_TOLD:
        return [_("except %(count)d days") % {"count": len(days)}]
    return [_("except %(days)s") % {"days": _dates(days)}]


def _moved(moved: Sequence[tuple[date, date]]) -> list[str]:
    if len(moved) > MOST_TOLD:
        return [_("%(count)d of them on other days") % {"count": len(moved)}]
    return [
        _("%(of)s moved to %(day)s") % {"of": full_date_words(of), "day": date_words(day, today=of)}
        for of, day in moved
    ]


def _added(days: Sequence[date]) -> list[str]:
    if not days:
        return []
    if len(days) > MOST_TOLD:
        return [_("also on %(count)d more days") % {"count": len(days)}]
    return [_("also on %(days)s") % {"days": _dates(days)}]


def _dates(days: Sequence[date]) -> str:
    """Return days in order, the year with the first of each."""
    years = [None, *(day.year for day in days[:-1])]
    return listed(
        [
            date_words(day, today=day) if day.year == before else full_date_words(day)
            for day, before in zip(days, years, strict=True)
        ]
    )
