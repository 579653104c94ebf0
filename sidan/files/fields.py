"""Pictures in forms."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

PICTURES: Final = "image/jpeg,image/png,image/webp,image/*"
"""What a picker offers: by name what we read, and whatever else a telephone calls a picture."""


class ManyPictures(forms.ClearableFileInput):
    """A picker of several pictures at once."""

    allow_multiple_selected = True


class PicturesField(forms.FileField):
    """Up to so many pictures; each is decoded and checked when it is stored."""

    widget = ManyPictures

    def __init__(self, *, most: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.most = most

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[Any]]":
        """Return the pictures that were sent, if any."""
        sent = [each for each in (data if isinstance(data, list | tuple) else [data]) if each]
        if self.required and not sent:
            raise ValidationError(self.error_messages["required"], code="required")
        pictures = [super(PicturesField, self).clean(each, initial) for each in sent]
        if len(pictures) > self.most:
            raise ValidationError(_("At most %(count)s pictures."), params={"count": self.most})
        return pictures
