"""E-mail addresses in one written form, and how they are hidden on a screen."""

from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from sidan.core.errors import FieldProblem, Invalid

LONGEST_EMAIL: Final = 254
"""RFC 5321, 4.5.3.1.3, without the angle brackets."""


class BadEmail(Invalid):
    """Not an address to which a mail server would deliver."""

    code = "bad_email"
    sentence = _("This is not an e-mail address. It looks like name@example.com.")


def normalise_email(text: str) -> str:
    """Return the address with its host in small letters; what stands before the @ is the host's own affair.

    Raises:
        BadEmail: it is none, or holds letters that many mail servers do not take.
    """
    name, _at, host = text.strip().rpartition("@")
    address = f"{name}@{host.lower()}"
    try:
        validate_email(address)
    except ValidationError:
        raise BadEmail(errors=[FieldProblem("/email", BadEmail.sentence)]) from None
    if len(address) > LONGEST_EMAIL or not address.isascii():
        raise BadEmail(errors=[FieldProblem("/email", BadEmail.sentence)])
    return address


def mask_email(address: str) -> str:
    """Return the first letter and the host; nothing stays nothing."""
    name, at, host = address.rpartition("@")
    return f"{name[:1]}***@{host}" if at else ""
