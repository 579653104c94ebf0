"""What a volunteer enters at the door: coming and going, by code, by place or by hand."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from sidan.attendance.enums import HandReason, Way
from sidan.attendance.operations import Proof
from sidan.attendance.reading import PlaceForm
from sidan.core.inputs import DigitsField
from sidan.orders.forms.portal import LOCAL_MOMENT


class CodeForm(forms.Form):
    """The resident's six digits."""

    code = DigitsField(
        label=_("The six digits on the resident's telephone"), digits=6, wrong=_("Please enter the six digits."),
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "class": "digits", "maxlength": "7"}
        ),
    )  # fmt: skip


class HandForm(forms.Form):
    """By hand, with a reason, of now or of a time before; the leader may choose for whom."""

    person = forms.UUIDField(required=False, widget=forms.HiddenInput)
    reason = forms.ChoiceField(
        label=_("Why by hand?"), widget=forms.RadioSelect,
        error_messages={"required": _("Please choose a reason.")},
    )  # fmt: skip
    at = forms.DateTimeField(
        label=_("When was it?"), required=False,
        help_text=_("Leave it empty for now. It is kept besides when you write it down."),
        widget=forms.DateTimeInput(format=LOCAL_MOMENT, attrs={"type": "datetime-local"}),
    )  # fmt: skip

    def __init__(self, *args: Any, people: list[tuple[UUID, str]], **kwargs: Any) -> None:
        """`people` are those whom the actor may write down; one alone is not asked for."""
        super().__init__(*args, **kwargs)
        reasons: Any = self.fields["reason"]
        reasons.choices = HandReason.choices
        if len(people) > 1:
            self.fields["person"] = forms.TypedChoiceField(
                label=_("Who?"), choices=[(str(uuid), name) for uuid, name in people], coerce=UUID
            )

    @property
    def proof(self) -> Proof:
        """What is said, once the form is valid."""
        return Proof(way=Way.HAND, reason_code=self.cleaned_data["reason"], at=self.cleaned_data["at"])


Those = list[tuple[UUID, str]]


def hand_forms(*, coming: Those, going: Those) -> dict[str, HandForm | None]:
    """Return the forms by hand: one for those who have not come yet, one for those who are still there."""
    return {"hand_in": _hand_form(coming, "in"), "hand_out": _hand_form(going, "out")}


def _hand_form(people: Those, direction: str) -> HandForm | None:
    if not people:
        return None
    return HandForm(people=people, initial={"person": people[0][0]}, auto_id=f"id_{direction}_%s")


class PinForm(PlaceForm):
    """Where the door is: where the telephone is that is held there now."""

    says_nothing = _("This telephone did not say where it is. Nothing was kept; everything works without.")


class PinForForm(PinForm):
    """The same by staff at the door, to whom the resident has agreed."""

    agrees = forms.BooleanField(
        label=_("The resident was asked and agrees"), required=False
    )  # fmt: skip
