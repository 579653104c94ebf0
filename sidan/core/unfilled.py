"""What a form says of a field that was left empty or holds what it cannot take: what to do, in place of Django's words.

Django knows no setting for it; every form of ours, and of the apps to come, has it from the kinds of fields.
"""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

_CHOOSE: Final = _("Please choose one.")
_CHOOSE_SOME: Final = _("Please choose at least one.")
_CHOOSE_FILE: Final = _("Please choose a file.")
_NOT_OFFERED: Final = _("What was chosen is not offered here any more. Please choose again.")
_LIMITS: Final = {
    "min_value": _("Please enter %(limit_value)s or more."),
    "max_value": _("Please enter at most %(limit_value)s."),
}
_NUMBER: Final = _("Please enter a number in digits.")
SENTENCES: Final[dict[type[forms.Field], dict[str, Any]]] = {
    forms.Field: {"required": _("Please fill this in.")},
    forms.CharField: {
        "max_length": _("This is too long: at most %(limit_value)s characters."),
        "min_length": _("This is too short: at least %(limit_value)s characters."),
    },
    forms.IntegerField: {"invalid": _("Please enter a whole number in digits."), **_LIMITS},
    forms.FloatField: {"invalid": _NUMBER},
    forms.DecimalField: {"invalid": _NUMBER},
    forms.DateField: {"invalid": _("Please enter a day that there is in the calendar.")},
    forms.TimeField: {"invalid": _("Please enter a time of day.")},
    forms.DateTimeField: {"invalid": _("Please enter a day and a time.")},
    forms.EmailField: {"invalid": _("Please enter a whole e-mail address.")},
    forms.URLField: {"invalid": _("Please enter a whole address of a page.")},
    forms.RegexField: {"invalid": _("This is not written as it should be. Please check it.")},
    forms.UUIDField: {"invalid": _NOT_OFFERED},
    forms.JSONField: {"invalid": _("This could not be read. Please open the page again.")},
    forms.ChoiceField: {"required": _CHOOSE, "invalid_choice": _NOT_OFFERED},
    forms.ModelChoiceField: {"invalid_choice": _NOT_OFFERED},
    forms.MultipleChoiceField: {"required": _CHOOSE_SOME, "invalid_choice": _NOT_OFFERED},
    forms.ModelMultipleChoiceField: {"required": _CHOOSE_SOME, "invalid_choice": _NOT_OFFERED},
    forms.BooleanField: {"required": _("Please tick this.")},
    forms.FileField: {
        "required": _CHOOSE_FILE, "invalid": _CHOOSE_FILE,
        "empty": _("This file is empty. Please choose another one."),
    },
}  # fmt: skip
"""By the kind of field; kinds below these say the same, unless a form has words of its own for one of its fields."""


def say_what_to_do() -> None:
    """Give each kind of field its sentences, before the first form is made."""
    for kind, sentences in SENTENCES.items():
        # A dictionary of its own: that of a kind above may be shared with those below it.
        kind.default_error_messages = {**kind.default_error_messages, **sentences}
