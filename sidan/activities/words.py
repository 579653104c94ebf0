"""How the calendar's own things are called: weekdays, days by number, lunar days, feasts and terms.

Where a language has a row of words that are counted off (初一, 初二, … 三十), the row is one message: a translator sees
it whole, and a word is taken out by its place.
"""

from datetime import date
from typing import Final

from django.utils import dateformat
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext, pgettext_lazy

from sidan.activities.calendar import LAST, Festival
from sidan.activities.enums import ActivityKind
from sidan.core.lunar import FIRST_YEAR, LAST_YEAR, Term, lunar_day

FESTIVALS: Final[dict[Festival, str | Promise]] = {
    Festival.NEW_YEARS_EVE: pgettext_lazy("festival", "Lunar New Year’s Eve"),
    Festival.SPRING: pgettext_lazy("festival", "Spring Festival"),
    Festival.LANTERN: pgettext_lazy("festival", "Lantern Festival"),
    Festival.CLEAR_AND_BRIGHT: pgettext_lazy("festival", "Qingming"),
    Festival.DRAGON_BOAT: pgettext_lazy("festival", "Dragon Boat Festival"),
    Festival.DOUBLE_SEVENTH: pgettext_lazy("festival", "Double Seventh Festival"),
    Festival.MID_AUTUMN: pgettext_lazy("festival", "Mid-Autumn Festival"),
    Festival.DOUBLE_NINTH: pgettext_lazy("festival", "Double Ninth Festival"),
}
TERMS: Final[dict[Term, str | Promise]] = {
    Term.MINOR_COLD: pgettext_lazy("solar term", "Minor Cold"),
    Term.MAJOR_COLD: pgettext_lazy("solar term", "Major Cold"),
    Term.START_OF_SPRING: pgettext_lazy("solar term", "Start of Spring"),
    Term.RAIN_WATER: pgettext_lazy("solar term", "Rain Water"),
    Term.AWAKENING_OF_INSECTS: pgettext_lazy("solar term", "Awakening of Insects"),
    Term.SPRING_EQUINOX: pgettext_lazy("solar term", "Spring Equinox"),
    Term.CLEAR_AND_BRIGHT: pgettext_lazy("solar term", "Clear and Bright"),
    Term.GRAIN_RAIN: pgettext_lazy("solar term", "Grain Rain"),
    Term.START_OF_SUMMER: pgettext_lazy("solar term", "Start of Summer"),
    Term.GRAIN_BUDS: pgettext_lazy("solar term", "Grain Buds"),
    Term.GRAIN_IN_EAR: pgettext_lazy("solar term", "Grain in Ear"),
    Term.SUMMER_SOLSTICE: pgettext_lazy("solar term", "Summer Solstice"),
    Term.MINOR_HEAT: pgettext_lazy("solar term", "Minor Heat"),
    Term.MAJOR_HEAT: pgettext_lazy("solar term", "Major Heat"),
    Term.START_OF_AUTUMN: pgettext_lazy("solar term", "Start of Autumn"),
    Term.END_OF_HEAT: pgettext_lazy("solar term", "End of Heat"),
    Term.WHITE_DEW: pgettext_lazy("solar term", "White Dew"),
    Term.AUTUMN_EQUINOX: pgettext_lazy("solar term", "Autumn Equinox"),
    Term.COLD_DEW: pgettext_lazy("solar term", "Cold Dew"),
    Term.FROST_DESCENT: pgettext_lazy("solar term", "Frost’s Descent"),
    Term.START_OF_WINTER: pgettext_lazy("solar term", "Start of Winter"),
    Term.MINOR_SNOW: pgettext_lazy("solar term", "Minor Snow"),
    Term.MAJOR_SNOW: pgettext_lazy("solar term", "Major Snow"),
    Term.WINTER_SOLSTICE: pgettext_lazy("solar term", "Winter Solstice"),
}
A_YEAR_OF_LONG_FEBRUARY: Final = 2024


def day_of_every_week(weekday: int) -> str:
    """Return a weekday as it is said of every week, 「周四」; Monday is 0."""
    return pgettext("days of every week", "Monday Tuesday Wednesday Thursday Friday Saturday Sunday").split()[
        weekday
    ]


def day_counted_in_a_month(weekday: int) -> str:
    """Return a weekday as it is counted in a month, 「星期三」; Monday is 0."""
    return pgettext(
        "days of the week counted in a month", "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
    ).split()[weekday]


def nth(number: int) -> str:
    """Return which of the weekdays of a month, 「第四个」, the last one included."""
    words = pgettext("which weekday of the month", "first second third fourth fifth last").split()
    return words[LAST if number == LAST else number - 1]


def day_of_month(number: int) -> str:
    """Return a day by number, 「15日」, "15th", the last one included."""
    if number == LAST:
        return pgettext("day of the month", "last day")
    return dateformat.format(date(A_YEAR_OF_LONG_FEBRUARY, 1, number), pgettext("day of the month", "jS"))


def month_word(month: int) -> str:
    """Return a month of the year, 「3月」, "March"."""
    return dateformat.format(date(A_YEAR_OF_LONG_FEBRUARY, month, 1), pgettext("month of the year", "F"))


def day_of_year(month: int, day: int) -> str:
    """Return a day of a month, 「3月5日」, "5 March"."""
    # 30 February is no date, and may be written in a pattern all the same
    return _("%(day)d %(month)s") % {"day": day, "month": month_word(month)}


def lunar_day_word(day: int) -> str:
    """Return a day of a lunar month, 「初八」, "8th"."""
    return pgettext(
        "days of a lunar month",
        "1st 2nd 3rd 4th 5th 6th 7th 8th 9th 10th 11th 12th 13th 14th 15th 16th 17th 18th 19th 20th "
        "21st 22nd 23rd 24th 25th 26th 27th 28th 29th 30th",
    ).split()[day - 1]


def lunar_month_word(month: int) -> str:
    """Return a lunar month, 「腊月」, "12th month"."""
    words = pgettext("months of a lunar year", "1st 2nd 3rd 4th 5th 6th 7th 8th 9th 10th 11th 12th").split()
    return words[month - 1]


def ending_word(digit: int) -> str:
    """Return a digit on which market days end, 「三」; of 0 one says ten."""
    return pgettext("digits on which market days end", "0 1 2 3 4 5 6 7 8 9").split()[digit]


def lunar_date_words(day: date) -> str:
    """Return a day of the Chinese calendar, 「十月初五」, "10th lunar month, 5th"; nothing beyond its years."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        return ""
    found = lunar_day(day)
    facts = {"month": lunar_month_word(found.month), "day": lunar_day_word(found.day)}
    if found.is_leap:
        return pgettext("day of the lunar calendar", "%(day)s of the leap %(month)s lunar month") % facts
    return pgettext("day of the lunar calendar", "%(day)s of the %(month)s lunar month") % facts


def short_lunar_words(day: date) -> str:
    """Return a day of the Chinese calendar for the corner of a day: 「初八」, and on the first its month, 「十月」."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        return ""
    found = lunar_day(day)
    if found.day > 1:
        return pgettext("lunar day in a grid", "lunar %(day)s") % {"day": lunar_day_word(found.day)}
    facts = {"month": lunar_month_word(found.month)}
    if found.is_leap:
        return pgettext("first of a lunar month in a grid", "leap %(month)s lunar month") % facts
    return pgettext("first of a lunar month in a grid", "%(month)s lunar month") % facts


def kind_in(language: str, kind: ActivityKind) -> str:
    """Return how a kind of activity is called in a language: what is kept for good is kept in both."""
    with override(language):
        return str(kind.label)
