"""What no person types is refused, what people type is kept."""

from typing import Annotated

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st
from ninja import Schema
from pydantic import ValidationError

from sidan.core.inputs import CleanCharField, CleanText, UncleanText, clean_text


class Wish(Schema):
    title: Annotated[str, CleanText(max_length=5)]
    words: Annotated[str, CleanText(max_length=20, min_length=0, lines="many")] = ""


class WishForm(forms.Form):
    title = CleanCharField(max_length=5)
    words = CleanCharField(max_length=20, lines="many", required=False)


@pytest.mark.parametrize(
    "bad", ["a\0b", "a\x07b", "a\x7fb", "a\u202eb", "a" + chr(0xD800), "a" + chr(0xFFFD), "\ufeffa", "\uffff"]
)
def test_strange_characters_are_refused(bad: str) -> None:
    with pytest.raises(UncleanText):
        clean_text(text=bad, max_length=50)
    assert not WishForm({"title": bad}).is_valid()
    with pytest.raises(ValidationError):
        Wish(title=bad)


def test_people_s_text_is_kept() -> None:
    assert clean_text(text=" 👩‍👩‍👧 理发，谢谢！ ", max_length=50) == "👩‍👩‍👧 理发，谢谢！"
    assert clean_text(text="e\u0301", max_length=1) == "é"
    assert clean_text(text="a\r\nb\rc\td", max_length=20, lines="many") == "a\nb\nc\td"
    assert clean_text(text="a\r\nb\tc", max_length=20) == "a b c"
    assert clean_text(text="' OR 1=1 --<b>", max_length=20) == "' OR 1=1 --<b>"


def test_length_is_counted_after_trimming() -> None:
    assert Wish(title="  一二三四五  ").title == "一二三四五"
    form = WishForm({"title": "  一二三四五 "})
    assert form.is_valid()
    assert form.cleaned_data["title"] == "一二三四五"
    for title in ("一二三四五六", "x" * 100_000):
        with pytest.raises(ValidationError):
            Wish(title=title)
        assert not WishForm({"title": title}).is_valid()


@pytest.mark.parametrize("title", ["", "   ", 5, None, ["a"]])
def test_empty_and_other_kinds_are_refused_by_the_schema(title: object) -> None:
    with pytest.raises(ValidationError):
        Wish(title=title)  # type: ignore[arg-type] # wrong on purpose


def test_the_document_tells_the_limits() -> None:
    assert Wish.model_json_schema()["properties"]["title"] == {
        "title": "Title", "type": "string", "maxLength": 5, "minLength": 1
    }  # fmt: skip


@given(text=st.text(max_size=60))
def test_what_is_kept_can_be_stored_and_stays_as_it_is(text: str) -> None:
    try:
        kept = clean_text(text=text, max_length=60, lines="many")
    except UncleanText:
        return
    assert "\0" not in kept
    assert clean_text(text=kept, max_length=60, lines="many") == kept
    kept.encode()
