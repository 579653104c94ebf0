"""How a resident agreed that something is entered in their name, as a part of forms and over the API: for this app and
those above (R-O3).
"""

from datetime import datetime
from typing import Any, BinaryIO, cast
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from ninja import Schema, UploadedFile

from sidan.core.actor import Actor
from sidan.files.operations import store_picture
from sidan.files.permissions import may_see
from sidan.orders.enums import CONSENT_CHOICES, ConsentWay
from sidan.orders.models import ConsentGiven


class ConsentForm(forms.Form):
    """The way, and the picture of the paper where one was signed and photographed."""

    consent = forms.ChoiceField(
        label=_("How did they agree that you order for them?"), widget=forms.RadioSelect(attrs={"class": "chips"}),
        choices=[(way.value, way.label) for way in CONSENT_CHOICES],
        error_messages={"required": _("Please say how the resident agreed that you order for them.")},
    )  # fmt: skip
    paper = forms.FileField(
        label=_("Picture of the signed paper"), required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/*"}),
        help_text=_("Only where a paper was signed and photographed."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """A picture goes with the photographed paper, and only with it."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("consent") == ConsentWay.PHOTO and not data.get("paper") and "paper" not in self.errors:
            self.add_error("paper", _("Please add the picture of the signed paper."))
        return data

    @property
    def picture(self) -> BinaryIO | None:
        """The bytes of the picture of a valid form."""
        sent = self.cleaned_data["paper"]
        return sent.file if sent else None


class PaperOut(Schema):
    paper: UUID

    @classmethod
    def keep(cls, *, actor: Actor, at: datetime, picture: UploadedFile, purpose: str) -> "PaperOut":
        """Store the picture of a signed paper, which an order or a wish then names. Raises what `store_picture` does.

        The caller has asked first whether the actor enters for anybody: who does not shall leave nothing here.
        """
        file = store_picture(actor=actor, at=at, upload=cast("BinaryIO", picture.file), purpose=purpose)
        return cls(paper=file.uuid)


class ConsentOut(Schema):
    """One yes; the picture of a paper is read where all pictures are, and named to who may read it there."""

    way: str
    by: str
    at: datetime
    paper: UUID | None

    @classmethod
    def of(cls, consent: ConsentGiven, *, reader: Actor) -> "ConsentOut":
        paper = consent.paper
        return cls(
            way=consent.way, by=consent.by.person.name, at=consent.at,
            paper=paper.uuid if paper and may_see(actor=reader, file=paper) else None,
        )  # fmt: skip
