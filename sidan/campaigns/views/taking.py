"""Lists of a campaign that are taken away."""

from django.http import HttpRequest

from sidan.audit.operations import record
from sidan.campaigns.models import Campaign
from sidan.core.clock import now
from sidan.core.requests import actor_of


def trail_of_export(request: HttpRequest, found: Campaign) -> None:
    """Write down that a list of a campaign was taken away."""
    record(
        actor=actor_of(request), at=now(), verb="campaign.exported", subject=("campaign", found.pk),
        place_id=found.place_id, county_id=found.county_id,
    )  # fmt: skip
