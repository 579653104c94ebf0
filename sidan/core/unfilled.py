"""What a form says of a field that was left empty: what to do, in place of Django's "This field is required."

Django knows no setting for it; every form of ours, and of the apps to come, has it from the kinds of fields.
"""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

SENTENCES: Final[dict[type[forms.Field], Any]] = {
    forms.Field: _("Please fill this in."),
    forms.ChoiceField: _("Please choose one."),
    forms.MultipleChoiceField: _("Please choose at least one."),
    forms.ModelMultipleChoiceField: _("Please choose at least one."),
    forms.BooleanField: _("Please tick this."),
    forms.FileField: _("Please choose a file."),
}
"""By the kind of field; kinds below these say the same, unless a form has words of its own for one of its fields."""


def say_what_to_do() -> None:
    """Give each kind of field its sentence, before the first form is made."""
    for kind, sentence in SENTENCES.items():
        # A dictionary of its own: that of a kind above may be shared with those below it.
        kind.default_error_messages = {**kind.default_error_messages, "required": sentence}
