"""What is entered at a terminal by touch, and in the console about terminals."""

from datetime import datetime
from typing import Any, Final, Self

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from sidan.core.clock import BUSINESS_ZONE, business_date
from sidan.core.inputs import CleanCharField, DigitsField, only_digits
from sidan.core.moments import day_words
from sidan.kiosk.policies import SETUP_DIGITS, press, windows
from sidan.orders.chips import chip_code, window_of
from sidan.places.models import Place
from sidan.places.pickers import PlaceField, choose_among

PHONE_DIGITS: Final = 11


SPACES: Final = 4
"""How many more characters a field takes than its digits: what is printed in groups is pasted and typed so."""


class PadDigitsField(DigitsField):
    """Digits that the number pad fills: the terminal's own keyboard stays away.

    From a real keyboard or a paste they are taken as they are printed, as in every other field for a code.
    """

    def __init__(self, label: Any, digits: int, wrong: Any, help_text: Any = "") -> None:
        attrs = {
            "inputmode": "none",
            "autocomplete": "off",
            "maxlength": digits + SPACES,
            "data-digits": digits,
        }
        widget = forms.TextInput(attrs=attrs)
        super().__init__(label=label, digits=digits, wrong=wrong, help_text=help_text, widget=widget)


class PadForm(forms.Form):
    """A form filled by the keys of a number pad; without a script each key is sent, and the page comes back."""

    @classmethod
    def of(cls, request: HttpRequest) -> Self:
        """Return the form as it was sent; after a key alone, unsent, with what stands in it now."""
        if request.method != "POST":
            return cls()
        if "press" not in request.POST:
            return cls(request.POST)
        lengths = {
            name: field.digits for name, field in cls.base_fields.items() if isinstance(field, PadDigitsField)
        }
        values = [only_digits(request.POST.get(name, ""))[:length] for name, length in lengths.items()]
        now_there = press(values=values, lengths=list(lengths.values()), key=request.POST["press"])
        return cls(initial=dict(zip(lengths, now_there, strict=True)))


class SetupForm(PadForm):
    """The code from the console."""

    code = PadDigitsField(
        _("Code from the console"), SETUP_DIGITS, _("The code from the console has eight digits."),
        help_text=_("Eight digits. The space between may be left out."),
    )  # fmt: skip


class PhoneForm(PadForm):
    """The resident's telephone."""

    phone = PadDigitsField(
        _("Telephone"), PHONE_DIGITS, _("Please enter the eleven digits of your telephone.")
    )


class CodeForm(PadForm):
    """The code from the message."""

    code = PadDigitsField(_("Code from the message"), 6, _("Please enter the six digits."))


class PaperForm(PadForm):
    """Number and code from the paper."""

    number = PadDigitsField(_("Number of the order"), 9, _("The number has nine digits."))
    code = PadDigitsField(pgettext_lazy("of an order", "Code"), 8, _("The code has eight digits."))


class TimeForm(forms.Form):
    """When, and where, by touch alone."""

    when = forms.ChoiceField(
        label=_("When does it suit you?"), widget=forms.RadioSelect(attrs={"class": "kiosk-choices"}),
        error_messages={"required": _("Please choose a time."), "invalid_choice": _("Please choose a time.")},
    )  # fmt: skip
    where = forms.ChoiceField(
        label=_("Where do we come?"), widget=forms.RadioSelect(attrs={"class": "kiosk-choices"}),
        error_messages={"required": _("Please say where we come.")},
    )  # fmt: skip

    def __init__(self, *args: Any, at: datetime, at_home: str, knows_address: str, **kwargs: Any) -> None:
        """`at_home` is "yes" where somebody comes, `knows_address` where the file holds the address."""
        super().__init__(*args, **kwargs)
        self.fields["when"].choices = times_of(at=at)  # type: ignore[attr-defined] # a choice field's
        known = [("known", _("To my address, which the office knows"))] if knows_address == "yes" else []
        choices = [*known, ("ask", _("Please call me first, I tell you then"))]
        self.fields["where"].choices = choices  # type: ignore[attr-defined] # as above
        if len(choices) == 1:
            self.fields["where"].initial = choices[0][0]
        if at_home != "yes":
            del self.fields["where"]

    @property
    def wish(self) -> tuple[datetime, datetime]:
        """The chosen time of a valid form."""
        return window_of(self.cleaned_data["when"])


def times_of(*, at: datetime) -> list[tuple[str, str]]:
    """Return the mornings and afternoons of the coming week, in words."""
    today = business_date(at)
    parts = {
        "morning": pgettext("part of a day", "morning"),
        "afternoon": pgettext("part of a day", "afternoon"),
    }
    return [
        (
            chip_code(chip),
            pgettext("day and its part", "%(day)s, %(part)s")
            % {"day": day_words(chip.begins.date(), today=today), "part": parts[chip.code]},
        )
        for chip in windows(at=at, zone=BUSINESS_ZONE)
    ]


class TerminalForm(forms.Form):
    """A new terminal: where it stands, and what it is called."""

    name = CleanCharField(
        label=_("What the terminal is called"), max_length=40, help_text=_("For example: at the entrance.")
    )
    place = PlaceField(label=_("Place"))

    def __init__(self, *args: Any, places: QuerySet[Place], **kwargs: Any) -> None:
        """`places` are those that the actor runs."""
        super().__init__(*args, **kwargs)
        choose_among(self, "place", places)
