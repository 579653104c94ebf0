"""What residents and staff enter about rooms and bookings."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sidan.bookings.enums import MOST_SEATS, Kit, Purpose
from sidan.bookings.models import Room
from sidan.bookings.operations import NewRoom, Wanted
from sidan.bookings.policies import BadHours, OpenPart, Span, read_hours, written_hours
from sidan.bookings.queries import day_near
from sidan.core.clock import BUSINESS_ZONE
from sidan.core.errors import Invalid
from sidan.core.inputs import CleanCharField
from sidan.core.moments import time_words, weekday_words
from sidan.core.phones import normalise_phone
from sidan.people.organisations import OrganisationForm
from sidan.places.models import Place
from sidan.places.pickers import PlaceField, choose_among

DAYS: Final = range(7)
SIZES: Final = (10, 20, 30, 50, 100, 200)
"""For how many people a room is looked for."""
WEEKDAY_FIELDS: Final = tuple(f"hours_{day}" for day in DAYS)


class Clock(forms.TimeField):
    """A time of day, typed or chosen."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TimeInput(format="%H:%M", attrs={"type": "time"}))
        super().__init__(input_formats=["%H:%M"], **kwargs)


class BookingForm(OrganisationForm):
    """For how many, what for, in whose name, and whom to call."""

    begins = Clock(label=pgettext_lazy("of a booking", "From"))
    ends = Clock(label=pgettext_lazy("of a booking", "To"))
    people = forms.IntegerField(label=_("How many people?"), min_value=1, max_value=MOST_SEATS)
    purpose = forms.ChoiceField(
        label=_("What is the room for?"), choices=Purpose.choices, widget=forms.RadioSelect(attrs={"class": "chips"})
    )  # fmt: skip
    words = CleanCharField(
        label=_("What should the office know?"), max_length=500, lines="many", required=False,
        help_text=_("Only you and those who run the room read this."),
    )  # fmt: skip
    contact_phone = CleanCharField(label=_("Telephone"), max_length=30, required=False)

    field_order: Sequence[str] = ("begins", "ends", "people", "purpose", "contact_phone", "words")

    def __init__(self, *args: Any, room: Room, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].help_text = gettext("The room takes %(seats)s.") % {"seats": room.seats}
        self.fields["words"].widget.attrs |= {"rows": 3}
        self.fields["contact_phone"].widget.attrs |= {"inputmode": "tel", "autocomplete": "tel"}

    def clean_contact_phone(self) -> str:
        """Return the digits of a number that can be called, if one was given."""
        typed = str(self.cleaned_data["contact_phone"])
        try:
            return normalise_phone(typed) if typed else ""
        except Invalid as bad:
            raise ValidationError(str(bad)) from bad

    def wanted(self) -> Wanted:
        """Return what a valid form holds as operations take it."""
        data = self.cleaned_data
        return Wanted(
            people=data["people"], purpose=data["purpose"], words=data["words"],
            contact_phone=data["contact_phone"], organisation=self.organisation,
        )  # fmt: skip


