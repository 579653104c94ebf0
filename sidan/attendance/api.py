"""One's leave to have the place of one's telephone read, over the API: the same operations as the page."""

from datetime import datetime

from django.http import HttpRequest
from ninja import Router, Schema, Status

from sidan.attendance import operations
from sidan.attendance.queries import location_consent
from sidan.core.clock import now
from sidan.core.requests import actor_of
from sidan.people.permissions import require_signed_in

router = Router(tags=["attendance"])


class LocationConsentOut(Schema):
    is_given: bool
    given_at: datetime | None


@router.get(
    "/location-consent", response=LocationConsentOut, summary="May the place of my telephone be read?"
)
def read_consent(request: HttpRequest) -> LocationConsentOut:
    """Without it a check-in by place is refused; the code and by hand work without."""
    _account_id, person_id = require_signed_in(actor=actor_of(request))
    held = location_consent(person_id=person_id)
    return LocationConsentOut(is_given=held is not None, given_at=held.given_at if held else None)


@router.put(
    "/location-consent", response=LocationConsentOut, summary="Allow the place to be read at check-ins"
)
def give_consent(request: HttpRequest) -> LocationConsentOut:
    """One reading at each check-in by place, removed after a day; given twice it is the same consent."""
    given = operations.give_location_consent(actor=actor_of(request), at=now())
    return LocationConsentOut(is_given=True, given_at=given.given_at)


@router.delete("/location-consent", response={204: None}, summary="Take the consent back")
def withdraw_consent(request: HttpRequest) -> Status[None]:
    """Points that are still kept are removed at once; without a consent nothing happens."""
    operations.revoke_location_consent(actor=actor_of(request), at=now())
    return Status(204, None)
