"""What staff enter about organisations that take turns in a room."""

from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sidan.bookings.enums import MOST_SEATS, Purpose
from sidan.bookings.forms import Clock
from sidan.bookings.models import Room, TurnTaker
from sidan.bookings.operations import NewTurns
from sidan.core.inputs import CleanCharField
from sidan.core.moments import weekday_words
from sidan.people.enums import OrganisationKind
from sidan.people.policies import Organisation

LONGEST: Final = 2000


def _day(label: Any, **kwargs: Any) -> forms.DateField:
    return forms.DateField(
        label=label, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **kwargs
    )


class TurnsForm(forms.Form):
    """On which weekday, from when to when, and who takes turns: one organisation a line, in order."""

    weekday = forms.TypedChoiceField(
        label=_("On which weekday"), coerce=int, widget=forms.RadioSelect(attrs={"class": "chips"})
    )  # fmt: skip
    begins_at = Clock(label=pgettext_lazy("of a booking", "From"))
    ends_at = Clock(label=pgettext_lazy("of a booking", "To"))
    first = _day(_("From this day on"))
    last = _day(_("Last day"), required=False, help_text=_("Empty: until somebody ends it."))
    kind = forms.ChoiceField(label=_("What kind of organisation?"), choices=OrganisationKind.choices)
    takers = CleanCharField(
        label=pgettext_lazy("in a room", "Who takes turns"), max_length=LONGEST, lines="many",
        help_text=_("One organisation a line, by its public name, in the order in which they come."),
    )  # fmt: skip
    people = forms.IntegerField(label=_("How many people?"), min_value=1, max_value=MOST_SEATS)
    purpose = forms.ChoiceField(
        label=_("What is the room for?"), choices=Purpose.choices, widget=forms.RadioSelect(attrs={"class": "chips"})
    )  # fmt: skip

    def __init__(self, *args: Any, room: Room, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        weekdays = [(str(number), word) for number, word in enumerate(weekday_words())]
        self.fields["weekday"].choices = weekdays  # type: ignore[attr-defined] # a field of choices
        self.fields["people"].max_value = room.seats  # type: ignore[attr-defined] # a field of numbers
        self.fields["takers"].widget.attrs |= {"rows": 5}

    def told(self) -> NewTurns:
        """Return what a valid form holds as operations take it."""
        data = self.cleaned_data
        names = [line.strip() for line in data["takers"].splitlines() if line.strip()]
        return NewTurns(
            weekday=data["weekday"], begins_at=data["begins_at"], ends_at=data["ends_at"], first=data["first"],
            last=data["last"], people=data["people"], purpose=data["purpose"],
            takers=[Organisation(data["kind"], name) for name in names],
        )  # fmt: skip


class TurnDayForm(forms.Form):
    """A day ahead, and why it is left out or given to another of them."""

    day = forms.DateField(widget=forms.HiddenInput)
    words = CleanCharField(
        label=_("Why?"), max_length=300, help_text=_("Stands with the booking that is cancelled.")
    )


class GiveTurnForm(TurnDayForm):
    """Who has the day instead."""

    taker = forms.ModelChoiceField(label=_("Who has it instead"), queryset=TurnTaker.objects.none())
    field_order = ("day", "taker", "words")

    def __init__(self, *args: Any, takers: Iterable[TurnTaker], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        among = TurnTaker.objects.filter(pk__in=[taker.pk for taker in takers])
        self.fields["taker"].queryset = among  # type: ignore[attr-defined] # a field of rows


class EndTurnsForm(forms.Form):
    """Why nobody takes turns any more."""

    words = CleanCharField(
        label=_("Why?"), max_length=300, help_text=_("Stands with the bookings that are cancelled.")
    )
