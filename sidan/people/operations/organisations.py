"""Asking in the name of an organisation (R-O3): what its name may be."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sidan.core.errors import FieldProblem, Invalid
from sidan.people.enums import OrganisationKind
from sidan.people.policies import BadOrganisation, Organisation, check_organisation

WRONG_ORGANISATIONS: Final[dict[str, tuple[str, str | Promise]]] = {
    "no_name": ("/organisation_name", _("Please say what the organisation is called.")),
    "no_kind": ("/organisation_kind", _("Please say what kind of organisation it is.")),
    "has_numbers": (
        "/organisation_name",
        _("The name stands in the open: please leave telephones and numbers of papers out of it."),
    ),
}
"""At which field a wrong organisation is told, and in which words."""


class OrganisationRefused(Invalid):
    code = "organisation_refused"
    sentence = _("An organisation is told by its kind and its name.")


def require_organisation(organisation: Organisation) -> None:
    """Let pass who asks for nobody else, and a kind with a name.

    Raises:
        OrganisationRefused
    """
    try:
        check_organisation(organisation)
    except BadOrganisation as bad:
        pointer, detail = WRONG_ORGANISATIONS[bad.code]
        raise OrganisationRefused(errors=[FieldProblem(pointer, detail)]) from bad
    if organisation and organisation.kind not in OrganisationKind.values:
        raise OrganisationRefused
