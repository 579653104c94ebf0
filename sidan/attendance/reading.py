"""Where a telephone says it is, as a form and over the API: the same for each door at which one comes and goes."""

from typing import Annotated, Any, Literal

from django import forms
from django.utils.translation import gettext_lazy as _
from ninja import Field

from sidan.attendance.operations import Reading
from sidan.core.inputs import Input
from sidan.places.coordinates import Point
from sidan.places.enums import CoordinateSystem


class PlaceForm(forms.Form):
    """Where the telephone is, as its browser says; filled in by a script when the button is pressed, never before."""

    longitude = forms.FloatField(min_value=-180, max_value=180, widget=forms.HiddenInput)
    latitude = forms.FloatField(min_value=-90, max_value=90, widget=forms.HiddenInput)
    accuracy = forms.FloatField(min_value=0, max_value=100_000, widget=forms.HiddenInput)
    system = forms.ChoiceField(
        choices=CoordinateSystem.choices, initial=CoordinateSystem.WGS84, widget=forms.HiddenInput
    )

    says_nothing: Any = _("Your telephone did not say where it is. Please use another way.")

    def clean(self) -> dict[str, Any]:
        """Say in one sentence that the place could not be read: the fields are not seen."""
        cleaned = super().clean() or {}
        if any(name in self.errors for name in PlaceForm.base_fields):
            self.errors.clear()
            raise forms.ValidationError(self.says_nothing)
        return cleaned

    @property
    def reading(self) -> Reading:
        """The one reading, once the form is valid."""
        data = self.cleaned_data
        point = Point(longitude=data["longitude"], latitude=data["latitude"], system=data["system"])
        return Reading(point=point, accuracy_m=data["accuracy"])


class ReadingIn(Input):
    """Where a telephone says it is, once."""

    longitude: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
    latitude: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
    accuracy: Annotated[float, Field(ge=0, le=100_000, allow_inf_nan=False)]
    system: Literal["wgs84", "gcj02", "bd09"] = "wgs84"

    def told(self) -> Reading:
        point = Point(longitude=self.longitude, latitude=self.latitude, system=self.system)
        return Reading(point=point, accuracy_m=self.accuracy)
