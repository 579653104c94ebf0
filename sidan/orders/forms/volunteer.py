"""What a volunteer enters of a visit: what came of it, or that it could not be done."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sidan.catalogue.models import ResultTemplate
from sidan.catalogue.policies import LARGEST_NUMBER, LONGEST_TEXT, ResultField
from sidan.core.inputs import CleanCharField
from sidan.core.language import shown
from sidan.files.fields import PICTURES, ManyPictures, PicturesField
from sidan.orders.enums import Reason
from sidan.orders.hearing import HearingForm
from sidan.orders.permissions import MOST_PHOTOS

HAND_BACK_REASONS: Final = (
    Reason.NOBODY_HOME,
    Reason.NO_PEOPLE,
    Reason.NO_SKILL,
    Reason.NOT_SAFE,
    Reason.WRONG_TIME,
    Reason.NO_LONGER_NEEDED,
    Reason.NOT_OUR_TASK,
    Reason.OTHER,
)

RESULT: Final = "result-"
"""Stands before the code of what is asked, in the names of the form's fields."""


class ReportForm(HearingForm):
    """What came of a visit; `asked` is what its kind of service asks for besides."""

    is_of_staff = True

    then = forms.ChoiceField(
        label=_("Is everything done?"), widget=forms.RadioSelect(attrs={"class": "chips"}), initial="last",
        choices=[("last", _("Yes, this was the last visit")), ("one_more", _("No, one more visit is needed"))],
        required=False,
    )  # fmt: skip
    people_helped = forms.IntegerField(
        label=_("How many people were helped?"), min_value=1, max_value=999, initial=1,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    words = CleanCharField(label=_("What was done?"), max_length=500, lines="many", required=False)
    photos = PicturesField(
        label=_("Pictures"), required=False, most=MOST_PHOTOS,
        help_text=_(
            "At most five. Please ask before you take a picture of somebody. "
            "Only the resident, the team and the office see them."
        ),
        widget=ManyPictures(attrs={"accept": PICTURES}),
    )  # fmt: skip
    template = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, asked: ResultTemplate | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.version = asked.uuid if asked else None
        self._asked = asked.asked if asked else []
        for field in self._asked:
            self.fields[f"{RESULT}{field.code}"] = _field(field)
        answers = (f"{RESULT}{field.code}" for field in self._asked if field.kind == "text")
        self.listened = ("words", *answers)
        # Also in a form that is shown again: its answers are to these questions.
        self.initial["template"] = self.version
        self.order_fields(["then", *(f"{RESULT}{field.code}" for field in self._asked)])

    def results(self) -> dict[str, object]:
        """Return the answers by the code of their field, once the form is valid."""
        return {field.code: self.cleaned_data[f"{RESULT}{field.code}"] for field in self._asked}


def _field(field: ResultField) -> forms.Field:
    """Return a field of the form for something that is asked."""
    told: dict[str, Any] = {"label": shown(field.label, field.label_en), "required": field.is_required}
    chips = forms.RadioSelect(attrs={"class": "chips"})
    if field.kind == "number":
        widget = forms.NumberInput(attrs={"inputmode": "numeric"})
        return forms.IntegerField(min_value=0, max_value=LARGEST_NUMBER, widget=widget, **told)
    if field.kind == "yes_no":
        yes_or_no = [("yes", pgettext_lazy("answer", "Yes")), ("no", pgettext_lazy("answer", "No"))]
        return forms.TypedChoiceField(
            choices=yes_or_no, coerce=lambda said: said == "yes", empty_value=None, widget=chips, **told
        )
    if field.kind == "choice":
        choices = [(choice.code, shown(choice.label, choice.label_en)) for choice in field.choices]
        return forms.ChoiceField(choices=choices, widget=chips, **told)
    return CleanCharField(max_length=LONGEST_TEXT, **told)


class HandBackForm(HearingForm):
    """Why it could not be done."""

    is_of_staff = True

    reason = forms.ChoiceField(
        label=_("Why could it not be done?"), widget=forms.RadioSelect,
        choices=[(reason.value, reason.label) for reason in HAND_BACK_REASONS],
        error_messages={"required": _("Please choose a reason: the person who asked will read it.")},
    )  # fmt: skip
    words = CleanCharField(
        label=_("Something to add"), max_length=300, lines="many", required=False,
        help_text=_("The resident and the office read this."),
    )  # fmt: skip