class AskForm(BookingForm):
    """A room asked for: from and to among the half hours that are free on the day."""

    def __init__(
        self, *args: Any, begins: Sequence[datetime], ends: Sequence[datetime], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        phone = self.fields["contact_phone"]
        phone.required, phone.help_text = True, _("The office calls this number when something changes.")
        for name, offered in (("begins", begins), ("ends", ends)):
            self.fields[name].widget = forms.Select(choices=self._choices(name, offered))

    def _choices(self, name: str, offered: Sequence[datetime]) -> list[tuple[str, str]]:
        """Return the times on offer; what was typed stays to be seen, also where it was taken meanwhile."""
        choices = [(f"{at:%H:%M}", time_words(at.astimezone(BUSINESS_ZONE))) for at in offered]
        typed = str(self.data.get(name, ""))
        if not typed or typed in dict(choices):
            return choices
        try:
            told = time_words(time.fromisoformat(typed))
        except ValueError:
            return choices
        return [(typed, gettext("%(time)s (taken)") % {"time": told}), *choices]

    def span(self, day: date) -> Span:
        """Return from when to when on a day."""
        return _span(day, self.cleaned_data["begins"], self.cleaned_data["ends"], last=day)


class HoldForm(BookingForm):
    """A room held straight away by who runs it, at any hour; until the next day where it ends before it begins."""

    day = forms.DateField(label=_("Day"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))

    field_order = ("day", *BookingForm.field_order)

    def span(self) -> Span:
        """Return from when to when."""
        data = self.cleaned_data
        runs_over = data["ends"] <= data["begins"]
        last = data["day"] + timedelta(days=1) if runs_over else data["day"]
        return _span(data["day"], data["begins"], data["ends"], last=last)


def _span(day: date, begins: time, ends: time, *, last: date) -> Span:
    return Span(datetime.combine(day, begins, BUSINESS_ZONE), datetime.combine(last, ends, BUSINESS_ZONE))


class RoomForm(forms.Form):
    """What is known of a room, with its hours a line a weekday."""

    name = CleanCharField(label=_("Name of the room"), max_length=40)
    name_en = CleanCharField(label=_("The same in English"), max_length=80, required=False)
    seats = forms.IntegerField(
        label=_("How many people fit in"), min_value=1, max_value=MOST_SEATS,
        help_text=_("As the rules of fire safety allow."),
    )  # fmt: skip
    kit = forms.MultipleChoiceField(
        label=_("What stands in it"), choices=Kit.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    about = CleanCharField(
        label=_("Where it is, who has the key"), max_length=300, lines="many", required=False,
        help_text=_("Everybody reads this."),
    )  # fmt: skip
    is_shut_on_days_off = forms.BooleanField(label=_("Shut on days off and holidays"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["about"].widget.attrs |= {"rows": 3}
        for name, weekday in zip(WEEKDAY_FIELDS, weekday_words(), strict=True):
            self.fields[name] = CleanCharField(label=weekday, max_length=60, required=False)

    def hours_fields(self) -> list[Any]:
        """Return the fields of the week, which stand together on the page."""
        return [self[name] for name in WEEKDAY_FIELDS]

    def told(self) -> NewRoom:
        """Return what a valid form holds as operations take it."""
        data = {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in {"place", "hours", *WEEKDAY_FIELDS}
        }
        return NewRoom(**data, hours=self.cleaned_data["hours"])

    def clean(self) -> dict[str, Any]:
        """Read the hours of each weekday, and say at its field what cannot be read."""
        data = super().clean() or {}
        hours: list[OpenPart] = []
        for day, name in enumerate(WEEKDAY_FIELDS):
            try:
                hours += [OpenPart(day, *part) for part in read_hours(data.get(name, ""))]
            except BadHours:
                self.add_error(name, _("Please write the hours as 8:30-12:00, 14:00-17:30."))
        return {**data, "hours": hours}

    @staticmethod
    def typed_hours(parts: Sequence[OpenPart]) -> dict[str, str]:
        """Return what stands in the fields of the week for a room that has hours already."""
        return {
            name: written_hours((part.opens, part.shuts) for part in parts if part.weekday == day)
            for day, name in enumerate(WEEKDAY_FIELDS)
        }


class NewRoomForm(RoomForm):
    """A new room, and of which place."""

    place = PlaceField(label=_("Place"))

    def __init__(self, *args: Any, places: QuerySet[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_among(self, "place", places)
        self.order_fields(["place"])


class NoteForm(forms.Form):
    """A word beside a yes."""

    words = CleanCharField(
        label=_("A word with it"), max_length=300, lines="many", required=False,
        help_text=_("For example who has the key. The person reads it."),
    )  # fmt: skip


class WhyForm(forms.Form):
    """Why not."""

    words = CleanCharField(
        label=_("Why?"), max_length=300, lines="many", help_text=_("The person reads it: say also what they can do.")
    )  # fmt: skip


class CancelForm(forms.Form):
    """One's own booking is cancelled; a word may be left out."""

    words = CleanCharField(label=_("Why?"), max_length=300, lines="many", required=False)


class RoomSearch(forms.Form):
    """What stands in the address of the rooms near; what cannot be understood filters nothing."""

    q = CleanCharField(max_length=60, required=False)
    seats = forms.IntegerField(min_value=1, max_value=MOST_SEATS, required=False)


class DaySearch(forms.Form):
    """Which day is asked for, and from when; what cannot be understood is today."""

    day = forms.DateField(input_formats=["%Y-%m-%d"], required=False)
    begins = Clock(required=False)

    def chosen_day(self, at: datetime) -> date:
        """Return the day, within a year of today."""
        self.is_valid()
        return day_near(day=self.cleaned_data.get("day"), at=at)
