"""What mediators enter."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sidan.core.errors import Invalid
from sidan.core.inputs import CleanCharField
from sidan.core.phones import normalise_phone
from sidan.mediation.enums import Dispute, Kept
from sidan.orders.hearing import HearingForm
from sidan.people.models import Person
from sidan.places.models import Place

LOCAL_MOMENT = "%Y-%m-%dT%H:%M"


def _day() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def _moment() -> forms.DateTimeInput:
    return forms.DateTimeInput(format=LOCAL_MOMENT, attrs={"type": "datetime-local"})


class HeardForm(HearingForm):
    """What a mediator writes down: where it speaks of danger to life, they are to make sure that help was called."""

    is_of_staff = True


class NewCaseForm(HeardForm):
    """Two parties and what it is about."""

    place = forms.UUIDField(label=_("Village or community"))
    dispute = forms.ChoiceField(
        label=_("What is it about?"), choices=Dispute.choices, widget=forms.RadioSelect(attrs={"class": "chips"})
    )  # fmt: skip
    taken_on = forms.DateField(
        label=_("Day taken on"), widget=_day(),
        help_text=_("An earlier one, where you write the case down afterwards."),
    )  # fmt: skip
    first_name = CleanCharField(label=_("First party: name"), max_length=60)
    first_phone = CleanCharField(label=_("First party: telephone"), max_length=30, required=False)
    first_address = CleanCharField(label=_("First party: address"), max_length=200, required=False)
    second_name = CleanCharField(label=_("Second party: name"), max_length=60)
    second_phone = CleanCharField(label=_("Second party: telephone"), max_length=30, required=False)
    second_address = CleanCharField(label=_("Second party: address"), max_length=200, required=False)
    words = CleanCharField(
        label=_("What happened, in the words of both"), max_length=3000, lines="many",
        help_text=_("Kept encrypted; only you and the director of the place can read it."),
    )  # fmt: skip

    def __init__(self, *args: Any, places: list[Place], today: date, **kwargs: Any) -> None:
        """`places` are those where the actor may open a case; most are written down on the day."""
        super().__init__(*args, **kwargs)
        self.fields["taken_on"].initial = today
        self._places = {place.uuid: place for place in places}
        choices = [(str(place.uuid), place.shown_choice) for place in places]
        self.fields["place"].widget = forms.Select(choices=choices)
        for name in ("first_phone", "second_phone"):
            self.fields[name].widget.attrs |= {"inputmode": "tel", "autocomplete": "off"}

    def _phone(self, name: str) -> str:
        typed = str(self.cleaned_data[name])
        try:
            return normalise_phone(typed) if typed else ""
        except Invalid as bad:
            raise ValidationError(str(bad)) from bad

    def clean_first_phone(self) -> str:
        return self._phone("first_phone")

    def clean_second_phone(self) -> str:
        return self._phone("second_phone")

    def clean_place(self) -> Place:
        place = self._places.get(self.cleaned_data["place"])
        if place is None:
            raise ValidationError(_("Please choose one of the list."))
        return place


class SittingForm(forms.Form):
    """When and where the parties meet."""

    planned_at = forms.DateTimeField(label=_("Day and time"), widget=_moment())
    where = CleanCharField(label=_("Where?"), max_length=100, required=False)


class MinutesForm(HeardForm):
    """What was said at a sitting."""

    listened = ("minutes",)
    minutes = CleanCharField(label=pgettext_lazy("of a sitting", "Minutes"), max_length=5000, lines="many")


class HeldSittingForm(MinutesForm):
    """A sitting that was held without having been planned here."""

    held_at = forms.DateTimeField(label=_("Day and time"), widget=_moment())
    where = CleanCharField(label=_("Where?"), max_length=100, required=False)
    field_order = ("held_at", "where", "minutes")


class AgreementForm(forms.Form):
    """What the parties agreed on."""

    terms = CleanCharField(
        label=_("What both agree on"), max_length=5000, lines="many",
        help_text=_("One point a line. It is printed as you write it."),
    )  # fmt: skip
    agreed_on = forms.DateField(label=_("Day of the agreement"), widget=_day())
    first_follow_up = forms.DateField(
        label=_("First follow-up"), widget=_day(), required=False,
        help_text=_("On this day you are reminded to ask whether it is kept."),
    )  # fmt: skip
    second_follow_up = forms.DateField(label=_("Second follow-up"), widget=_day(), required=False)

    def __init__(self, *args: Any, today: date | None = None, **kwargs: Any) -> None:
        """`today` fills the usual days into an empty form: now, in a month and in three."""
        super().__init__(*args, **kwargs)
        if today is not None:
            self.fields["agreed_on"].initial = today
            self.fields["first_follow_up"].initial = today + timedelta(days=30)
            self.fields["second_follow_up"].initial = today + timedelta(days=90)

    def clean(self) -> dict[str, Any]:
        """Gather the days that were filled in as `follow_ups`."""
        data: dict[str, Any] = super().clean() or {}
        days = [data.pop(name, None) for name in ("first_follow_up", "second_follow_up")]
        return data | {"follow_ups": [day for day in days if day]}


class EndForm(HeardForm):
    """Why a case ends, or is taken up again."""

    words = CleanCharField(label=_("A word about it"), max_length=500, lines="many", required=False)


class FollowUpForm(forms.Form):
    """One more day on which one asks."""

    due_on = forms.DateField(label=pgettext_lazy("follow-up", "Day"), widget=_day())


class FoundForm(HeardForm):
    """What a follow-up found."""

    found = forms.ChoiceField(
        label=_("Is the agreement kept?"), choices=Kept.choices, widget=forms.RadioSelect(attrs={"class": "chips"})
    )  # fmt: skip
    words = CleanCharField(label=_("A word about it"), max_length=500, lines="many", required=False)

    def __init__(self, *args: Any, is_due: bool = True, **kwargs: Any) -> None:
        """Before its day it can only be told that the agreement is not kept."""
        super().__init__(*args, **kwargs)
        if not is_due:
            self.fields["found"].widget.choices = [(Kept.BROKEN.value, Kept.BROKEN.label)]
            self.fields["found"].initial = Kept.BROKEN


class HandOverForm(forms.Form):
    """Who leads the case from now on."""

    person = forms.UUIDField(label=_("New mediator"))

    def __init__(self, *args: Any, people: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].widget = forms.Select(choices=[(str(one.uuid), one.name) for one in people])
