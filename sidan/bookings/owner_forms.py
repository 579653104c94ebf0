"""What staff enter about whose a room is."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sidan.bookings.enums import RoomOwnerKind
from sidan.bookings.models import Room
from sidan.bookings.operations import Contact, Owner
from sidan.core.errors import Invalid
from sidan.core.inputs import CleanCharField
from sidan.core.phones import normalise_phone


def _day(label: Any, help_text: Any = "") -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, widget=widget, required=False, help_text=help_text)


class OwnerForm(forms.Form):
    """Whose a room is, how long it is lent, and whom to call."""

    kind = forms.ChoiceField(
        label=_("Whose room is it?"), choices=RoomOwnerKind.choices, widget=forms.RadioSelect(attrs={"class": "chips"})
    )  # fmt: skip
    name = CleanCharField(
        label=pgettext_lazy("owner of a room", "Name of the owner"), max_length=60, required=False,
        help_text=_("Everybody who books reads this. It stays theirs; the place gives it out."),
    )  # fmt: skip
    name_en = CleanCharField(label=_("The same in English"), max_length=120, required=False)
    lent_from = _day(pgettext_lazy("owner of a room", "Lent from"))
    lent_until = _day(
        pgettext_lazy("owner of a room", "Lent until"),
        _("The last day of the agreement: later nothing can be booked. Empty: until further notice."),
    )
    person = CleanCharField(
        label=pgettext_lazy("owner of a room", "Whom to call there"), max_length=40, required=False,
        help_text=_("Only those who run the room read this, and each look is written down. Empty: as it was kept."),
    )  # fmt: skip
    phone = CleanCharField(label=_("Telephone"), max_length=30, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phone"].widget.attrs |= {"inputmode": "tel", "autocomplete": "off"}

    def clean_phone(self) -> str:
        """Return the digits of a number that can be called, if one was given."""
        typed = str(self.cleaned_data["phone"])
        try:
            return normalise_phone(typed) if typed else ""
        except Invalid as bad:
            raise ValidationError(str(bad)) from bad

    def told(self) -> Owner:
        """Return what a valid form holds as operations take it."""
        data = self.cleaned_data
        typed = Contact(data["person"], data["phone"])
        return Owner(
            kind=data["kind"], name=data["name"], name_en=data["name_en"], lent_from=data["lent_from"],
            lent_until=data["lent_until"], contact=typed if typed != Contact() else None,
        )  # fmt: skip

    @staticmethod
    def known(room: Room) -> dict[str, Any]:
        """Return what stands in the form; whom to call does not, for showing it would be a look at it."""
        return {
            "kind": room.owner_kind, "name": room.owner_name, "name_en": room.owner_name_en,
            "lent_from": room.lent_from, "lent_until": room.lent_until,
        }  # fmt: skip
