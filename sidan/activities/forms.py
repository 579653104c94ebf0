"""What staff enter about activities, and what visitors look for."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sidan.activities.enums import MOST_SEATS, OLDEST, ActivityKind, Insurance, Platform, Task
from sidan.activities.models import Activity, ActivityText
from sidan.activities.operations import Plan
from sidan.bookings.models import Room
from sidan.bookings.policies import Span
from sidan.catalogue.enums import Audience
from sidan.core.clock import BUSINESS_ZONE
from sidan.core.inputs import CleanCharField, OneOfField
from sidan.core.lunar import FIRST_YEAR, LAST_YEAR
from sidan.people.models import Person, Team
from sidan.places.coordinates import Point
from sidan.places.enums import CoordinateSystem
from sidan.places.models import Place
from sidan.places.pickers import PlaceField, choose_among

_DAY: Final = "%Y-%m-%d"
_MOMENT: Final = "%Y-%m-%dT%H:%M"


def day_field(**kwargs: Any) -> forms.DateField:
    widget = forms.DateInput(format=_DAY, attrs={"type": "date"})
    return forms.DateField(widget=widget, input_formats=[_DAY], validators=[_within_the_calendar], **kwargs)


def _within_the_calendar(day: date) -> None:
    """Refuse a year that nobody plans for."""
    if not FIRST_YEAR <= day.year < LAST_YEAR:
        raise ValidationError(_("Please choose a day of this year or the next."))


def _clock(label: Any) -> forms.TimeField:
    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    return forms.TimeField(label=label, widget=widget, input_formats=["%H:%M"])


class SpotForm(forms.Form):
    """When and where."""

    day = day_field(label=_("Day"))
    begins = _clock(pgettext_lazy("of an activity", "From"))
    ends = _clock(pgettext_lazy("of an activity", "To"))
    last_day = day_field(
        label=_("Last day"), required=False, help_text=_("Only where it lasts for several days.")
    )
    venue = CleanCharField(
        label=pgettext_lazy("of an activity", "Where"), max_length=80, required=False,
        help_text=_("As people find it: “Culture square, beside the stage”. With a room its name is enough."),
    )  # fmt: skip
    room = OneOfField(label=_("Hold a room"))

    def offer_rooms(self, rooms: Sequence[Room]) -> None:
        """Let one of these rooms be held."""
        told = ((room.uuid, f"{room.place.shown_short} · {room.shown_name}", room) for room in rooms)
        self.fields["room"].offer(told, none=_("No room"))  # type: ignore[attr-defined] # the field above

    def span(self) -> Span:
        """Return from when to when; until the next day where it ends before it begins."""
        data = self.cleaned_data
        runs_over = not data["last_day"] and data["ends"] <= data["begins"]
        last = data["last_day"] or data["day"] + timedelta(days=1 if runs_over else 0)
        return Span(_moment(data["day"], data["begins"]), _moment(last, data["ends"]))

    @staticmethod
    def known_spot(activity: Activity) -> dict[str, Any]:
        """Return what stands in the form for an activity that is there already."""
        begins, ends = (moment.astimezone(BUSINESS_ZONE) for moment in activity.span)
        runs_over = ends.date() == begins.date() + timedelta(days=1) and ends.time() <= begins.time()
        return {
            "day": begins.date(), "begins": begins.time(), "ends": ends.time(), "venue": activity.venue,
            "last_day": None if runs_over or ends.date() == begins.date() else ends.date(),
            "room": str(activity.booking.room.uuid) if activity.booking else "",
        }  # fmt: skip


class ActivityForm(SpotForm):
    """All that is known of an activity before it is announced."""

    kind = forms.ChoiceField(
        label=_("Kind"), choices=ActivityKind.choices, initial=ActivityKind.ACTIVITY,
        widget=forms.RadioSelect(attrs={"class": "chips"}),
    )  # fmt: skip
    title = CleanCharField(label=pgettext_lazy("of an activity", "Title"), max_length=60)
    title_en = CleanCharField(label=_("The same in English"), max_length=120, required=False)
    task = forms.ChoiceField(label=_("Which of the five tasks"), choices=Task.choices)
    platform = forms.ChoiceField(
        label=_("Which of the five platforms"), required=False,
        choices=[("", pgettext_lazy("platform", "None of them")), *Platform.choices],
    )  # fmt: skip
    team = OneOfField(label=_("Which team organises it"))
    lead = OneOfField(label=_("Who answers for it"))
    lecturer = CleanCharField(
        label=_("Who speaks or teaches"), max_length=40, required=False, help_text=_("Everybody reads the name.")
    )  # fmt: skip
    audience = forms.MultipleChoiceField(
        label=pgettext_lazy("activity", "For whom"), choices=Audience.choices,
        widget=forms.CheckboxSelectMultiple, required=False, help_text=_("None chosen: for everybody."),
    )  # fmt: skip
    youngest = forms.IntegerField(label=_("From which age"), min_value=0, max_value=OLDEST, required=False)
    oldest = forms.IntegerField(label=_("Up to which age"), min_value=0, max_value=OLDEST, required=False)
    seats = forms.IntegerField(
        label=pgettext_lazy("of an activity", "For how many people"), min_value=1, max_value=MOST_SEATS, required=False,
        help_text=_("Empty: for whoever comes."),
    )  # fmt: skip
    signup_from = forms.DateTimeField(
        label=_("People can come in from"), required=False, input_formats=[_MOMENT],
        widget=forms.DateTimeInput(format=_MOMENT, attrs={"type": "datetime-local"}),
        help_text=_("Empty: as soon as it is announced."),
    )  # fmt: skip
    about = CleanCharField(
        label=pgettext_lazy("of an activity", "What it is about"),
        max_length=2000,
        lines="many",
        required=False,
    )
    about_en = CleanCharField(label=_("The same in English"), max_length=4000, lines="many", required=False)
    bring = CleanCharField(label=_("What to bring"), max_length=200, required=False)
    risks = CleanCharField(
        label=_("What could happen"), max_length=300, lines="many", required=False,
        help_text=_("In plain words, for who comes and who helps: “The floor is wet”. Needed before it is announced."),
    )  # fmt: skip
    is_dangerous = forms.BooleanField(label=_("Somebody could get hurt"), required=False)
    insurance = forms.ChoiceField(
        label=_("Insurance of those who help"), choices=Insurance.choices, initial=Insurance.NOT_NEEDED
    )
    coordinate_system = forms.ChoiceField(
        label=_("System of coordinates"), required=False, choices=[("", _("No point yet")), *CoordinateSystem.choices]
    )  # fmt: skip
    longitude = forms.FloatField(label=_("Longitude"), min_value=-180, max_value=180, required=False)
    latitude = forms.FloatField(label=_("Latitude"), min_value=-90, max_value=90, required=False)

    def __init__(
        self, *args: Any, teams: Sequence[Team], leads: Sequence[Person], rooms: Sequence[Room], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        team, lead = self.fields["team"], self.fields["lead"]
        assert isinstance(team, OneOfField)
        assert isinstance(lead, OneOfField)
        team.offer(((row.uuid, row.name, row) for row in teams), none=_("The place itself"))
        lead.offer(((row.uuid, row.name, row) for row in leads), none=_("I do"))
        self.offer_rooms(rooms)
        for name, rows in (("about", 5), ("about_en", 4), ("risks", 2)):
            self.fields[name].widget.attrs |= {"rows": rows}

    def clean(self) -> dict[str, Any]:
        """Refuse half a point: it would be measured wrongly."""
        data = super().clean() or self.cleaned_data
        given = [data.get(name) not in (None, "") for name in ("coordinate_system", "longitude", "latitude")]
        if any(given) and not all(given) and not self.errors:
            problem = _("A point needs longitude, latitude and its system, all three or none.")
            self.add_error("coordinate_system", ValidationError(problem))
        return data

    def plan(self) -> Plan:
        """Return what a valid form holds as operations take it."""
        data = self.cleaned_data
        system = data["coordinate_system"]
        told = {name: data[name] for name in _SAME}
        return Plan(
            **told, span=self.span(), point=Point(data["longitude"], data["latitude"], system) if system else None,
            signup_from=data.get("signup_from"),
        )  # fmt: skip

    @classmethod
    def known(cls, activity: Activity, text: ActivityText | None) -> dict[str, Any]:
        """Return what stands in the form for a draft."""
        known = {name: getattr(activity, name) for name in _COLUMNS}
        return known | cls.known_spot(activity) | {
            "team": str(activity.team.uuid) if activity.team else "", "lead": str(activity.lead.uuid),
            "signup_from": activity.signup_from,
            "about": text.about if text else "", "about_en": text.about_en if text else "",
            "bring": text.bring if text else "",
        }  # fmt: skip


_COLUMNS: Final = (
    "kind", "title", "title_en", "task", "platform", "lecturer", "audience", "youngest", "oldest", "seats", "risks",
    "is_dangerous", "insurance", "coordinate_system", "longitude", "latitude",
)  # fmt: skip
_SAME: Final = (
    "kind", "title", "title_en", "task", "platform", "team", "lead", "lecturer", "audience", "youngest", "oldest",
    "seats", "venue", "room", "about", "about_en", "bring", "risks", "is_dangerous", "insurance",
)  # fmt: skip


class NewActivityForm(ActivityForm):
    """A new activity, and of which place."""

    place = PlaceField(label=_("Whose activity it is"))

    def __init__(self, *args: Any, places: QuerySet[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_among(self, "place", places)
        self.order_fields(["place"])


class ChangeForm(SpotForm):
    """Another time or another spot for what is announced."""

    words = CleanCharField(
        label=pgettext_lazy("change of an activity", "Why?"), max_length=300, lines="many", required=False,
        help_text=_("Everybody who looks at it reads this."),
    )  # fmt: skip

    def __init__(self, *args: Any, rooms: Sequence[Room], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_rooms(rooms)
        self.fields["words"].widget.attrs |= {"rows": 3}


class BackForm(forms.Form):
    """Why it is sent back."""

    words = CleanCharField(
        label=_("What should be different?"), max_length=300, lines="many", help_text=_("Who prepared it reads this.")
    )  # fmt: skip


class CancelForm(forms.Form):
    """Why it is called off."""

    words = CleanCharField(
        label=pgettext_lazy("activity called off", "Why?"), max_length=300, lines="many",
        help_text=_("Everybody reads this on the page of the activity. Say also whether there will be another day."),
    )  # fmt: skip


class AddDayForm(forms.Form):
    """On which day it is held once more."""

    day = day_field(label=_("Day"))


class EndSeriesForm(AddDayForm):
    """From which day on it is held no more, and why."""

    day = day_field(label=_("Held no more from this day on"))
    words = CleanCharField(
        label=pgettext_lazy("activity called off", "Why?"), max_length=300, lines="many",
        help_text=_("Everybody reads this on the pages of what is called off."),
    )  # fmt: skip


class SkipDayForm(forms.Form):
    """Which time is left out, and why."""

    of = forms.DateField(label=_("Which time"), input_formats=[_DAY])
    words = CleanCharField(
        label=pgettext_lazy("activity called off", "Why?"), max_length=300, lines="many",
        help_text=_("Everybody reads this on the page of the activity."),
    )  # fmt: skip

    def __init__(self, *args: Any, times: Sequence[tuple[date, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["of"].widget = forms.Select(choices=[(f"{of:%Y-%m-%d}", words) for of, words in times])
        self.fields["words"].widget.attrs |= {"rows": 3}


class UndoDayForm(SkipDayForm):
    """About which day a decision is taken back."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].required = False
        self.fields["words"].help_text = _(
            "Needed where it was held once more: that one is called off with it."
        )


class MoveDayForm(SkipDayForm):
    """Which time is held on which day instead."""

    day = day_field(label=_("On which day instead"))
    field_order = ("of", "day", "words")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].required = False


def _moment(day: date, at: time) -> datetime:
    return datetime.combine(day, at, BUSINESS_ZONE)
