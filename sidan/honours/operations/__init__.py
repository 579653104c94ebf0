"""Every write of certificates."""

from sidan.honours.operations.checking import WrongCertificateCode, check_certificate
from sidan.honours.operations.issuing import ReplacedAlready, issue_certificate, renew_certificate
from sidan.honours.operations.telling import tell_of_spoiled

__all__ = [
    "ReplacedAlready",
    "WrongCertificateCode",
    "check_certificate",
    "issue_certificate",
    "renew_certificate",
    "tell_of_spoiled",
]
