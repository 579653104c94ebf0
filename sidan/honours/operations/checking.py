"""Checking: whoever holds the paper types its number and code (Order 67, art. 17), and learns what the paper says."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from sidan.core.errors import Invalid
from sidan.core.ids import BadNumber, parse_number
from sidan.honours.models import Certificate
from sidan.honours.policies import is_code
from sidan.honours.queries import certificate_by_number, said_by
from sidan.people.operations import begin_attempt


class WrongCertificateCode(Invalid):
    """Number and code are told together: which of the two is wrong would help a guesser only."""

    code = "wrong_certificate_code"
    sentence = _("There is no certificate with this number and code. Please compare both with the paper.")


def check_certificate(*, at: datetime, address: str, number: str, code: str) -> Certificate:
    """Return the certificate of a number and its code. Wrong tries count for the network address, as everywhere.

    Raises:
        WrongCertificateCode: also for one whose words were erased.
        LockedOut: there were too many.
    """
    try:
        plain = parse_number(number)
    except BadNumber:
        plain = ""
    attempt = begin_attempt(phone=f"certificate {plain or address}", address=address, at=at, is_on_paper=True)
    found = certificate_by_number(number=plain) if plain else None
    said = said_by(certificate=found) if found else {}
    if found is None or not is_code(typed=code, right=str(said.get("code", ""))):
        raise WrongCertificateCode
    # Only what was wrong counts.
    attempt.delete()
    return found
