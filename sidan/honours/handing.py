"""Handing a certificate out: the address at which it is checked, and the signed file; for pages and for programs."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sidan.core.clock import business_date
from sidan.core.errors import Conflict
from sidan.core.moments import full_date_words
from sidan.honours.credentials import credential_of
from sidan.honours.models import Certificate
from sidan.honours.permissions import NoSuchCertificate
from sidan.honours.policies import Wanted, shown_code
from sidan.honours.queries import said_by
from sidan.places.models import Place


def base_of(request: HttpRequest) -> str:
    """Return the address of this installation, with its slash."""
    return request.build_absolute_uri("/")


def check_url(request: HttpRequest, facts: Mapping[str, Any]) -> str:
    """Return where a stranger reads whether a certificate is right: the address that its code to scan holds."""
    path = reverse("honours:checked", args=[facts["number"]])
    return request.build_absolute_uri(f"{path}?{urlencode({'code': shown_code(str(facts['code']))})}")


class CertificateInvalid(Conflict):
    """Whoever holds one in the hand believes it: what is no longer right is not handed out again."""

    code = "certificate_invalid"
    sentence = _(
        "This certificate is no longer valid since %(since)s: it is neither printed nor handed out. "
        "Please issue it anew."
    )


def said_or_gone(certificate: Certificate) -> dict[str, Any]:
    """Return what a certificate says that is handed out.

    Raises:
        NoSuchCertificate: its words were erased.
        CertificateInvalid: a record of it was taken back.
    """
    facts = said_by(certificate=certificate)
    if not facts:
        raise NoSuchCertificate
    if certificate.spoiled_at is not None:
        raise CertificateInvalid(since=full_date_words(business_date(certificate.spoiled_at)))
    return facts


def signed_text(request: HttpRequest, certificate: Certificate) -> str:
    """Return a certificate as a signed file. Raises NoSigningKey, NoSuchCertificate, CertificateInvalid."""
    facts = said_or_gone(certificate)
    return credential_of(
        certificate=certificate, facts=facts, base=base_of(request), check_url=check_url(request, facts)
    )


def county_only(wanted: Wanted, county: Place | None) -> Wanted:
    """Return what an office certifies: records of the volunteer's county, wherever else they served."""
    return replace(wanted, county=county.uuid) if county else wanted
