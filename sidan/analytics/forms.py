"""What stands above the figures: the period, and whose tree."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as _

from sidan.analytics.policies import Period, month_of, months_back
from sidan.analytics.queries import OF_THE_DAY, TODAY

PERIODS: Final = (
    ("", _("From the beginning")),
    ("days", _("The last 30 days")),
    ("month", _("This month")),
    ("former", _("Last month")),
    ("year", _("This year")),
)
TREES: Final = (("", _("As places stood on the day")), ("today", _("As places stand today")))


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was understood of the address."""

    period: Period
    tree: str
    told: dict[str, str]


class FigureSearch(forms.Form):
    """What cannot be understood chooses nothing."""

    period = forms.ChoiceField(label=_("Period"), choices=PERIODS, required=False)
    tree = forms.ChoiceField(label=_("Tree of places"), choices=TREES, required=False)

    def chosen(self, *, today: date) -> Chosen:
        """Return the period in days, and the tree."""
        self.is_valid()
        told = {name: str(value) for name, value in self.cleaned_data.items() if value}
        tree = TODAY if told.get("tree") else OF_THE_DAY
        return Chosen(period=period_of(told.get("period", ""), today=today), tree=tree, told=told)


def period_of(name: str, *, today: date) -> Period:
    """Return the days that a named period means today."""
    month = month_of(today)
    return {
        "days": Period(today - timedelta(days=29), today),
        "month": Period(month, today),
        "former": Period(months_back(today, 1), month - timedelta(days=1)),
        "year": Period(date(today.year, 1, 1), today),
    }.get(name, Period())
