"""What staff enter about plans."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sidan.activities.enums import ActivityKind, Platform, Task
from sidan.activities.models import Activity, Recurring
from sidan.bookings.policies import Span
from sidan.catalogue.enums import Audience
from sidan.core.clock import BUSINESS_ZONE
from sidan.core.inputs import DAYS_TURNED_ROUND, CleanCharField, OneOfField
from sidan.core.moments import full_date_words
from sidan.people.models import Team
from sidan.places.models import Place
from sidan.places.pickers import PlaceField, choose_among
from sidan.plans.enums import MOST_TIMES, NamedPart, Period
from sidan.plans.models import Plan, PlanLine
from sidan.plans.operations import LineFacts, NewPlan, PlanText, Prepared
from sidan.plans.policies import Days

_DAY: Final = "%Y-%m-%d"


def _day_field(**kwargs: Any) -> forms.DateField:
    widget = forms.DateInput(format=_DAY, attrs={"type": "date"})
    return forms.DateField(widget=widget, input_formats=[_DAY], **kwargs)


def _clock(label: Any) -> forms.TimeField:
    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    return forms.TimeField(label=label, widget=widget, input_formats=["%H:%M"])


class PlanForm(forms.Form):
    """The head of a plan."""

    theme = CleanCharField(
        label=pgettext_lazy("of a plan", "Theme"), max_length=60,
        help_text=_("As it stands above the plan: “Civility practice in Chengbei, 2027”."),
    )  # fmt: skip
    theme_en = CleanCharField(label=_("The same in English"), max_length=120, required=False)
    goals = CleanCharField(
        label=_("What is to be reached"), max_length=500, lines="many", required=False,
        help_text=_("Everybody reads this as soon as the plan is published."),
    )  # fmt: skip

    def text(self) -> PlanText:
        """Return the head as operations take it."""
        data = self.cleaned_data
        return PlanText(theme=data["theme"], theme_en=data["theme_en"], goals=data["goals"])

    @staticmethod
    def known(plan: Plan) -> dict[str, Any]:
        """Return what stands in the form for a plan that is there already."""
        return {"theme": plan.theme, "theme_en": plan.theme_en, "goals": plan.goals}


class NewPlanForm(PlanForm):
    """A new plan: whose, and for which year, month or week."""

    place = PlaceField(label=_("Place"))
    team = forms.ChoiceField(label=_("Of which team"), required=False)
    period = forms.ChoiceField(
        label=_("For how long"), choices=Period.choices, widget=forms.RadioSelect(attrs={"class": "chips"})
    )
    day = _day_field(
        label=_("A day of that year, month or week"),
        help_text=_("The plan is for the whole year, month or week in which this day lies."),
    )
    field_order = ("place", "team", "period", "day", "theme", "theme_en", "goals")

    def __init__(self, *args: Any, places: QuerySet[Place], teams: Sequence[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_among(self, "place", places)
        self._teams = {str(team.uuid): team for team in teams}
        none = ("", str(_("The place itself")))
        self.fields["team"].choices = [none, *((uuid, team.name) for uuid, team in self._teams.items())]  # type: ignore[attr-defined] # the field above

    def new(self) -> NewPlan:
        """Return what a valid form holds as operations take it."""
        data = self.cleaned_data
        return NewPlan(
            period=data["period"], day=data["day"], text=self.text(), team=self._teams.get(data["team"])
        )


class CopyForm(forms.Form):
    """Into which period a plan is copied."""

    day = _day_field(
        label=_("A day of that year, month or week"),
        help_text=_(
            "Each line stands on the same day there: in a month by its number, in a week by its weekday."
        ),
    )


class LineForm(forms.Form):
    """A line of a plan."""

    first_day = _day_field(label=pgettext_lazy("of a line of a plan", "Day"))
    last_day = _day_field(
        label=_("Last day"), required=False,
        help_text=_("Only where it is on several days, or where only the month is known: its first and last day."),
    )  # fmt: skip
    theme = CleanCharField(label=pgettext_lazy("of a line of a plan", "Theme"), max_length=60)
    kind = forms.ChoiceField(label=_("Kind"), choices=ActivityKind.choices, initial=ActivityKind.ACTIVITY)
    task = forms.ChoiceField(label=_("Which of the five tasks"), choices=Task.choices)
    platform = forms.ChoiceField(
        label=_("Which of the five platforms"), required=False,
        choices=[("", pgettext_lazy("platform", "None of them")), *Platform.choices],
    )  # fmt: skip
    audience = forms.MultipleChoiceField(
        label=pgettext_lazy("activity", "For whom"), choices=Audience.choices, widget=forms.CheckboxSelectMultiple,
        required=False, help_text=_("None chosen: for everybody."),
    )  # fmt: skip
    lecturer = CleanCharField(label=_("Who speaks or teaches"), max_length=40, required=False)
    venue = CleanCharField(label=pgettext_lazy("of a line of a plan", "Where"), max_length=80, required=False)
    answers = CleanCharField(
        label=_("Who answers for it"), max_length=40, required=False, help_text=_("Name and post: everybody reads it.")
    )  # fmt: skip
    times = forms.IntegerField(
        label=pgettext_lazy("of a line of a plan", "How many times"), min_value=1, max_value=MOST_TIMES,
        initial=1, required=False, help_text=_("Empty: once."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        first, last = data.get("first_day"), data.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", DAYS_TURNED_ROUND)
        return data

    def facts(self) -> LineFacts:
        """Return what a valid form holds as operations take it."""
        data = self.cleaned_data
        return LineFacts(
            days=Days(data["first_day"], data["last_day"] or data["first_day"]), theme=data["theme"],
            kind=data["kind"], task=data["task"], platform=data["platform"], audience=data["audience"],
            lecturer=data["lecturer"], venue=data["venue"], answers=data["answers"], times=data["times"] or 1,
        )  # fmt: skip

    @staticmethod
    def known(line: PlanLine) -> dict[str, Any]:
        """Return what stands in the form for a line that is there already."""
        names = (
            "first_day",
            "theme",
            "kind",
            "task",
            "platform",
            "audience",
            "lecturer",
            "venue",
            "answers",
            "times",
        )
        told = {name: getattr(line, name) for name in names}
        return {**told, "last_day": line.last_day if line.last_day != line.first_day else None}


class BackForm(forms.Form):
    """Why a plan comes back."""

    words = CleanCharField(label=_("What is to be changed?"), max_length=300, lines="many")


class LeaveOutForm(forms.Form):
    """Why a line is not held."""

    words = CleanCharField(
        label=_("Why is it not held?"),
        max_length=200,
        help_text=_("Everybody who reads the plan reads this."),
    )


class PrepareForm(forms.Form):
    """When a line is held: what its activity needs beyond what the plan says."""

    day = _day_field(label=pgettext_lazy("of a line of a plan", "Day"))
    begins = _clock(pgettext_lazy("of an activity", "From"))
    ends = _clock(pgettext_lazy("of an activity", "To"))
    venue = CleanCharField(
        label=pgettext_lazy("of a line of a plan", "Where"), max_length=80, required=False,
        help_text=_("Empty: as the plan says."),
    )  # fmt: skip

    def prepared(self) -> Prepared:
        """Return when and where; until the next day where it ends before it begins."""
        data = self.cleaned_data
        day: date = data["day"]
        last = day + timedelta(days=1) if data["ends"] <= data["begins"] else day
        return Prepared(
            span=Span(_moment(day, data["begins"]), _moment(last, data["ends"])), venue=data["venue"]
        )


def _moment(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, BUSINESS_ZONE)


class LinkForm(forms.Form):
    """Which activity carries a line out."""

    activity = forms.ChoiceField(label=_("Activity"))

    def __init__(self, *args: Any, activities: Sequence[Activity], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._activities = {str(one.uuid): one for one in activities}
        self.fields["activity"].choices = [(uuid, _told(one)) for uuid, one in self._activities.items()]  # type: ignore[attr-defined] # the field above

    @property
    def has_choices(self) -> bool:
        """Tell whether there is anything to choose."""
        return bool(self._activities)

    def chosen(self) -> Activity:
        """Return the activity that a valid form names."""
        return self._activities[self.cleaned_data["activity"]]


class LinkSeriesForm(forms.Form):
    """What comes again and carries a line out."""

    series = OneOfField(label=pgettext_lazy("of a line of a plan", "What comes again"))

    def __init__(self, *args: Any, rules: Sequence[Recurring], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = ((one.uuid, one.shown_title, one) for one in rules)
        self.fields["series"].offer(told, none=_("Please choose"))  # type: ignore[attr-defined] # the field above
        self.fields["series"].required = True
        self.has_choices = bool(rules)


class EraseNameForm(forms.Form):
    """Which name is taken out."""

    part = forms.ChoiceField(label=_("Which name"), choices=NamedPart.choices)

    def __init__(self, *args: Any, line: PlanLine, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        filled = [(part.value, part.label) for part in NamedPart if getattr(line, part.value)]
        self.fields["part"].choices = filled  # type: ignore[attr-defined] # the field above
        self.has_choices = bool(filled)

    def chosen(self) -> NamedPart:
        """Return what a valid form names."""
        return NamedPart(self.cleaned_data["part"])


def _told(activity: Activity) -> str:
    day = activity.span.begins.astimezone(BUSINESS_ZONE).date()
    return f"{full_date_words(day)} · {activity.shown_title}"


class TableForm(forms.Form):
    """A table that somebody brings along."""

    table = forms.FileField(
        label=_("Excel workbook or CSV"),
        help_text=_("One line of the plan a row; the first row says what is in each column."),
    )  # fmt: skip


class TakeInForm(forms.Form):
    """The table that a preview showed, to be taken in; in place of what stands in the plan, or added to it."""

    rows = forms.JSONField(widget=forms.HiddenInput)
    mode = forms.ChoiceField(
        label=_("What becomes of the lines that are there?"), initial="add",
        choices=[("add", _("They stay; these are added")), ("replace", _("These take their place"))],
        widget=forms.RadioSelect(attrs={"class": "chips"}),
    )  # fmt: skip

    def clean_rows(self) -> list[list[str]]:
        """Return the cells as text; what is no table holds nothing."""
        rows = self.cleaned_data["rows"]
        if not isinstance(rows, list):
            return []
        return [[str(cell) for cell in row] for row in rows if isinstance(row, list)]
