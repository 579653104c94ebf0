"""What is told by itself: that a taken-back record spoils a certificate, and to the office that a notice is over."""

from datetime import datetime

from sidan.honours.models import Proposal
from sidan.honours.notices import tell_office, tell_person
from sidan.honours.queries import certificates_spoiled_by


def tell_of_spoiled(*, at: datetime, counter_id: int) -> None:
    """Tell of each certificate that a counter-record has made invalid."""
    for certificate in certificates_spoiled_by(counter_id=counter_id):
        tell_person(kind="certificate_spoiled", certificate=certificate, at=at)


def remind_of_ended(*, at: datetime, proposal_id: int) -> None:
    """Tell the office that a notice is over and waits to be settled; done twice it tells once."""
    proposal = Proposal.unscoped.select_related("county", "title").get(pk=proposal_id)
    tell_office(
        kind="honour_notice_over", proposal=proposal, at=at, effect=f"honour_notice_over:{proposal.pk}"
    )
