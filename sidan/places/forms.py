"""What the console's pages of places are told; operations check all of it again."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from sidan.core.inputs import CleanCharField
from sidan.places.coordinates import Point
from sidan.places.enums import CoordinateSystem, DayKind, PlaceKind, PlaceState, Setting
from sidan.places.models import Place
from sidan.places.operations import PlaceFacts
from sidan.places.operations.working_days import FIRST_YEAR, LAST_YEAR, DayTooFar
from sidan.places.pickers import COUNTIES, PlaceField, choose_among
from sidan.places.policies import kinds_under

ANY = ("", "")


class PlaceSearch(forms.Form):
    """The filters of the list."""

    q = CleanCharField(max_length=60, required=False)
    kind = forms.ChoiceField(choices=[ANY, *PlaceKind.choices], required=False)
    state = forms.ChoiceField(choices=[ANY, *PlaceState.choices], required=False)
    under = forms.UUIDField(required=False)
    cursor = forms.CharField(max_length=1000, required=False)


class DayField(forms.DateField):
    """A day; today when it is left empty."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, required=False, help_text=_("Today, if left empty."), **kwargs)


class PickSearch(forms.Form):
    """What is typed into the field of a place, and the places under which it is searched."""

    q = CleanCharField(max_length=60, required=False)
    under = forms.CharField(max_length=37 * COUNTIES, required=False)

    def clean_under(self) -> list[UUID]:
        """Return the public ids, which come with commas between them."""
        try:
            return [UUID(part) for part in self.cleaned_data["under"].split(",") if part]
        except ValueError:
            raise forms.ValidationError(_("These are not ids of places."), code="invalid") from None


class NameForm(forms.Form):
    """The names of a place."""

    name = CleanCharField(max_length=80, label=_("Official name"), help_text=_("As on the sign at the door."))
    short_name = CleanCharField(
        max_length=40, required=False, label=_("Short name"),
        help_text=_("What people call it. Left empty, it is taken from the official name."),
    )  # fmt: skip
    name_en = CleanCharField(max_length=120, required=False, label=_("Name in English"))
    on = DayField(label=_("From which day"))


class OpenForm(NameForm):
    """A new place under a parent."""

    kind = forms.ChoiceField(label=_("Kind"))
    setting = forms.ChoiceField(choices=Setting.choices, label=_("Where it stands"), initial=Setting.OTHER)
    field_order = ("kind", "name", "short_name", "name_en", "setting", "on")

    def __init__(self, *args: Any, parent: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = kinds_under(parent.kind)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(kind, PlaceKind(kind).label) for kind in kinds]


class PointForm(forms.Form):
    """A point with the system it was measured in, or none."""

    coordinate_system = forms.ChoiceField(
        choices=[("", _("No point yet")), *CoordinateSystem.choices], required=False, label=_("System of coordinates"),
        help_text=_("WGS-84 from a receiver, GCJ-02 from Gaode or Tencent, BD-09 from Baidu."),
    )  # fmt: skip
    longitude = forms.FloatField(min_value=-180, max_value=180, required=False, label=_("Longitude"))
    latitude = forms.FloatField(min_value=-90, max_value=90, required=False, label=_("Latitude"))

    def clean(self) -> dict[str, Any]:
        """Refuse a half point: it would be measured wrongly."""
        data: dict[str, Any] = self.cleaned_data
        parts = [data.get("coordinate_system") or None, data.get("longitude"), data.get("latitude")]
        given = [part is not None for part in parts]
        if any(given) and not all(given) and not self.errors:
            self.add_error(
                "coordinate_system", _("A point needs longitude, latitude and its system, all three or none.")
            )
        return data

    def point(self) -> Point | None:
        """Return the point of a valid form."""
        data = self.cleaned_data
        if not data["coordinate_system"]:
            return None
        return Point(data["longitude"], data["latitude"], data["coordinate_system"])


class FactsForm(PointForm):
    """Address, telephone, hours and point of a place."""

    address = CleanCharField(max_length=200, required=False, label=_("Address"))
    phone = CleanCharField(
        max_length=30,
        required=False,
        label=_("Telephone of the office"),
        help_text=_("It is shown to everybody."),
    )
    opening_hours = CleanCharField(
        max_length=200, required=False, label=_("Opening hours"),
        help_text=_("As people read them: “Monday to Saturday 8:30–21:00”."),
    )  # fmt: skip
    setting = forms.ChoiceField(choices=Setting.choices, label=_("Where it stands"))
    field_order = (
        "address", "phone", "opening_hours", "setting", "coordinate_system", "longitude", "latitude",
    )  # fmt: skip

    def facts(self, *, sort_code: str) -> PlaceFacts:
        """Return what was told, for the operation."""
        data = self.cleaned_data
        return PlaceFacts(
            address=data["address"], phone=data["phone"], opening_hours=data["opening_hours"], point=self.point(),
            setting=data["setting"], sort_code=sort_code,
        )  # fmt: skip


class MoveForm(forms.Form):
    """Where a place shall stand."""

    parent = PlaceField(label=_("Under which place it shall stand"), empty_label=None)
    on = DayField(label=_("From which day"))

    def __init__(self, *args: Any, choices: "QuerySet[Place]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_among(self, "parent", choices)


class CloseForm(forms.Form):
    """When a place closes."""

    on = DayField(label=_("From which day"))


class PhotoForm(forms.Form):
    """A picture of a place."""

    picture = forms.FileField(
        label=_("Picture"), widget=forms.ClearableFileInput(attrs={"accept": "image/*"}),
        help_text=_("The house, the room, the people in front of it only if they agreed."),
    )  # fmt: skip


class CalendarSearch(forms.Form):
    """Which year of the calendar, and which day is open; what cannot be understood is today's."""

    year = forms.IntegerField(min_value=FIRST_YEAR, max_value=LAST_YEAR, required=False)
    day = forms.DateField(required=False)

    def told(self, *, today: date) -> tuple[int, date | None]:
        """Return the year and the open day."""
        self.is_valid()
        day = self.cleaned_data.get("day")
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            day = None
        return self.cleaned_data.get("year") or (day or today).year, day


class DayForm(forms.Form):
    """What a place says of a day."""

    day = forms.DateField(
        label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=_("On this day"), choices=DayKind.choices, widget=forms.RadioSelect(attrs={"class": "chips"}),
    )  # fmt: skip
    reason = CleanCharField(
        max_length=200, label=_("Reason"), help_text=_("For example: snow, a county fair, a notice by its number."),
    )  # fmt: skip

    def clean_day(self) -> date:
        """Refuse a day outside the calendar here: the page of its year could not be shown."""
        day: date = self.cleaned_data["day"]
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValidationError(str(DayTooFar(first=FIRST_YEAR, last=LAST_YEAR)))
        return day
