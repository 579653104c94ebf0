"""What a field that was left empty says to do, in both languages."""

from typing import Final

import pytest
from django import forms
from django.db.models import QuerySet
from django.utils.translation import override

from sidan.core.inputs import CleanCharField
from sidan.places.models import Place

NOTHING: Final[QuerySet[Place]] = Place.objects.none()
SENTENCES: Final[dict[str, tuple[forms.Field, str, str]]] = {
    "text": (forms.CharField(), "Please fill this in.", "请填写这一项。"),
    "clean text": (CleanCharField(max_length=9), "Please fill this in.", "请填写这一项。"),
    "number": (forms.IntegerField(), "Please fill this in.", "请填写这一项。"),
    "day": (forms.DateField(), "Please fill this in.", "请填写这一项。"),
    "choice": (forms.ChoiceField(choices=[("a", "a")]), "Please choose one.", "请选择一项。"),
    "typed choice": (forms.TypedChoiceField(choices=[("a", "a")]), "Please choose one.", "请选择一项。"),
    "row": (forms.ModelChoiceField(NOTHING), "Please choose one.", "请选择一项。"),
    "choices": (
        forms.MultipleChoiceField(choices=[("a", "a")]), "Please choose at least one.", "请至少选择一项。",
    ),
    "rows": (forms.ModelMultipleChoiceField(NOTHING), "Please choose at least one.", "请至少选择一项。"),
    "box": (forms.BooleanField(), "Please tick this.", "请勾选这一项。"),
    "file": (forms.FileField(), "Please choose a file.", "请选择文件。"),
}  # fmt: skip
"""By kind of field: what it says in English and in Chinese."""


@pytest.mark.parametrize("kind", SENTENCES)
def test_a_field_left_empty_says_what_to_do(kind: str) -> None:
    field, english, chinese = SENTENCES[kind]
    for language, sentence in (("en", english), ("zh-hans", chinese)):
        with override(language), pytest.raises(forms.ValidationError) as refused:
            field.clean([] if "Multiple" in type(field).__name__ else None)
        with override(language):
            assert refused.value.messages == [sentence]


def test_words_of_a_forms_own_stay() -> None:
    own = forms.CharField(error_messages={"required": "Please say where we come."})
    with pytest.raises(forms.ValidationError, match="say where we come"):
        own.clean("")
