"""Text as it comes from outside: trimmed, measured, and free of what no person types.

Refused are control characters (NUL would stop PostgreSQL), halves of surrogate pairs, characters that reverse the
direction of text (they make a name look like another) and the sign that stands for bytes that could not be read.
Emoji and every script are welcome.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any, Final
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from ninja import Schema
from pydantic import BeforeValidator, ConfigDict, Field, GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

_DIRECTION: Final = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
_UNREADABLE: Final = "\ufffd"
_LINE_SIGNS: Final = frozenset("\n\t")
LONGEST_TYPED: Final = 100
"""A code with whatever stands between its digits; more than this is not read at all."""


class UncleanText(ValueError):
    """A text that cannot be taken; its sentence says why."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def _is_unclean(char: str) -> bool:
    return char in _DIRECTION or char == _UNREADABLE or unicodedata.category(char) in {"Cc", "Cs", "Cn"}


def clean_text(*, text: str, max_length: int, lines: str = "one") -> str:
    """Return the text trimmed, in composed form (NFC), with plain line ends.

    Args:
        text: as it came.
        max_length: in characters, as a person counts them after trimming.
        lines: "one" turns line ends and tabs into spaces, "many" keeps them.

    Raises:
        UncleanText: it holds what no person types, or is too long.
    """
    # A text a thousand times too long is not worth normalising.
    if len(text) > max_length * 4 + 1000:
        raise UncleanText(_("This is too long: at most %(max)s characters.") % {"max": max_length})
    plain = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    if any(_is_unclean(char) for char in plain if char not in _LINE_SIGNS):
        raise UncleanText(_("This holds characters that cannot be used. Please type it again."))
    if lines == "one":
        plain = plain.replace("\n", " ").replace("\t", " ")
    plain = plain.strip()
    if len(plain) > max_length:
        raise UncleanText(_("This is too long: at most %(max)s characters.") % {"max": max_length})
    return plain


@dataclass(frozen=True, slots=True)
class CleanText:
    """A clean text in a schema of the API: `name: Annotated[str, CleanText(max_length=60)]`.

    Must not be empty unless `min_length` is 0.
    """

    max_length: int
    min_length: int = 1
    lines: str = "one"

    def _clean(self, value: str) -> str:
        cleaned = clean_text(text=value, max_length=self.max_length, lines=self.lines)
        if len(cleaned) < self.min_length:
            raise UncleanText(_("This is needed.") if self.min_length == 1 else _("This is too short."))
        return cleaned

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        # The lengths stand in the schema for the document; cleaning comes first, so the limit counts what is kept.
        documented = core_schema.str_schema(max_length=self.max_length, min_length=self.min_length)
        return core_schema.no_info_before_validator_function(self._clean_if_text, documented)

    def _clean_if_text(self, value: Any) -> Any:
        # What is no text is refused by the schema behind this with its own sentence.
        return self._clean(value) if isinstance(value, str) else value


Code = Annotated[str, Field(max_length=40, pattern=r"^[\w-]*$")]
"""The code of something that is looked up, such as a kind of service: never handed on with what no person types."""


class Input(Schema):
    """What a program sends. A field that we do not know is refused, or a slip of the pen would be taken for consent.

    The library otherwise reads any value as an object without attributes: a text or a number in the place of an object
    whose fields may all be left out would be taken for an empty one.
    """

    model_config = ConfigDict(extra="forbid")


def only_digits(typed: str) -> str:
    """Return a code as it was typed in plain digits: wide ones and those of other scripts are the same digits.

    Spaces and hyphens between groups are left out; what is no digit stays, and is refused by who reads it.
    """
    plain = unicodedata.normalize("NFKC", typed)
    return "".join(
        str(unicodedata.decimal(char)) if char.isdecimal() else char
        for char in plain if not char.isspace() and char not in "-‐–—"
    )  # fmt: skip


def _only_digits_if_text(value: Any) -> Any:
    return only_digits(value) if isinstance(value, str) else value


TypedDigits = BeforeValidator(_only_digits_if_text)
"""Of a code in a schema of the API, read before its pattern: `Annotated[str, Field(pattern=...), TypedDigits]`."""


class DigitsField(forms.RegexField):
    """A code of some digits, in whatever digits and groups it is typed; `wrong` is said of anything else."""

    def __init__(self, *, digits: int, wrong: str | Promise, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"})
        )
        errors: dict[str, Any] = {"invalid": wrong, "required": wrong}
        super().__init__(rf"\A[0-9]{{{digits}}}\Z", error_messages=errors, **kwargs)
        self.digits = digits

    def to_python(self, value: Any) -> str:
        text: str = super().to_python(value) or ""
        return only_digits(text) if len(text) <= LONGEST_TYPED else text


DAYS_TURNED_ROUND: Final = _("The first day is after the last one.")


class DaysForm(forms.Form):
    """A filter by days, both included; either may be left out."""

    first = forms.DateField(required=False)
    last = forms.DateField(required=False)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        first, last = data.get("first"), data.get("last")
        if first and last and first > last:
            raise ValidationError(DAYS_TURNED_ROUND)
        return data


class CleanCharField(forms.CharField):
    """A clean text in a form. `lines="many"` makes it a text area."""

    def __init__(self, *, max_length: int, lines: str = "one", **kwargs: Any) -> None:
        self.lines = lines
        if lines == "many":
            kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 4}))
        super().__init__(max_length=max_length, **kwargs)

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not isinstance(text, str) or not text:
            return text
        try:
            return clean_text(text=text, max_length=self.max_length or 0, lines=self.lines)
        except UncleanText as exc:
            raise ValidationError(str(exc.sentence), code="unclean") from exc


class OneOfField(forms.ChoiceField):
    """One of some things by its public id, or none."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self._things: dict[str, Any] = {}

    def offer(self, things: Iterable[tuple[UUID, str, Any]], *, none: Any) -> None:
        """Let these be chosen, each by id and in words, or `none` of them."""
        rows = list(things)
        self._things = {str(uuid): thing for uuid, _words, thing in rows}
        self.choices = [("", none), *((str(uuid), words) for uuid, words, _thing in rows)]

    def clean(self, value: Any) -> Any:
        """Return the thing that was chosen, or none."""
        return self._things.get(super().clean(value))
