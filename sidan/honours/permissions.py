"""Who issues and reads certificates; each with a reason that a person can read."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from sidan.core.actor import Actor
from sidan.core.errors import Forbidden, NotFound
from sidan.honours.models import Certificate
from sidan.people.enums import MANAGING_ROLES, PEOPLE_ROLES
from sidan.people.permissions import holds_role_over

ISSUING_ROLES: Final = PEOPLE_ROLES
GIVING_ROLES: Final = MANAGING_ROLES
"""Who proposes and gives stars and titles, and says how many hours a star takes: the county's own office."""


class NoSuchCertificate(NotFound):
    code = "no_such_certificate"
    sentence = _("This certificate is not here, or it is not yours to see.")


class NotYourCertificates(Forbidden):
    code = "not_your_certificates"
    sentence = _("These pages are for the practitioners, directors and managers of a place.")


class NoSuchProposal(NotFound):
    code = "no_such_proposal"
    sentence = _("This list of honours is not here, or it is not shown to everybody.")


class NoSuchAward(NotFound):
    code = "no_such_award"
    sentence = _("This star or title is not here, or it is not yours to see.")


class NotYoursToGive(Forbidden):
    code = "not_yours_to_give"
    sentence = _("Stars and titles are given by the managers and directors of the county.")


class NotAboutYourself(Forbidden):
    code = "not_about_yourself"
    sentence = _("This is about yourself. Somebody else of the office looks into it.")


class NotYoursToIssue(Forbidden):
    code = "not_yours_to_issue"
    sentence = _(
        "A certificate is issued by the volunteer, or by those who work at the place that recorded the hours."
    )


def require_office(*, actor: Actor) -> None:
    """Let pass who works with the people of a place. Raises NotYourCertificates."""
    if not actor.roles & ISSUING_ROLES:
        raise NotYourCertificates


def may_issue(*, actor: Actor, person_id: int, place_id: int, county_id: int | None) -> bool:
    """Tell whether the actor issues a certificate: for oneself (Order 67, art. 14), or at the counter of the place."""
    if actor.person_id == person_id:
        return True
    return holds_role_over(actor=actor, roles=ISSUING_ROLES, place_id=place_id, county_id=county_id)


def require_issuing(*, actor: Actor, person_id: int, place_id: int, county_id: int | None) -> None:
    """Let pass who issues a certificate. Raises NotYoursToIssue."""
    if not may_issue(actor=actor, person_id=person_id, place_id=place_id, county_id=county_id):
        raise NotYoursToIssue


def require_reading(*, actor: Actor, certificate: Certificate) -> None:
    """Let pass whose certificate it is, and the offices of the unit that recorded. Raises NoSuchCertificate."""
    if not may_issue(
        actor=actor, person_id=certificate.person_id, place_id=certificate.place_id, county_id=certificate.county_id
    ):  # fmt: skip
        raise NoSuchCertificate


def require_own(*, actor: Actor, certificate: Certificate) -> None:
    """Let pass whose certificate it is. Raises NoSuchCertificate."""
    if actor.person_id != certificate.person_id:
        raise NoSuchCertificate


def may_give(*, actor: Actor, county_id: int) -> bool:
    """Tell whether the actor proposes and gives the honours of a county."""
    return holds_role_over(actor=actor, roles=GIVING_ROLES, place_id=county_id, county_id=county_id)


def require_giving(*, actor: Actor, county_id: int) -> None:
    """Let pass who gives the honours of a county. Raises NotYoursToGive."""
    if not may_give(actor=actor, county_id=county_id):
        raise NotYoursToGive
