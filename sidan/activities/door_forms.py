"""What people enter at the door of an activity: coming and going, what was read, who is written down by hand, heads."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sidan.activities.enums import MOST_SEATS
from sidan.activities.models import HeadCount
from sidan.activities.signing_forms import MOMENT
from sidan.attendance.enums import Direction, HandReason
from sidan.attendance.reading import PlaceForm
from sidan.core.inputs import CleanCharField, DigitsField

WAYS: Final = [
    (Direction.IN.value, pgettext_lazy("at the door", "Comes")),
    (Direction.OUT.value, pgettext_lazy("at the door", "Goes")),
]
REASONS: Final[list[tuple[str, str | Promise]]] = [
    (HandReason.NO_PHONE.value, _("They have no telephone with them")),
    (HandReason.CANNOT_SHOW.value, _("They cannot find or show their code")),
    (HandReason.NO_NETWORK.value, HandReason.NO_NETWORK.label),
    (HandReason.FORGOTTEN.value, _("They forgot to check in or out")),
    (HandReason.OTHER.value, HandReason.OTHER.label),
]
LONGEST_READ: Final = 80


class _DirectionForm(forms.Form):
    """Whether somebody comes or goes."""

    direction = forms.ChoiceField(
        label=_("Comes or goes?"), choices=WAYS, initial=Direction.IN.value,
        widget=forms.RadioSelect(attrs={"class": "chips"}),
    )  # fmt: skip

    def clean_direction(self) -> Direction:
        """Return it as operations take it."""
        return Direction(self.cleaned_data["direction"])


class _HereForm(_DirectionForm):
    """Whether one comes or goes oneself: the page knows it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["direction"].widget = forms.HiddenInput()


class HereForm(_HereForm):
    """The digits of the door, entered by who stands before it."""

    code = DigitsField(
        label=_("The six digits on the screen"), digits=6, wrong=_("Please enter the six digits."),
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "class": "digits", "maxlength": "7"}
        ),
    )  # fmt: skip


class HerePlaceForm(_HereForm, PlaceForm):
    """Where the telephone is of who stands before the door."""


class ScanForm(_DirectionForm):
    """What a scanner has typed, or a camera has read."""

    text = CleanCharField(
        label=_("The code on their telephone"), max_length=LONGEST_READ,
        help_text=_("A scanner types it here by itself."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autofocus": True, "data-scan-text": ""}),
    )  # fmt: skip


class HandForm(_DirectionForm):
    """By hand, with a reason; of now or of a moment before."""

    reason = forms.ChoiceField(
        label=_("Why by hand?"), choices=REASONS, widget=forms.RadioSelect,
        error_messages={"required": _("Please choose a reason.")},
    )  # fmt: skip
    when = forms.DateTimeField(
        label=_("When was it?"), required=False, input_formats=[MOMENT],
        help_text=_("Leave it empty for now. It is kept besides when you write it down."),
        widget=forms.DateTimeInput(format=MOMENT, attrs={"type": "datetime-local"}),
    )  # fmt: skip


class JudgeForm(forms.Form):
    """A second person's word."""

    word = forms.ChoiceField(choices=[("right", _("It was so")), ("wrong", _("It was not so"))])

    @property
    def is_right(self) -> bool:
        """What is said, once the form is valid."""
        return bool(self.cleaned_data["word"] == "right")


class HeadsForm(forms.Form):
    """How many people somebody has counted."""

    people = forms.IntegerField(label=_("How many people are there?"), min_value=0, max_value=MOST_SEATS)
    when = forms.DateTimeField(
        label=_("When was it counted?"), required=False, input_formats=[MOMENT],
        help_text=_("Leave it empty for now."),
        widget=forms.DateTimeInput(format=MOMENT, attrs={"type": "datetime-local"}),
    )  # fmt: skip
    instead_of = forms.ChoiceField(label=_("Does it put a count right?"), required=False)

    def __init__(self, *args: Any, counts: Sequence[HeadCount], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._counts = {str(count.uuid): count for count in counts}
        field = self.fields["instead_of"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("", _("No, it is a new one")), *((uuid, str(one.people)) for uuid, one in self._counts.items())
        ]  # fmt: skip
        if not counts:
            del self.fields["instead_of"]

    def typed(self) -> dict[str, Any]:
        """Return what a valid form holds as operations take it."""
        data = self.cleaned_data
        replaced = self._counts.get(data.get("instead_of", ""))
        return {"people": data["people"], "when": data["when"], "instead_of": replaced}
