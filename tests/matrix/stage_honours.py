"""What stands on the stage of certificates: one of the volunteer, issued by herself."""

from typing import Any

from sidan.core.clock import now
from sidan.honours import operations
from sidan.honours.models import Certificate
from sidan.honours.policies import Wanted
from sidan.honours.queries import said_by
from sidan.people.models import Volunteer
from tests.cast import Cast


def build_honours(cast: Cast, things: dict[str, Any]) -> None:
    """A certificate of all hours that stand on the stage of hours."""
    made = issued(cast)
    things |= {
        "certificate": made.uuid, "certificate_number": made.number,
        "certificate_code": said_by(certificate=made)["code"],
        "certificate_volunteer": Volunteer.unscoped.get(person=cast.volunteer.person).uuid, "signing_version": 1,
    }  # fmt: skip


def issued(cast: Cast, *details: str) -> Certificate:
    """Let the volunteer issue a certificate of all their hours."""
    wanted = Wanted(extent="all", details=details)
    volunteer = cast.volunteer
    return operations.issue_certificate(
        actor=volunteer.actor, at=now(), person=volunteer.person, wanted=wanted
    )


def more_certificates(cast: Cast) -> None:
    """Two more, the last of which replaces the one before."""
    made = issued(cast, "sex")
    with cast.volunteer.at_work() as actor:
        operations.renew_certificate(actor=actor, at=now(), certificate=made)
