"""Leave to read where a telephone is: given apart from everything else, taken back at any time."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from sidan.attendance.models import LocationConsent, RawPoint
from sidan.audit.operations import record
from sidan.core.actor import Actor
from sidan.core.errors import Invalid
from sidan.core.transactions import act
from sidan.people.permissions import require_signed_in


class NoLeaveToRead(Invalid):
    code = "no_leave_to_read_place"
    sentence = _(
        "You have not allowed the place of your telephone to be read. The code and by hand work without."
    )


def give_location_consent(*, actor: Actor, at: datetime) -> LocationConsent:
    """Allow one reading at each check-in by place. Given twice it is the same consent."""
    _account_id, person_id = require_signed_in(actor=actor)
    with act():
        given, is_new = LocationConsent.objects.get_or_create(
            person_id=person_id, revoked_at=None, defaults={"given_at": at}
        )
        if is_new:
            record(actor=actor, at=at, verb="location.consent", subject=("person", person_id))
    return given


def revoke_location_consent(*, actor: Actor, at: datetime) -> None:
    """Take the consent back; points that are still kept go at once. Without a consent nothing happens."""
    _account_id, person_id = require_signed_in(actor=actor)
    with act():
        held = LocationConsent.objects.filter(person_id=person_id, revoked_at=None).update(revoked_at=at)
        RawPoint.objects.filter(mark__person=person_id).delete()
        if held:
            record(actor=actor, at=at, verb="location.revoke", subject=("person", person_id))
