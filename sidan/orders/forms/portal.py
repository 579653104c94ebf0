"""What a resident enters: an order, a cancellation, a review."""

from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from sidan.core.clock import BUSINESS_ZONE
from sidan.core.errors import Invalid
from sidan.core.inputs import CleanCharField
from sidan.core.phones import normalise_phone
from sidan.orders.chips import OWN_TIME, chip_choices, window_of
from sidan.orders.enums import Reason
from sidan.orders.hearing import HearingForm
from sidan.orders.policies import LONGEST_AHEAD, BadWish, check_wish
from sidan.orders.words import WRONG_WISHES
from sidan.people.organisations import OrganisationForm

OWN_WINDOW: Final = timedelta(hours=2)
"""Who names a time of their own means about then."""
LOCAL_MOMENT: Final = "%Y-%m-%dT%H:%M"
CANCEL_REASONS: Final = (Reason.NO_LONGER_NEEDED, Reason.WRONG_TIME, Reason.DUPLICATE, Reason.OTHER)


def moment_input(*, at: datetime) -> forms.DateTimeInput:
    """Return the browser's own picker of a moment, from now on."""
    earliest = at.astimezone(BUSINESS_ZONE).strftime(LOCAL_MOMENT)
    return forms.DateTimeInput(format=LOCAL_MOMENT, attrs={"type": "datetime-local", "min": earliest})


class ChosenTime(forms.CharField):
    """The chosen chip; it is needed, but a time of one's own may stand for it, so the form checks the two together."""

    def validate(self, value: Any) -> None:
        """Leave the check to the form."""


class OwnTime(forms.DateTimeField):
    """A time of one's own; the form checks it together with the chips."""

    def validate(self, value: Any) -> None:
        """Leave the check to the form."""


class Private(Enum):
    """Whether an order is private: as who asks chooses, or always by its kind; of one that is placed it stays."""

    CHOOSES = auto()
    ALWAYS = auto()
    STAYS = auto()


class OrderForm(HearingForm, OrganisationForm):
    """The one page of an order; address and telephone are there already."""

    listened = ("need",)
    when = ChosenTime(label=_("When does it suit you?"))
    own_time = OwnTime(label=_("Day and time"))
    need = CleanCharField(label=_("What should we know?"), max_length=500, lines="many", required=False)
    name = CleanCharField(label=_("Whom may we ask for?"), max_length=60)
    phone = CleanCharField(
        label=_("Telephone"), max_length=30, help_text=_("The volunteers call this number before they come.")
    )
    address = CleanCharField(label=_("Address"), max_length=200, help_text=_("Street, house and door."))
    is_private = forms.BooleanField(
        label=_("Keep this order private"), required=False,
        help_text=_("Only those who handle it can read it. It cannot be found by its words."),
    )  # fmt: skip

    field_order = ("when", "own_time", "need", "name", "phone", "address", "is_private")
    """As they stand on the page, in whose name last."""

    def __init__(
        self, *args: Any, at: datetime, at_home: str, private: Private = Private.CHOOSES, **kwargs: Any
    ) -> None:
        """`at_home` is "yes" where somebody comes; otherwise no address is asked for."""
        super().__init__(*args, **kwargs)
        if private != Private.CHOOSES:
            del self.fields["is_private"]
        self.always_private = private == Private.ALWAYS
        if self.always_private:
            del self.fields["organisation_kind"], self.fields["organisation_name"]
        self._at = at
        self.wish: tuple[datetime, datetime] | None = None
        self.fields["when"].widget = forms.RadioSelect(attrs={"class": "chips"}, choices=chip_choices(at=at))
        self.fields["own_time"].widget = moment_input(at=at)
        self.fields["need"].widget.attrs["rows"] = 3
        self.hear_while_typing("need")
        self.fields["name"].widget.attrs |= {"autocomplete": "name"}
        self.fields["phone"].widget.attrs |= {"inputmode": "tel", "autocomplete": "tel"}
        self.fields["address"].widget.attrs |= {"autocomplete": "street-address"}
        if at_home != "yes":
            del self.fields["address"]

    @property
    def is_to_be_private(self) -> bool:
        """What was chosen on a valid form, or what the kind demands."""
        return self.always_private or bool(self.cleaned_data.get("is_private"))

    def clean_phone(self) -> str:
        """Return the digits of a number that can be called."""
        try:
            return normalise_phone(self.cleaned_data["phone"])
        except Invalid as bad:
            raise ValidationError(str(bad)) from bad

    def clean(self) -> dict[str, Any]:
        """Work the wished window out, and say at the right field what is wrong with it."""
        data = super().clean() or {}
        chosen, own = data.get("when", ""), data.get("own_time")
        if chosen in {"", OWN_TIME}:
            self._take_own_time(own, chosen)
        else:
            self._take_chip(chosen)
        return data

    def _take_own_time(self, own: datetime | None, chosen: str) -> None:
        if own is not None and own > self._at + LONGEST_AHEAD:
            self.add_error("own_time", str(WRONG_WISHES["too_far"]))
        elif own is not None:
            self._check((own, own + OWN_WINDOW), field="own_time")
        elif "own_time" not in self.errors:
            field = "own_time" if chosen == OWN_TIME else "when"
            self.add_error(field, _("Please choose a time."))

    def _take_chip(self, code: str) -> None:
        try:
            window = window_of(code)
        except ValueError:
            self.add_error("when", _("Please choose a time."))
        else:
            self._check(window, field="when")

    def _check(self, window: tuple[datetime, datetime], *, field: str) -> None:
        try:
            check_wish(wished_from=window[0], wished_to=window[1], at=self._at)
        except BadWish as bad:
            self.add_error(field, str(WRONG_WISHES[bad.code]))
        else:
            self.wish = window


class CancelForm(HearingForm):
    """Why it is no longer wanted; a word more if one likes."""

    reason = forms.ChoiceField(
        label=_("Why?"), widget=forms.RadioSelect(attrs={"class": "chips"}), required=False,
        choices=[(reason.value, reason.label) for reason in CANCEL_REASONS],
    )  # fmt: skip
    words = CleanCharField(label=_("Something to add"), max_length=300, lines="many", required=False)
