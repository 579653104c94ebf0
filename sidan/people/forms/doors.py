"""What is typed at the door: signing in, registering, the second factor."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sidan.core.inputs import CleanCharField
from sidan.people.forms.fields import CodeField, PhoneField, password_field
from sidan.places.pickers import PlaceField, choose_among


class PasswordSignInForm(forms.Form):
    phone = PhoneField(label=_("Mobile number"))
    password = password_field(label=_("Password"), autocomplete="current-password")


class AskForCodeForm(forms.Form):
    phone = PhoneField(label=_("Mobile number"))


class CodeSignInForm(forms.Form):
    phone = PhoneField(label=_("Mobile number"))
    code = CodeField(label=_("Code from the message"))


class RegisterForm(forms.Form):
    """One form for both steps: the code can only be entered once it was asked for."""

    phone = PhoneField(label=_("Mobile number"))
    code = CodeField(label=_("Code from the message"))
    name = CleanCharField(
        label=_("Your name"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    place = PlaceField(label=_("Where you live"))
    password = password_field(
        label=_("Password"),
        autocomplete="new-password",
        required=False,
        help_text=_("At least 8 characters. Without one you always sign in by a code."),
    )

    def __init__(self, *args: Any, places: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_among(self, "place", places)


class TotpForm(forms.Form):
    code = CodeField(label=_("Code from your authenticator app"))


class ConfirmTotpForm(forms.Form):
    secret = forms.RegexField(r"^[A-Z2-7]{32}$", widget=forms.HiddenInput)
    code = CodeField(label=_("Code that the app shows now"))
