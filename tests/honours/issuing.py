"""Certificates as tests issue them."""

from datetime import date, datetime

from sidan.honours import operations
from sidan.honours.models import Certificate
from sidan.honours.policies import Wanted
from sidan.honours.queries import certificate_by_number
from sidan.hours import operations as hours_operations
from sidan.hours.models import Entry
from tests.cast import Cast, Someone
from tests.factories import AT


def issued(
    who: Someone, *details: str, extent: str = "all", at: datetime = AT, **chosen: object
) -> Certificate:
    """Let somebody issue a certificate of their own, and return it as it is judged now."""
    wanted = Wanted(extent=extent, details=details, **chosen)  # type: ignore[arg-type] # each test names its own
    with who.at_work() as actor:
        made = operations.issue_certificate(actor=actor, at=at, person=who.person, wanted=wanted)
    return again(made)


def again(certificate: Certificate) -> Certificate:
    """Return a certificate as it is worth now."""
    found = certificate_by_number(number=certificate.number)
    assert found is not None
    return found


def year(number: int) -> dict[str, date]:
    return {"first": date(number, 1, 1), "last": date(number, 12, 31)}


def taken_back(cast: Cast, entry: Entry, *, at: datetime = AT) -> Entry:
    """Let the manager take a record back."""
    with cast.manager.at_work() as actor:
        return hours_operations.take_back(
            actor=actor, at=at, entry=entry, reason="not_there", words="当天没有来"
        )
