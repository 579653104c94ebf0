"""Fields that several forms share."""

from typing import Any

from django import forms

from sidan.core.emails import LONGEST_EMAIL
from sidan.core.inputs import CleanCharField, only_digits


class PhoneField(CleanCharField):
    """A telephone number as people type it; whether it can be called is for the operation to say."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"type": "tel", "inputmode": "tel", "autocomplete": "tel"}
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(max_length=30, **kwargs)


class CodeField(CleanCharField):
    """Six digits; telephones offer to fill them in from the message."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "numeric", "autocomplete": "one-time-code"}
        super().__init__(max_length=12, widget=forms.TextInput(attrs=attrs), **kwargs)

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return only_digits(text) if isinstance(text, str) else text


class EmailField(CleanCharField):
    """An e-mail address as people type it; whether it is one is for the operation to say."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "email", "autocomplete": "email", "spellcheck": "false"}
        super().__init__(max_length=LONGEST_EMAIL, widget=forms.EmailInput(attrs=attrs), **kwargs)


def password_field(*, autocomplete: str, **kwargs: Any) -> forms.CharField:
    """Return a field for a password: not trimmed, not shown again."""
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(max_length=200, strip=False, widget=widget, **kwargs)


class ChipRadio(forms.RadioSelect):
    """Few choices as chips in one row."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(attrs={"class": "chips"}, **kwargs)


class ChipChecks(forms.CheckboxSelectMultiple):
    """Several of a list as chips."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(attrs={"class": "chips"}, **kwargs)
