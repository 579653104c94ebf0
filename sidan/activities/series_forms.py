"""What comes again, entered by choosing: how it comes first, then which days, from when on, and what gives way."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sidan.activities.calendar import (
    LAST,
    BadPattern,
    BadSeries,
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
    market_days,
)
from sidan.activities.enums import NamedDayKind
from sidan.activities.forms import NewActivityForm, day_field
from sidan.activities.models import NamedDay
from sidan.activities.operations import Rule
from sidan.activities.policies import span_on
from sidan.activities.queries import named_days
from sidan.activities.sentences import GIVES_WAY
from sidan.activities.words import (
    FESTIVALS,
    TERMS,
    day_of_month,
    ending_word,
    lunar_day_word,
    month_word,
    nth,
)
from sidan.bookings.policies import Span
from sidan.core.clock import BUSINESS_ZONE
from sidan.core.lunar import FIRST_YEAR, LAST_YEAR, Term
from sidan.core.moments import weekday_words

ANY_DAY: Final = "any"
NO_DAYS: Final = _("Please choose on which days it comes.")
MOST_TIMES: Final = 1000
MOST_WEEKS: Final = 52
MOST_LEFT_OUT: Final = 60
COMES: Final[dict[str, str | Promise]] = {
    "week": pgettext_lazy("comes again", "Every week"),
    "nth_weekday": pgettext_lazy("comes again", "A weekday of the month"),
    "month": pgettext_lazy("comes again", "Days of the month"),
    "lunar": pgettext_lazy("comes again", "Lunar days"),
    "market": pgettext_lazy("comes again", "Market days"),
    "feasts": pgettext_lazy("comes again", "Festivals"),
    "terms": pgettext_lazy("comes again", "Solar terms"),
    "named": pgettext_lazy("comes again", "Memorial days"),
}
FIELDS: Final[dict[str, tuple[str, ...]]] = {
    "week": ("weekdays", "every"),
    "nth_weekday": ("nths", "weekday", "months"),
    "month": ("days", "months"),
    "lunar": ("lunar_days",),
    "market": ("endings",),
    "feasts": ("feasts",),
    "terms": ("terms",),
    "named": ("named",),
}
"""What is asked of each way of coming again."""
NEEDED: Final = frozenset(
    {"weekdays", "nths", "weekday", "days", "lunar_days", "endings", "feasts", "terms", "named"}
)
"""What names the days: of one's own way each of these must be chosen."""
BOUNDS: Final = ("first", "last", "times", "gives_way", "without", "comes")
Choices = list[tuple[str, str]]


class _Numbers(forms.TypedMultipleChoiceField):
    """Some of some numbers, ticked."""

    widget = forms.CheckboxSelectMultiple(attrs={"class": "chips"})

    def __init__(self, *, label: Any, help_text: Any = "") -> None:
        super().__init__(label=label, help_text=help_text, coerce=int, required=False)


class _Names(forms.MultipleChoiceField):
    """Some of some names, ticked."""

    widget = forms.CheckboxSelectMultiple(attrs={"class": "chips"})

    def __init__(self, *, label: Any) -> None:
        super().__init__(label=label, required=False)


class _Days(forms.TypedMultipleChoiceField):
    """Days that the page offered, each as 2026-01-31."""

    def __init__(self) -> None:
        super().__init__(label=_("Days left out"), coerce=date.fromisoformat, required=False)

    def valid_value(self, value: object) -> bool:
        """Take any day: which of them are days of the rule is asked once the rule is known."""
        return True


