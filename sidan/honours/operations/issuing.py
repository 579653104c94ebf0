"""Issuing: the volunteer's own act, free of charge (Order 67, art. 14), or the counter's for who has no telephone."""

import json
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext_lazy as _

from sidan.audit.operations import record
from sidan.core.actor import Actor
from sidan.core.clock import business_date
from sidan.core.crypto import lookup_hash
from sidan.core.errors import Conflict, Unavailable
from sidan.core.events import publish
from sidan.core.ids import order_number
from sidan.core.transactions import told_when
from sidan.honours.enums import Extent
from sidan.honours.events import CertificateIssued
from sidan.honours.models import Certificate, CertificateLine, Sheet
from sidan.honours.notices import tell_person
from sidan.honours.permissions import require_issuing
from sidan.honours.policies import Wanted, code_of
from sidan.honours.queries import Draft, draft_of, facts_of
from sidan.hours.operations import lock_persons
from sidan.people.models import Person
from sidan.people.permissions import require_signed_in
from sidan.people.queries import rows_of_person

CODE_PURPOSE: Final = "honours.certificate.code"
REPLACED_ONCE: Final = "honours_certificate_replaces_id_key"
"""The name that Django gives the unique index of the field."""
TRIES_OF_A_NUMBER: Final = 5


class ReplacedAlready(Conflict):
    code = "certificate_replaced_already"
    sentence = _("A newer certificate has replaced this one already.")


class NoFreeNumber(Unavailable):
    """Five numbers of ninety million were taken, one after another."""

    code = "no_free_certificate_number"


@transaction.atomic
def issue_certificate(
    *, actor: Actor, at: datetime, person: Person, wanted: Wanted, replaces: Certificate | None = None
) -> Certificate:
    """Write a certificate of what stands now, with every word it says.

    The person is locked as for a record, with all rows that are about the same human, so that nothing is taken back
    between adding up and writing.

    Raises:
        NotSignedIn, NothingToSay, SeveralCounties, TooLongAList, NotYoursToIssue
    """
    account_id, _person_id = require_signed_in(actor=actor)
    lock_persons(rows_of_person(person_id=person.pk))
    today = business_date(at)
    draft = draft_of(person=person, wanted=wanted, today=today)
    county_id = draft.county.pk if draft.county else None
    require_issuing(actor=actor, person_id=person.pk, place_id=draft.place.pk, county_id=county_id)
    made = Certificate.unscoped.create(
        number=_free_number(), issued_by_id=account_id, issued_at=at, replaces=replaces, **_columns(draft)
    )
    # What it says comes first: once its lines are there, the database lets nobody write it any more.
    _write_sheet(made, draft, today)
    lines = [CertificateLine(certificate=made, entry=entry) for entry in draft.entries]
    CertificateLine.objects.bulk_create(lines)
    record(
        actor=actor, at=at, verb="certificate.issue", subject=("certificate", made.pk), place_id=made.place_id,
        county_id=county_id, person=person.pk,
    )  # fmt: skip
    publish(
        CertificateIssued(
            certificate_id=made.pk, person_id=person.pk, place_id=made.place_id, county_id=county_id,
            minutes=made.minutes, at=at,
        )
    )  # fmt: skip
    if actor.person_id != person.pk:
        tell_person(kind="certificate_issued", certificate=made, at=at)
    return made


def renew_certificate(*, actor: Actor, at: datetime, certificate: Certificate) -> Certificate:
    """Issue a certificate of the same kind as the records are now; the one before is shown as replaced, or as invalid.

    Raises:
        ReplacedAlready; and what `issue_certificate` raises
    """
    with told_when(constraint=REPLACED_ONCE, refusal=ReplacedAlready):
        return issue_certificate(
            actor=actor,
            at=at,
            person=certificate.person,
            wanted=_wanted_again(certificate),
            replaces=certificate,
        )


def _wanted_again(certificate: Certificate) -> Wanted:
    """Return what was asked for then. Of one record that was corrected it is the day on which it was."""
    bounds: dict[str, Any] = {}
    if certificate.extent != Extent.ALL:
        bounds = {"first": certificate.first_day, "last": certificate.last_day}
    if certificate.extent == Extent.YEAR:
        bounds["last"] = date(certificate.first_day.year, 12, 31)
    return Wanted(
        extent=Extent.SPAN if certificate.extent == Extent.RECORD else certificate.extent,
        county=certificate.county.uuid if certificate.county else None, details=tuple(certificate.details), **bounds,
    )  # fmt: skip


def _columns(draft: Draft) -> dict[str, Any]:
    return {
        "person": draft.person, "place": draft.place, "county": draft.county, "extent": draft.wanted.extent,
        "during": DateRange(draft.first, draft.last + timedelta(days=1)), "minutes": draft.minutes,
        "records": len(draft.entries), "details": list(draft.wanted.details),
    }  # fmt: skip


def _free_number() -> str:
    """Draw a number that no certificate has; two that draw the same at one moment meet at the unique index."""
    for _try in range(TRIES_OF_A_NUMBER):
        number = order_number()
        if not Certificate.unscoped.filter(number=number).exists():
            return number
    raise NoFreeNumber


def _write_sheet(certificate: Certificate, draft: Draft, today: date) -> None:
    # The code follows from the number and a key, and is kept with the words: who reads the table reads neither.
    code = code_of(lookup_hash(value=certificate.number, purpose=CODE_PURPOSE))
    facts = facts_of(draft=draft, number=certificate.number, code=code, on=today)
    Sheet.objects.create(certificate=certificate, words=json.dumps(facts, ensure_ascii=False))
