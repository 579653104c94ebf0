"""In whose name somebody asks, on every form that lets them choose."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sidan.core.inputs import CleanCharField
from sidan.people.enums import OrganisationKind
from sidan.people.operations.organisations import WRONG_ORGANISATIONS
from sidan.people.policies import LONGEST_NAME, BadOrganisation, Organisation, check_organisation

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