class NewSeriesForm(NewActivityForm):
    """A rule, and what each time is made with."""

    comes = forms.ChoiceField(choices=list(COMES.items()), widget=forms.HiddenInput)
    weekdays = _Numbers(label=_("On which weekdays"))
    every = forms.IntegerField(
        label=_("Every how many weeks"), min_value=1, max_value=MOST_WEEKS, initial=1, required=False,
        help_text=_("1 is every week, 2 every second week, counted from the first day."),
    )  # fmt: skip
    nths = _Numbers(label=_("Which of them in the month"))
    weekday = forms.TypedChoiceField(label=_("Which weekday"), coerce=int, required=False, empty_value=None)
    days = _Numbers(label=_("On which days of the month"))
    months = _Numbers(label=_("In which months"), help_text=_("None chosen: in every month."))
    lunar_days = _Numbers(label=_("On which lunar days"))
    endings = _Numbers(label=_("Lunar days that end in"))
    feasts = _Names(label=_("On which festivals"))
    terms = _Names(label=_("On which solar terms"))
    named = forms.ChoiceField(label=_("On which memorial day"), required=False)
    first = day_field(label=_("From this day on"))
    last = day_field(label=pgettext_lazy("comes again", "Until"), required=False)
    times = forms.IntegerField(
        label=_("How many times"), min_value=1, max_value=MOST_TIMES, required=False,
        help_text=_("Without a last day and a number it comes again without an end."),
    )  # fmt: skip
    gives_way = forms.ChoiceField(
        label=_("When it falls on a holiday or a working day"), required=False, widget=forms.RadioSelect
    )
    without = _Days()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("day", "last_day", "signup_from"):
            # of a rule these are not asked: its days are those of the rule
            del self.fields[name]
        groups = named_days()
        self._named = {named.code: named for _kind, group in groups for named in group}
        for name, choices in self._offered(groups).items():
            self.fields[name].choices = choices  # type: ignore[attr-defined] # fields of choices, all of them
        for name in NEEDED.intersection(FIELDS[self.way]):
            self.fields[name].required = True
            self.fields[name].error_messages["required"] = NO_DAYS

    @staticmethod
    def _offered(named: Sequence[tuple[NamedDayKind, Sequence[NamedDay]]]) -> dict[str, Any]:
        weekdays = [(str(each), word) for each, word in enumerate(weekday_words())]
        groups = [
            (str(kind.label), [(each.code, each.shown_name) for each in group])
            for kind, group in named
            if group
        ]
        return {
            "weekdays": weekdays, "weekday": weekdays, "nths": _told((1, 2, 3, 4, 5, LAST), nth),
            "days": _told((*range(1, 32), LAST), day_of_month), "months": _told(range(1, 13), month_word),
            "lunar_days": _told(range(1, 31), lunar_day_word), "endings": _told((*range(1, 10), 0), ending_word),
            "feasts": [(one.value, str(FESTIVALS[one])) for one in Festival],
            "terms": [(one.value, str(TERMS[one])) for one in Term], "named": groups,
            "gives_way": [
                (ANY_DAY, _("It is held all the same")),
                *((f"{wanted}:{otherwise}", capfirst(str(words))) for (wanted, otherwise), words in GIVES_WAY.items()),
            ],
        }  # fmt: skip

    @property
    def way(self) -> str:
        """How it comes again, as it was chosen; the first of the ways where nothing fits."""
        told: object = self.data.get("comes") if self.is_bound else self.initial.get("comes")
        return next((way for way in COMES if way == told), next(iter(COMES)))

    @property
    def is_only_switched(self) -> bool:
        """Whether nothing but another way was chosen, by its chip: then nothing is wrong yet."""
        told = self.data
        return isinstance(told, QueryDict) and len(told.getlist("comes")) > 1

    def rule_fields(self) -> list[Any]:
        """Return the fields that this way asks for."""
        return [self[name] for name in FIELDS[self.way]]

    def other_fields(self) -> list[Any]:
        """Return what was chosen for another way, kept unseen: who comes back to it finds it."""
        if not self.is_bound:
            return []
        return [self[name] for name in self._others() if name in self.data]

    def _others(self) -> list[str]:
        asked = {*FIELDS[self.way]}
        return sorted({name for names in FIELDS.values() for name in names} - asked)

    def keep_problems_of_the_rule(self) -> None:
        """Forget what is wrong with all the rest: only the days are asked for so far."""
        kept = {*FIELDS[self.way], *BOUNDS}
        for name in [name for name in self.errors if name not in kept]:
            del self.errors[name]

    def clean_without(self) -> list[date]:
        """Refuse to leave out more than anybody ticks."""
        days: list[date] = self.cleaned_data["without"]
        if len(days) > MOST_LEFT_OUT:
            raise ValidationError(_("These are too many days to leave out. Please choose another rule."))
        return days

    def clean(self) -> dict[str, Any]:
        """Make the rule of what was chosen."""
        data = super().clean() or self.cleaned_data
        for name in self._others():
            # What is not asked for now stands unseen in the page: nobody could mend it there.
            self.errors.pop(name, None)
        pattern = self._pattern(data)
        if pattern is None or not data.get("first") or {*BOUNDS} & {*self.errors}:
            return data
        wanted, _sign, otherwise = (data["gives_way"] or ANY_DAY).partition(":")
        out = [
            day
            for day in data.get("without") or ()
            if FIRST_YEAR <= day.year <= LAST_YEAR and pattern.falls_on(day)
        ]
        try:
            data["series"] = Series(
                pattern=pattern, begins=data["first"], until=data["last"], times=data["times"],
                wanted=Wanted(wanted), otherwise=Otherwise(otherwise or Otherwise.SKIPPED),
                exceptions=dict.fromkeys(out),
            )  # fmt: skip
        except BadSeries:
            self.add_error("last", _("A rule ends after it begins, and comes at least once."))
        return data

    def _pattern(self, data: dict[str, Any]) -> Pattern | None:
        """Return on which days it comes; where none was chosen, that is said at the field that names them."""
        way = self.way
        if {*FIELDS[way], "first", "comes"} & {*self.errors}:
            return None
        try:
            return self._made(way, data)
        except BadPattern:
            self.add_error(FIELDS[way][0], NO_DAYS)
            return None

    def _made(self, way: str, data: dict[str, Any]) -> Pattern:
        months = frozenset(data.get("months") or ())
        match way:
            case "week":
                return DaysOfWeek(frozenset(data["weekdays"]), since=data["first"], every=data["every"] or 1)
            case "nth_weekday":
                return WeekdaysOfMonth(data["weekday"], frozenset(data["nths"]), months)
            case "month":
                return DaysOfMonth(frozenset(data["days"]), months)
            case "lunar":
                return LunarDays(frozenset(data["lunar_days"]))
            case "market":
                return LunarDays(market_days(data["endings"]))
            case "feasts":
                return Festivals(frozenset(map(Festival, data["feasts"])))
            case "terms":
                return Terms(frozenset(map(Term, data["terms"])))
        return self._named[data["named"]].falls

    def series(self) -> Series | None:
        """Return the rule as far as it was told: nothing where it is not whole."""
        found: Series | None = self.cleaned_data.get("series") if self.is_bound else None
        return found

    def rule(self) -> Rule:
        """Return the rule of a valid form as operations take it."""
        data, series = self.cleaned_data, self.cleaned_data["series"]
        return Rule(
            pattern=series.pattern, first=series.begins, last=series.until, times=series.times, wanted=series.wanted,
            otherwise=series.otherwise, exceptions=series.exceptions, begins_at=data["begins"], ends_at=data["ends"],
        )  # fmt: skip

    def span(self) -> Span:
        """Return the hours of the first day, which stand for those of every day."""
        data = self.cleaned_data
        return span_on(data["first"], data["begins"], data["ends"], BUSINESS_ZONE)


def _told(numbers: Sequence[int], words: Callable[[int], str]) -> Choices:
    return [(str(number), words(number)) for number in numbers]
