"""What follows when a record is taken back: whose certificate says it is told that it is no longer valid."""

from datetime import datetime

from sidan.honours.notices import tell_person
from sidan.honours.queries import certificates_spoiled_by


def tell_of_spoiled(*, at: datetime, counter_id: int) -> None:
    """Tell of each certificate that a counter-record has made invalid."""
    for certificate in certificates_spoiled_by(counter_id=counter_id):
        tell_person(kind="certificate_spoiled", certificate=certificate, at=at)
