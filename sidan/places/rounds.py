"""When a fair or a stand comes again: on market days (圩日: lunar days by their last digit), or on weekdays.

Pure but for the words: the days are arithmetic, the sentence is made of the same parts.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext, pgettext

from sidan.core.language import listed
from sidan.core.lunar import lunar_day
from sidan.core.moments import weekday_words

MOST_DAYS: Final = 12
"""So many are announced at once; what is later is announced when these are over."""
SEARCHED_DAYS: Final = 370
ENDINGS: Final = range(10)
WEEKDAYS: Final = range(7)


@dataclass(frozen=True, slots=True)
class Rounds:
    """Market days by the last digit of the lunar day, in leap months too, or weekdays (Monday is 0)."""

    endings: frozenset[int] = frozenset()
    weekdays: frozenset[int] = frozenset()

    @property
    def is_whole(self) -> bool:
        """Tell whether it names days, of one of the two sorts and such as there are."""
        return (
            bool(self.endings) != bool(self.weekdays)
            and self.endings <= frozenset(ENDINGS)
            and self.weekdays <= frozenset(WEEKDAYS)
        )

    def falls_on(self, day: date) -> bool:
        """Tell whether it comes on a day."""
        return lunar_day(day).day % 10 in self.endings if self.endings else day.weekday() in self.weekdays

    def days_from(self, first: date, *, count: int) -> list[date]:
        """Return the first days on which it comes, from a day on."""
        return [day for day, _nth in zip(self._each(first), range(count), strict=False)]

    def words(self) -> str:
        """Return on which days it comes: 「每逢农历三、六、九」, "each Sat"."""
        if self.endings:
            digits = pgettext("digits on which market days end", "0 1 2 3 4 5 6 7 8 9").split()
            named = listed([digits[ending] for ending in sorted(self.endings, key=lambda digit: digit or 10)])
            return gettext("each market day: lunar days that end in %(digits)s") % {"digits": named}
        names = weekday_words()
        return gettext("each %(weekdays)s") % {
            "weekdays": listed([names[day] for day in sorted(self.weekdays)])
        }

    def _each(self, first: date) -> Iterator[date]:
        days = (first + timedelta(days=gone) for gone in range(SEARCHED_DAYS))
        return (day for day in days if self.falls_on(day))
