"""Facts of certificates that higher apps may listen to. Ids only."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class CertificateIssued:
    """A volunteer has a certificate of service."""

    certificate_id: int
    person_id: int
    place_id: int
    county_id: int | None
    minutes: int
    at: datetime
