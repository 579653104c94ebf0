"""What a volunteer enters at a visit: coming and going, what came of it, or that it could not be done."""

from typing import Any, Final
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from sidan.attendance.enums import HandReason
from sidan.core.inputs import CleanCharField
from sidan.orders.enums import Reason
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


class CodeForm(forms.Form):
    """The resident's six digits."""

    code = forms.RegexField(
        label=_("The six digits on the resident's telephone"), regex=r"^\s*\d{3}\s*\d{3}\s*$", max_length=12,
        error_messages={"invalid": _("Please enter the six digits."), "required": _("Please enter the six digits.")},
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "class": "digits", "maxlength": "7"}
        ),
    )  # fmt: skip

    def clean_code(self) -> str:
        """Return the six digits without the space people put between."""
        return "".join(self.cleaned_data["code"].split())


class HandForm(forms.Form):
    """By hand, with a reason; the leader may choose for whom."""

    person = forms.UUIDField(required=False, widget=forms.HiddenInput)
    reason = forms.ChoiceField(
        label=_("Why by hand?"), widget=forms.RadioSelect,
        error_messages={"required": _("Please choose a reason.")},
    )  # fmt: skip

    def __init__(self, *args: Any, people: list[tuple[UUID, str]], **kwargs: Any) -> None:
        """`people` are those whom the actor may write down; one alone is not asked for."""
        super().__init__(*args, **kwargs)
        reasons: Any = self.fields["reason"]
        reasons.choices = HandReason.choices
        if len(people) > 1:
            self.fields["person"] = forms.TypedChoiceField(
                label=_("Who?"), choices=[(str(uuid), name) for uuid, name in people], coerce=UUID
            )


class ManyPictures(forms.ClearableFileInput):
    """A picker of several pictures at once."""

    allow_multiple_selected = True


class PicturesField(forms.FileField):
    """Up to five pictures; each is decoded and checked when it is stored."""

    widget = ManyPictures

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[Any]]":
        """Return the pictures that were sent, if any."""
        sent = data if isinstance(data, list | tuple) else [data]
        pictures = [super(PicturesField, self).clean(each, initial) for each in sent if each]
        if len(pictures) > MOST_PHOTOS:
            raise ValidationError(_("At most %(count)s pictures."), params={"count": MOST_PHOTOS})
        return pictures


class ReportForm(forms.Form):
    """What came of a visit."""

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
        label=_("Pictures"), required=False,
        help_text=_("At most five. Please ask before you take a picture of somebody."),
        widget=ManyPictures(attrs={"accept": "image/jpeg,image/png,image/webp,image/*"}),
    )  # fmt: skip


class HandBackForm(forms.Form):
    """Why it could not be done."""

    reason = forms.ChoiceField(
        label=_("Why could it not be done?"), widget=forms.RadioSelect,
        choices=[(reason.value, reason.label) for reason in HAND_BACK_REASONS],
        error_messages={"required": _("Please choose a reason: the person who asked will read it.")},
    )  # fmt: skip
    words = CleanCharField(
        label=_("Something to add"), max_length=300, lines="many", required=False,
        help_text=_("The resident and the office read this."),
    )  # fmt: skip
