"""In whose name somebody asks, on every form that lets them choose, and over the API."""

from typing import Annotated, Any, Literal, Protocol, Self

from django import forms
from django.utils.translation import gettext_lazy as _
from ninja import Schema

from sidan.core.inputs import CleanCharField, CleanText, Input
from sidan.people.enums import OrganisationKind
from sidan.people.operations.organisations import WRONG_ORGANISATIONS
from sidan.people.policies import (
    LONGEST_NAME,
    NO_ORGANISATION,
    BadOrganisation,
    Organisation,
    check_organisation,
)

FIELDS = ("organisation_kind", "organisation_name")


class OrganisationForm(forms.Form):
    """What kind of organisation and what it is called; a form may take both fields out."""

    organisation_kind = forms.ChoiceField(
        label=_("What kind of organisation?"), required=False,
        choices=[("", _("None: for myself or my family")), *OrganisationKind.choices],
    )  # fmt: skip
    organisation_name = CleanCharField(
        label=_("What is it called?"), max_length=LONGEST_NAME, required=False,
        help_text=_("Its public name, nobody's own. Whom to call stands above."),
    )  # fmt: skip

    @property
    def organisation(self) -> Organisation:
        """In whose name, on a valid form."""
        data = self.cleaned_data
        return Organisation(data.get("organisation_kind", ""), data.get("organisation_name", ""))

    def clean(self) -> dict[str, Any]:
        """Say at the right field what is wrong with an organisation."""
        data = super().clean() or {}
        if "organisation_kind" in self.fields and not {*FIELDS} & {*self.errors}:
            try:
                check_organisation(self.organisation)
            except BadOrganisation as bad:
                pointer, sentence = WRONG_ORGANISATIONS[bad.code]
                self.add_error(pointer.removeprefix("/"), str(sentence))
        return data


class OrganisationIn(Input):
    """In whose name: nobody's own name, and no numbers of people."""

    kind: Literal["village", "school", "enterprise", "other"]
    name: Annotated[str, CleanText(max_length=LONGEST_NAME)]


def named(asking: OrganisationIn | None) -> Organisation:
    """Return in whose name, where somebody's at all."""
    return Organisation(asking.kind, asking.name) if asking else NO_ORGANISATION


class AskedInAName(Protocol):
    """Anything that keeps in whose name it was asked for."""

    organisation_kind: str
    organisation_name: str


class OrganisationOut(Schema):
    """In whose name it was asked for."""

    kind: str
    name: str

    @classmethod
    def of(cls, asked: AskedInAName) -> Self | None:
        if not asked.organisation_kind:
            return None
        return cls.model_construct(kind=asked.organisation_kind, name=asked.organisation_name)
