"""Certificates and ladders; proposals of honours, what is objected, and what was given."""

from sidan.honours.models.certificates import Certificate, CertificateLine, Ladder, Sheet
from sidan.honours.models.giving import (
    ONE_OPEN_OBJECTION,
    ONE_TITLE_OF_A_NAME,
    Award,
    AwardNote,
    Nominee,
    Objection,
    Proposal,
    ProposalNote,
    ProposalStep,
    ShownName,
    StandingAward,
    Title,
)

__all__ = [
    "ONE_OPEN_OBJECTION",
    "ONE_TITLE_OF_A_NAME",
    "Award",
    "AwardNote",
    "Certificate",
    "CertificateLine",
    "Ladder",
    "Nominee",
    "Objection",
    "Proposal",
    "ProposalNote",
    "ProposalStep",
    "Sheet",
    "ShownName",
    "StandingAward",
    "Title",
]
