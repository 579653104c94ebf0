"""What people enter at a post: coming and going, what was read, who is written down by hand, a second person's word."""

from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sidan.attendance.enums import Direction, HandReason
from sidan.attendance.reading import PlaceForm
from sidan.core.inputs import CleanCharField, DigitsField

MOMENT: Final = "%Y-%m-%dT%H:%M"
LONGEST_READ: Final = 80
REASONS: Final[list[tuple[str, str | Promise]]] = [
    (HandReason.NO_PHONE.value, _("They have no telephone with them")),
    (HandReason.NO_NETWORK.value, HandReason.NO_NETWORK.label),
    (HandReason.FORGOTTEN.value, _("They forgot to check in or out")),
    (HandReason.OTHER.value, HandReason.OTHER.label),
]


class _DirectionForm(forms.Form):
    """Whether somebody comes or goes."""

    direction = forms.ChoiceField(
        label=_("Comes or goes?"), initial=Direction.IN.value, widget=forms.RadioSelect(attrs={"class": "chips"}),
        choices=[
            (Direction.IN.value, pgettext_lazy("at the door", "Comes")),
            (Direction.OUT.value, pgettext_lazy("at the door", "Goes")),
        ],
    )  # fmt: skip

    def clean_direction(self) -> Direction:
        """Return it as operations take it."""
        return Direction(self.cleaned_data["direction"])


class HereForm(_DirectionForm):
    """The digits of the post, entered by whose turn it is; the page knows whether they come or go."""

    code = DigitsField(
        label=_("The six digits at the post"), digits=6, wrong=_("Please enter the six digits."),
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "class": "digits", "maxlength": "7"}
        ),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["direction"].widget = forms.HiddenInput()


class HerePlaceForm(_DirectionForm, PlaceForm):
    """Where the telephone is of whose turn it is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["direction"].widget = forms.HiddenInput()


class ScanForm(_DirectionForm):
    """What a scanner has typed, or a camera has read."""

    text = CleanCharField(
        label=_("The code on their telephone"), max_length=LONGEST_READ,
        help_text=_("A scanner types it here by itself."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-scan-text": ""}),
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
    """A second person's word on a time."""

    said = forms.ChoiceField(choices=[("right", "right"), ("wrong", "wrong")])

    @property
    def is_right(self) -> bool:
        """Whether the time is right."""
        return bool(self.cleaned_data["said"] == "right")
