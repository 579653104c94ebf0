"""What staff enter about a fair or a stand that comes again."""

from typing import Any, Final

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from sidan.core.moments import weekday_words
from sidan.places.enums import PopUpKind
from sidan.places.models import Place
from sidan.places.operations import NewPopUp, NewRounds
from sidan.places.pop_up_forms import NewPopUpForm
from sidan.places.rounds import MOST_DAYS, Rounds

KINDS: Final = [(kind.value, kind.label) for kind in PopUpKind if kind != PopUpKind.BUS_ROUTE]


class _Numbers(forms.TypedMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple(attrs={"class": "chips"})

    def __init__(self, *, label: Any, help_text: Any = "") -> None:
        super().__init__(label=label, help_text=help_text, coerce=int, required=False)


def _clock(label: Any) -> forms.TimeField:
    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    return forms.TimeField(label=label, widget=widget, input_formats=["%H:%M"])


class RoundsForm(NewPopUpForm):
    """What comes again, on which days, at what hours, from when on and how often."""

    endings = _Numbers(
        label=_("On market days: lunar days that end in"),
        help_text=_("Three stands for the 3rd, the 13th and the 23rd."),
    )
    weekdays = _Numbers(label=_("Or on weekdays"))
    first = forms.DateField(
        label=_("From this day on"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    count = forms.IntegerField(
        label=_("How many times"), min_value=1, max_value=MOST_DAYS, initial=MOST_DAYS,
        help_text=_("At most twelve at once."),
    )  # fmt: skip
    begins_at = _clock(pgettext_lazy("pop-up", "From"))
    ends_at = _clock(pgettext_lazy("pop-up", "To"))
    field_order = (
        "place", "kind", "name", "name_en", "endings", "weekdays", "first", "count", "begins_at", "ends_at", "spot",
        "spot_en", "about", "about_en", "coordinate_system", "longitude", "latitude",
    )  # fmt: skip

    def __init__(self, *args: Any, places: QuerySet[Place], **kwargs: Any) -> None:
        super().__init__(*args, places=places, **kwargs)
        for name in ("begins", "ends", "stops"):
            # of what comes again these are not asked: its days are those of the rule, and a bus comes day by day
            del self.fields[name]
        digits = pgettext("digits on which market days end", "0 1 2 3 4 5 6 7 8 9").split()
        offered = {
            "kind": KINDS,
            "endings": [(str(digit), digits[digit]) for digit in (*range(1, 10), 0)],
            "weekdays": [(str(day), word) for day, word in enumerate(weekday_words())],
        }
        for name, choices in offered.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined] # fields of choices, all of them
        self.order_fields(self.field_order)

    def again(self) -> NewRounds:
        """Return when it comes again, of a valid form."""
        data = self.cleaned_data
        return NewRounds(
            rounds=Rounds(frozenset(data["endings"]), frozenset(data["weekdays"])), first=data["first"],
            count=data["count"], begins_at=data["begins_at"], ends_at=data["ends_at"],
        )  # fmt: skip

    def what(self) -> NewPopUp:
        """Return what comes again, at the hours of its first day."""
        data = self.cleaned_data
        begins, ends = self.again().spans()[0]
        same = {
            name: data[name] for name in ("kind", "name", "name_en", "spot", "spot_en", "about", "about_en")
        }
        return NewPopUp(**same, begins=begins, ends=ends, point=self.point())
