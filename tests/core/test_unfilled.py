"""What a field that was left empty says to do, in both languages."""

import gettext
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import django
import pytest
from django import forms
from django.db.models import QuerySet
from django.urls import get_resolver
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


WRONG: Final[dict[str, tuple[forms.Field, object, str, str]]] = {
    "too small": (forms.IntegerField(min_value=1), "0", "Please enter 1 or more.", "请填写不小于 1 的数。"),
    "too large": (forms.FloatField(max_value=9999), "10000", "Please enter at most 9999.", "请填写不大于 9999 的数。"),
    "no whole number": (forms.IntegerField(), "1.5", "Please enter a whole number in digits.", "请用数字填写整数。"),
    "no number": (forms.FloatField(), "many", "Please enter a number in digits.", "请用数字填写。"),
    "no day": (
        forms.DateField(), "2026-02-30", "Please enter a day that there is in the calendar.", "请填写正确的日期。",
    ),
    "no time": (forms.TimeField(), "25:00", "Please enter a time of day.", "请填写正确的时间。"),
    "no moment": (forms.DateTimeField(), "soon", "Please enter a day and a time.", "请填写正确的日期和时间。"),
    "too long": (
        forms.CharField(max_length=2), "abc", "This is too long: at most 2 characters.", "太长了，最多 2 个字。",
    ),
    "not offered": (
        forms.ChoiceField(choices=[("a", "a")]), "b",
        "What was chosen is not offered here any more. Please choose again.", "所选的选项已经没有了，请重新选择。",
    ),
}  # fmt: skip
"""By what is wrong: the field, what was typed, and what it says."""


@pytest.mark.parametrize("wrong", WRONG)
def test_a_field_that_cannot_take_what_was_typed_says_what_to_do(wrong: str) -> None:
    field, typed, english, chinese = WRONG[wrong]
    for language, sentence in (("en", english), ("zh-hans", chinese)):
        with override(language), pytest.raises(forms.ValidationError) as refused:
            field.clean(typed)
        with override(language):
            assert refused.value.messages == [sentence]


UNSEEN: Final = {
    "null_characters_not_allowed",
    "invalid_list",
    "invalid_pk_value",
    "missing",
    "contradiction",
}
"""What no page of ours can lead to: only who makes a request by hand reads it."""


def _kinds_of_forms(kind: type[forms.BaseForm]) -> Iterator[type[forms.BaseForm]]:
    for below in kind.__subclasses__():
        yield below
        yield from _kinds_of_forms(below)


def _said_by(field: forms.Field) -> Iterator[tuple[str, str]]:
    """All that a field may say, by its code."""
    for code, sentence in field.error_messages.items():
        yield code, str(sentence)
    for validator in field.validators:
        code = getattr(validator, "code", "")
        if code not in field.error_messages and hasattr(validator, "message"):
            yield code, str(validator.message)


def test_no_form_of_ours_says_a_sentence_of_the_framework() -> None:
    """Those are written for who writes programs: 「确保该值大于或等于1。」."""
    get_resolver().url_patterns  # noqa: B018 # every page with its forms is read
    catalogue = gettext.translation(
        "django", Path(django.__file__).parent / "conf/locale", languages=["zh_Hans"]
    )
    theirs = {words for words in vars(catalogue)["_catalog"].values() if words}
    with override("zh-hans"):
        said = {
            (kind.__module__, kind.__name__, name, code, words)
            for kind in _kinds_of_forms(forms.BaseForm)
            if kind.__module__.startswith("sidan.")
            for name, field in getattr(kind, "base_fields", {}).items()
            for code, words in _said_by(field)
            if code not in UNSEEN
        }
    assert len(said) > 500, "the forms were not found"
    left = sorted({(code, words) for *_where, code, words in said if words in theirs})
    assert left == []
