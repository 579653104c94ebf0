"""What stands above the pages: how far to look back, which kind of service, what the rows are."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from sidan.analytics.policies import monday_of
from sidan.catalogue.queries import category_tree

WEEKS: Final = (("4", _("The last 4 weeks")), ("12", _("The last 12 weeks")), ("26", _("The last half year")),
                ("52", _("The last year")))  # fmt: skip
DAYS: Final = (("30", _("The last 30 days")), ("90", _("The last 90 days")), ("180", _("The last half year")),
               ("365", _("The last year")))  # fmt: skip
ROWS: Final = (("kind", _("Rows: kinds of service")), ("place", _("Rows: places")))
USUAL_WEEKS: Final = "12"
USUAL_DAYS: Final = "90"


class _Search(forms.Form):
    """What cannot be understood chooses nothing; what is not asked for is shown as what it means."""

    usual: Mapping[str, str] = {}

    def __init__(self, asked: QueryDict) -> None:
        shown = asked.copy()
        for name, value in self.usual.items():
            shown.setdefault(name, value)
        super().__init__(shown)

    def told(self) -> dict[str, str]:
        self.is_valid()
        return {name: str(value) for name, value in self.cleaned_data.items() if value}


class DemandSearch(_Search):
    """For the pages of supply and demand."""

    usual = {"weeks": USUAL_WEEKS, "rows": "kind"}

    weeks = forms.ChoiceField(label=_("Period"), choices=WEEKS, required=False)
    category = forms.ChoiceField(label=_("Kind of service"), required=False)
    rows = forms.ChoiceField(label=_("Rows"), choices=ROWS, required=False)

    def __init__(self, asked: QueryDict) -> None:
        super().__init__(asked)
        kinds = [
            (node.category.code, "\u3000" * node.depth + node.category.shown_name) for node in category_tree()
        ]
        category: Any = self.fields["category"]
        category.choices = [("", _("Every kind")), *kinds]

    def first(self, *, today: date) -> date:
        """Return the Monday of the first week looked at."""
        weeks = int(self.told().get("weeks", USUAL_WEEKS))
        return monday_of(today) - timedelta(weeks=weeks - 1)


class FairnessSearch(_Search):
    """For the page of fairness."""

    usual = {"days": USUAL_DAYS}

    days = forms.ChoiceField(label=_("Period"), choices=DAYS, required=False)
    show = forms.CharField(required=False, max_length=10, widget=forms.HiddenInput)

    def look_back(self) -> int:
        """Return how many days are looked at."""
        return int(self.told().get("days", USUAL_DAYS))
