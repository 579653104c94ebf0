"""From when until when a pupil can say that they were with a class online."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Window:
    """It opens with the class and closes so many days after its end; the end itself is outside."""

    opens: datetime
    closes: datetime

    def holds(self, at: datetime) -> bool:
        """Tell whether a moment lies within."""
        return self.opens <= at < self.closes

    def is_over(self, at: datetime) -> bool:
        """Tell whether it has closed."""
        return at >= self.closes


def window_of(*, begins: datetime, ends: datetime, days: int) -> Window:
    """Return the window of a class that stays open for some days after its end."""
    return Window(begins, ends + timedelta(days=days))
