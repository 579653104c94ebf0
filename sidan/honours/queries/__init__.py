"""Questions about certificates."""

from sidan.honours.queries.drafting import (
    Draft,
    NothingToSay,
    SeveralCounties,
    TooLongAList,
    counties_served,
    draft_of,
    facts_of,
    years_served,
)
from sidan.honours.queries.finding import (
    CertificateFilter,
    certificate_by_number,
    certificate_by_uuid,
    certificates_of_office,
    certificates_spoiled_by,
    latest_of,
    my_certificates,
    said_by,
)
from sidan.honours.queries.stars import ladder_of, star_of

__all__ = [
    "CertificateFilter",
    "Draft",
    "NothingToSay",
    "SeveralCounties",
    "TooLongAList",
    "certificate_by_number",
    "certificate_by_uuid",
    "certificates_of_office",
    "certificates_spoiled_by",
    "counties_served",
    "draft_of",
    "facts_of",
    "ladder_of",
    "latest_of",
    "my_certificates",
    "said_by",
    "star_of",
    "years_served",
]
