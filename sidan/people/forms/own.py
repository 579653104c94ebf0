"""What one changes about oneself."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from sidan.core.inputs import CleanCharField
from sidan.people.enums import Skill, Theme
from sidan.people.forms.fields import (
    ChipChecks,
    ChipRadio,
    CodeField,
    EmailField,
    PhoneField,
    password_field,
)
from sidan.places.pickers import PlaceField, choose_among


class LookForm(forms.Form):
    """Language, size of letters, colours."""

    language = forms.ChoiceField(
        label=_("Language"),
        # Each in itself, for the reader who needs it.
        choices=[(code, get_language_info(code)["name_local"]) for code, _name in settings.LANGUAGES],
        widget=ChipRadio,
    )
    size = forms.ChoiceField(
        label=_("Size of letters"),
        choices=[("normal", _("Standard")), ("large", _("Large print"))],
        widget=ChipRadio,
    )
    theme = forms.ChoiceField(label=_("Colours"), choices=Theme.choices, widget=ChipRadio)


class ContactForm(forms.Form):
    """Name, where one is reached, where one belongs."""

    name = CleanCharField(label=_("Your name"), max_length=60)
    contact_phone = PhoneField(
        label=_("Contact phone"), required=False, help_text=_("On which volunteers may call you.")
    )
    address = CleanCharField(
        label=_("Address"),
        max_length=200,
        required=False,
        help_text=_("Only the team that comes to you sees it, until the order is closed."),
    )
    place = PlaceField(label=_("Where you live"))

    def __init__(self, *args: Any, places: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_among(self, "place", places)


class EmailForm(forms.Form):
    """To which address a code is sent."""

    email = EmailField(
        label=_("E-mail address"),
        help_text=_("We send six digits to it. One signs in by telephone number, not by e-mail."),
    )


class EmailCodeForm(forms.Form):
    code = CodeField(label=_("Code from the e-mail"))


class PasswordForm(forms.Form):
    """Changing one's password; who has none yet is not asked for it."""

    present = password_field(label=_("Present password"), autocomplete="current-password")
    new = password_field(
        label=_("New password"),
        autocomplete="new-password",
        help_text=_("At least 8 characters, not digits only."),
    )

    def __init__(self, *args: Any, has_password: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_password:
            self.fields["present"].required = False
            self.fields["present"].widget = forms.HiddenInput()


class VolunteerSelfForm(forms.Form):
    """Offering to serve."""

    place = PlaceField(label=_("Station you belong to"))
    skills = forms.MultipleChoiceField(
        label=_("What you can do"), choices=Skill.choices, required=False, widget=ChipChecks
    )
    free_time = CleanCharField(
        label=_("When you are free"),
        max_length=100,
        required=False,
        help_text=_("Such as: weekends, evenings."),
    )

    def __init__(self, *args: Any, places: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_among(self, "place", places)
