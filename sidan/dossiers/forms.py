"""What is added to a ledger."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sidan.core.inputs import CleanCharField
from sidan.dossiers.operations import PublishedNews
from sidan.files.fields import PICTURES, ManyPictures, PicturesField

MOST_AT_ONCE: Final = 5
ASK_FIRST = _("Ask before you take a picture of somebody; for a child, ask the parents.")


class PhotosForm(forms.Form):
    """Some photos at once, with a line on what they show."""

    pictures = PicturesField(
        label=_("Photos"), most=MOST_AT_ONCE, widget=ManyPictures(attrs={"accept": PICTURES}),
        help_text=ASK_FIRST, error_messages={"required": _("Choose a picture first.")},
    )  # fmt: skip
    caption = CleanCharField(label=_("What is to be seen"), max_length=60, required=False)


class CameraForm(forms.Form):
    """One photo, just taken."""

    pictures = forms.FileField(
        label=_("Photo"), help_text=ASK_FIRST, error_messages={"required": _("Take a photo first.")},
        widget=forms.ClearableFileInput(attrs={"accept": PICTURES, "capture": "environment"}),
    )  # fmt: skip


class DescribeForm(forms.Form):
    """What a photo shows."""

    caption = CleanCharField(label=_("Caption"), max_length=60, required=False)
    alt = CleanCharField(
        label=_("For who cannot see it"), max_length=120, required=False,
        help_text=_("Read aloud by screen readers. Without it the caption is read."),
    )  # fmt: skip


class MinutesForm(forms.Form):
    """The minutes, as short as they are."""

    words = CleanCharField(
        label=pgettext_lazy("part of a ledger", "Minutes"), max_length=4000, lines="many",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("A line is enough: what was done, what was said, what follows. No telephone numbers."),
    )  # fmt: skip
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, initial=0)
    """Which version its writer has read."""

    def after(self, version: int) -> None:
        """Let the writer, who sees now what stands, send the same words again as read after it."""
        self.data = {**{name: self.data[name] for name in self.data}, self.add_prefix("seen"): str(version)}


class NewsForm(forms.Form):
    """News as they are proposed, and which photos everybody may see."""

    title = CleanCharField(label=_("Title"), max_length=60)
    words = CleanCharField(
        label=_("What everybody reads"), max_length=4000, lines="many", widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Written from what is known already. No names, no telephone numbers."),
    )  # fmt: skip
    photos = forms.MultipleChoiceField(
        label=_("Photos that everybody may see"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Only those whose people agreed."),
    )  # fmt: skip

    def __init__(self, *args: Any, photos: Sequence[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["photos"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(str(uuid), words) for uuid, words in photos]
        if not photos:
            del self.fields["photos"]

    def told(self) -> PublishedNews:
        """Return what is to be published."""
        data = self.cleaned_data
        return PublishedNews(data["title"], data["words"], [UUID(one) for one in data.get("photos", ())])
