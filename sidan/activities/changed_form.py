"""How what comes again is otherwise from a day on: the form of a new rule, filled with what holds now."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sidan.activities.calendar import (
    DaysOfMonth,
    DaysOfWeek,
    Festivals,
    LunarDays,
    Pattern,
    Series,
    Terms,
    WeekdaysOfMonth,
    endings_of,
    pattern_of,
)
from sidan.activities.forms import day_field
from sidan.activities.models import Recurring
from sidan.activities.queries import named_days
from sidan.activities.series_forms import ANY_DAY, FIELDS, NewSeriesForm
from sidan.core.inputs import CleanCharField
from sidan.places.models import Place

_DETAILS: Final = (
    "task", "platform", "lecturer", "youngest", "oldest", "seats", "risks", "is_dangerous", "insurance", "about",
    "about_en", "bring", "audience", "venue",
)  # fmt: skip
_RULE: Final = frozenset({"comes", "gives_way", "last", "times"}.union(*FIELDS.values()))


class ChangeSeriesForm(NewSeriesForm):
    """A rule as it is from a day on. Its place stays; single days are decided on its own page."""

    first = day_field(label=_("Changed from this day on"))
    seen = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)
    """What its reader was shown of what becomes of the coming days."""
    words = CleanCharField(
        label=pgettext_lazy("change of an activity", "Why?"), max_length=300, lines="many",
        help_text=_("Everybody reads this on the pages of what is called off."),
    )  # fmt: skip

    def __init__(self, *args: Any, recurring: Recurring, **kwargs: Any) -> None:
        self.recurring = recurring
        super().__init__(*args, places=Place.objects.none(), **kwargs)
        del self.fields["place"]
        del self.fields["without"]
        self.fields["words"].widget.attrs |= {"rows": 3}
        self.fields["times"].help_text = _("Counted from that day on; empty: without a number.")

    def clean_without(self) -> list[date]:
        """Leave nothing out: that is decided on the page of the rule."""
        return []

    def clean_first(self) -> date:
        """Refuse a day before the rule begins: nothing would be changed by it but the beginning."""
        day: date = self.cleaned_data["first"]
        if day < self.recurring.first:
            raise ValidationError(
                _("It begins later than that day only. Please choose that day or a later one.")
            )
        return day

    def _made(self, way: str, data: dict[str, Any]) -> Pattern:
        made, before = super()._made(way, data), pattern_of(self.recurring.pattern)
        if isinstance(made, DaysOfWeek) and isinstance(before, DaysOfWeek) and made.every == before.every:
            # Who changes the hour of every second week keeps the weeks in step.
            return replace(made, since=before.since)
        return made

    def changed_words(self) -> list[str]:
        """Return what is other than it was, by the names of the fields."""
        names = [name for name in self.changed_data if name not in {"first", "words", "seen", "place"}]
        is_rule = any(name in _RULE for name in names)
        rest = [str(self.fields[name].label) for name in names if name not in _RULE]
        return [*([str(_("On which days"))] if is_rule else []), *dict.fromkeys(rest)]


def known_of(recurring: Recurring, rest: Series) -> dict[str, Any]:
    """Return what stands in the form: the rule from its next time on, and what each time is made with."""
    details = recurring.details
    point = details.get("point") or (None, None, "")
    return {
        **{name: details.get(name) for name in _DETAILS}, **_days_of(pattern_of(recurring.pattern)),
        "kind": recurring.kind, "title": recurring.title, "title_en": recurring.title_en,
        "team": str(recurring.team.uuid) if recurring.team else "", "lead": str(recurring.lead.uuid),
        "room": str(recurring.room.uuid) if recurring.room else "", "longitude": point[0], "latitude": point[1],
        "coordinate_system": point[2], "begins": recurring.begins_at, "ends": recurring.ends_at,
        "first": rest.begins, "last": rest.until, "times": rest.times,
        "gives_way": ANY_DAY if rest.wanted == "any" else f"{rest.wanted}:{rest.otherwise}",
    }  # fmt: skip


def _days_of(pattern: Pattern) -> Mapping[str, Any]:
    """Return the way and its fields, as somebody would have chosen them."""
    match pattern:
        case DaysOfWeek():
            return {"comes": "week", "weekdays": sorted(pattern.weekdays), "every": pattern.every}
        case WeekdaysOfMonth():
            chosen = {
                "weekday": pattern.weekday,
                "nths": sorted(pattern.nths),
                "months": sorted(pattern.months),
            }
            return {"comes": "nth_weekday", **chosen}
        case DaysOfMonth():
            return {"comes": "month", "days": sorted(pattern.days), "months": sorted(pattern.months)}
        case LunarDays(months=months) if months:
            pass
        case LunarDays() if endings := endings_of(pattern.days):
            return {"comes": "market", "endings": sorted(endings)}
        case LunarDays():
            return {"comes": "lunar", "lunar_days": sorted(pattern.days)}
        case Festivals():
            return {"comes": "feasts", "feasts": sorted(pattern.festivals)}
        case Terms():
            return {"comes": "terms", "terms": sorted(pattern.terms)}
    every = (named for _kind, group in named_days() for named in group)
    return {"comes": "named", "named": next((one.code for one in every if one.falls == pattern), "")}
