"""What is entered at the desk, and by residents with a code."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sidan.core.inputs import CleanCharField, DigitsField
from sidan.desk.enums import SETTLES, CallOutcome


class CallBackForm(forms.Form):
    """What came of the call."""

    outcome = forms.ChoiceField(
        label=_("What did they say?"), choices=CallOutcome.choices, widget=forms.RadioSelect(attrs={"class": "chips"}),
        error_messages={"required": _("Please say what came of the call.")},
    )  # fmt: skip


class RingBackForm(CallBackForm):
    """The same once calls enough were in vain: only what the resident says who rings back."""

    outcome = forms.ChoiceField(
        label=_("What did they say?"), choices=[(each.value, each.label) for each in SETTLES],
        widget=forms.RadioSelect(attrs={"class": "chips"}),
    )  # fmt: skip


class OrderCodeForm(forms.Form):
    """Number and code, as they stand on the paper."""

    number = CleanCharField(
        label=_("Number of the order"), max_length=20, help_text=_("Nine digits."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip
    code = DigitsField(
        label=pgettext_lazy("of an order", "Code"), help_text=_("Eight digits, from your paper."), digits=8,
        wrong=_("The code has eight digits."),
    )  # fmt: skip


class PhoneForm(forms.Form):
    """The telephone to which a code is sent."""

    phone = CleanCharField(
        label=_("Telephone"), max_length=30, help_text=_("The number that the office knows."),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )  # fmt: skip


class ClaimForm(PhoneForm):
    """The same with the code that came."""

    code = DigitsField(label=_("Code from the message"), digits=6, wrong=_("Please enter the six digits."))
