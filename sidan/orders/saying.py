"""What a resident says of an order, as a form and over the API: for this app and for those above (R-Z5)."""

from collections.abc import Iterable
from typing import Annotated, Any, Literal

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from ninja import Field

from sidan.core.assets import icon_svg
from sidan.core.inputs import CleanCharField, CleanText, Input
from sidan.orders.enums import Outcome
from sidan.orders.hearing import HearingForm
from sidan.orders.operations import Said
from sidan.orders.words import FACES

Text1000 = Annotated[str, CleanText(max_length=1000, min_length=0, lines="many")]


def _with_icons(choices: Iterable[tuple[Any, Any]], icons: dict[Any, str]) -> list[tuple[Any, str]]:
    return [
        (value, format_html("{}<span>{}</span>", icon_svg(icons[value]), label)) for value, label in choices
    ]


class ReviewForm(HearingForm):
    """Outcome first, then stars, then words (R-Z5)."""

    listened = ("words", "wish")
    outcome = forms.ChoiceField(
        label=_("Was it done?"), widget=forms.RadioSelect(attrs={"class": "outcomes"}), choices=Outcome.choices,
        error_messages={"required": _("Please say first whether it was done.")},
    )  # fmt: skip
    stars = forms.TypedChoiceField(
        label=_("How many stars?"), widget=forms.RadioSelect(attrs={"class": "stars"}), required=False,
        coerce=int, empty_value=None, choices=[(number, str(number)) for number in range(1, 6)],
    )  # fmt: skip
    words = CleanCharField(
        label=_("Anything you would like to say"), max_length=500, lines="many", required=False
    )
    wish = CleanCharField(
        label=_("What should we do better?"), max_length=500, lines="many", required=False,
        help_text=_("Somebody will answer your suggestion."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        outcome, stars = self.fields["outcome"], self.fields["stars"]
        outcome.widget.choices = _with_icons(Outcome.choices, dict(FACES))
        numbers = range(1, 6)
        stars.widget.choices = _with_icons(
            [(number, number) for number in numbers], dict.fromkeys(numbers, "star")
        )

    def said(self) -> Said:
        """Return what was entered, for the operation; of a form that is not valid what there is of it."""
        data = self.cleaned_data
        return Said(
            outcome=data.get("outcome", ""), stars=data.get("stars"), words=data.get("words", ""),
            wish=data.get("wish", ""),
        )  # fmt: skip


class ReviewIn(Input):
    outcome: Literal["done", "half", "not_done", "still_needed"]
    stars: Annotated[int, Field(ge=1, le=5)] | None = None
    words: Text1000 = ""
    wish: Text1000 = ""
    """What should be done better: somebody answers it."""

    def told(self) -> Said:
        """Return what was sent, for the operation."""
        return Said(outcome=self.outcome, stars=self.stars, words=self.words, wish=self.wish)
