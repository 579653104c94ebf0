"""The editor of what reports of a kind of service ask for: a row a field, all on one page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sidan.catalogue.enums import ResultKind
from sidan.catalogue.policies import LONGEST_LABEL, MOST_CHOICES, MOST_FIELDS, ResultChoice, ResultField
from sidan.catalogue.queries import usual_results
from sidan.core.errors import Conflict, Invalid
from sidan.core.inputs import CleanCharField

EMPTY_ROWS: Final = 2
BETWEEN: Final = "|"
"""Stands between the Chinese and the English of an answer."""


@dataclass(frozen=True, slots=True)
class Row:
    """One field with the parts of the form that describe it."""

    number: int
    is_new: bool
    parts: list[BoundField]


class ResultsForm(forms.Form):
    """What is asked, a row each; a row without a name asks nothing, and is how one is taken away.

    `base` is the version that the page showed: rows keep their codes by their place.
    """

    base = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, asked: Sequence[ResultField], base: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["base"] = base
        self._base = base
        self.asked = list(asked)
        self.count = min(len(self.asked) + EMPTY_ROWS, MOST_FIELDS)
        for nth in range(self.count):
            for name, field in _parts().items():
                self.fields[f"f{nth}-{name}"] = field
        for nth, each in enumerate(self.asked[: self.count]):
            self.initial.update({f"f{nth}-{name}": value for name, value in _initial(each).items()})

    def clean_base(self) -> None:
        """Refuse a page that shows an older version than the one that holds."""
        if self.cleaned_data["base"] != self._base:
            raise forms.ValidationError(Conflict.sentence)

    def rows(self) -> list[Row]:
        """Return the rows as the page shows them."""
        return [
            Row(
                number=nth + 1, is_new=nth >= len(self.asked),
                parts=[self[f"f{nth}-{name}"] for name in _parts()],
            )
            for nth in range(self.count)
        ]  # fmt: skip

    def told(self) -> list[ResultField]:
        """Return the fields in their order; a field that stays keeps its code, so that its numbers are counted on."""
        return [self._field(nth) for nth in self._filled()]

    def put_errors(self, refusal: Invalid) -> None:
        """Show what is wrong with a field at its name."""
        filled = self._filled()
        for problem in refusal.errors:
            nth = filled[int(problem.pointer.rsplit("/", 1)[-1])]
            self.add_error(f"f{nth}-label", str(problem.detail))

    def _filled(self) -> list[int]:
        return [nth for nth in range(self.count) if self.cleaned_data.get(f"f{nth}-label")]

    def _field(self, nth: int) -> ResultField:
        data = {name: self.cleaned_data[f"f{nth}-{name}"] for name in _parts()}
        # The code comes from what is asked now and never from the browser: nobody gives a number another's.
        code = self.asked[nth].code if nth < len(self.asked) else ""
        before = {choice.label: choice.code for choice in self.asked[nth].choices} if code else {}
        lines = [line.partition(BETWEEN) for line in data["choices"].splitlines() if line.strip()]
        choices = tuple(
            ResultChoice(before.get(label.strip(), ""), label.strip(), english.strip())
            for label, _bar, english in lines
        )
        return ResultField(
            code=code, kind=data["kind"], label=data["label"], label_en=data["label_en"],
            is_required=data["is_required"], choices=choices if data["kind"] == ResultKind.CHOICE else (),
        )  # fmt: skip


class BeginForm(forms.Form):
    """With which usual fields to begin."""

    begin = forms.ChoiceField(label=_("Begin with what is usual for"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        usual: Any = self.fields["begin"]
        usual.choices = [(each.code, each.shown_name) for each in usual_results()]


def _parts() -> dict[str, forms.Field]:
    """Return the parts of one row, in the order in which they are filled in."""
    return {
        "label": CleanCharField(
            label=pgettext_lazy("of a field", "What is asked"), max_length=LONGEST_LABEL, required=False
        ),
        "label_en": CleanCharField(
            label=pgettext_lazy("of a field", "In English"), max_length=LONGEST_LABEL * 2, required=False
        ),
        "kind": forms.ChoiceField(label=_("Answered by"), choices=ResultKind.choices, required=False),
        "is_required": forms.BooleanField(label=_("Has to be answered"), required=False),
        "choices": CleanCharField(
            label=_("Answers to choose from"), max_length=MOST_CHOICES * 80, lines="many", required=False,
            widget=forms.Textarea(attrs={"rows": 3}),
        ),
    }  # fmt: skip


def _initial(field: ResultField) -> dict[str, Any]:
    lines = [
        f"{choice.label} {BETWEEN} {choice.label_en}" if choice.label_en else choice.label
        for choice in field.choices
    ]
    return {
        "label": field.label, "label_en": field.label_en, "kind": field.kind, "is_required": field.is_required,
        "choices": "\n".join(lines),
    }  # fmt: skip
