"""Who may do what with campaigns."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from sidan.campaigns.models import Campaign, Site, StopRecord
from sidan.core.actor import Actor
from sidan.core.errors import Forbidden, NotFound
from sidan.files.models import StoredFile
from sidan.people.enums import MANAGING_ROLES, ORDER_STAFF_ROLES, PEOPLE_ROLES, Role
from sidan.people.permissions import holds_role_over
from sidan.places.enums import PlaceKind
from sidan.places.models import Place

RUNNING_ROLES: Final = MANAGING_ROLES
"""Who prepares, announces and ends the campaigns of a county or a township: its managers and directors."""
PLANNING_ROLES: Final = PEOPLE_ROLES
"""Who says what is to be reached and when, at their own place: practitioners, too."""
RECORDING_ROLES: Final = PEOPLE_ROLES | {Role.GRID_KEEPER}
"""Who writes down that a site was reached, and who gives the second person's word."""
HOME_KINDS: Final = (PlaceKind.CENTER, PlaceKind.INSTITUTE)
"""Whose campaigns there are."""
STOP_PHOTO: Final = "stop_photo"


class NoSuchCampaign(NotFound):
    code = "no_such_campaign"
    sentence = _("This campaign is not here, or it is not announced yet.")


class NoSuchSite(NotFound):
    code = "no_such_site"
    sentence = _("This is not among what the campaign means to reach, or it lies elsewhere.")


class NoSuchStop(NotFound):
    code = "no_such_stop"
    sentence = _("This stop is not in the campaign, or it lies elsewhere.")


class NoSuchTarget(NotFound):
    code = "no_such_target"
    sentence = _("This target is not in the campaign any more.")


class NoSuchKind(NotFound):
    code = "no_such_kind"
    sentence = _("There is no such kind of place here.")


class NotYourCampaign(Forbidden):
    code = "not_your_campaign"
    sentence = _(
        "A campaign is prepared and led by the managers and directors of its place, or of one above it."
    )


class NotYourStop(Forbidden):
    code = "not_your_stop"
    sentence = _("Only those who work at this place, or at one above it, may write this down.")


class NotCampaignStaff(Forbidden):
    code = "not_campaign_staff"
    sentence = _("These pages are for those who work at a place.")


def may_run(*, actor: Actor, place_id: int, county_id: int | None) -> bool:
    """Tell whether the actor leads the campaigns of a place."""
    return holds_role_over(actor=actor, roles=RUNNING_ROLES, place_id=place_id, county_id=county_id)


def may_run_it(*, actor: Actor, campaign: Campaign) -> bool:
    """Tell whether the actor leads this campaign."""
    return may_run(actor=actor, place_id=campaign.place_id, county_id=campaign.county_id)


def require_running(*, actor: Actor, campaign: Campaign) -> None:
    """Let pass who leads a campaign. Raises NotYourCampaign."""
    if not may_run_it(actor=actor, campaign=campaign):
        raise NotYourCampaign


def require_running_at(*, actor: Actor, place: Place) -> None:
    """Let pass who leads the campaigns of a place. Raises NotYourCampaign."""
    if not may_run(actor=actor, place_id=place.pk, county_id=place.county_id):
        raise NotYourCampaign


def may_plan_at(*, actor: Actor, place_id: int, county_id: int | None) -> bool:
    """Tell whether the actor says what is to be reached at a place, and when."""
    return holds_role_over(actor=actor, roles=PLANNING_ROLES, place_id=place_id, county_id=county_id)


def require_planning_at(*, actor: Actor, place_id: int, county_id: int | None) -> None:
    """Let pass who plans at a place. Raises NotYourStop."""
    if not may_plan_at(actor=actor, place_id=place_id, county_id=county_id):
        raise NotYourStop


def may_record(*, actor: Actor, site: Site) -> bool:
    """Tell whether the actor writes down that a site was reached."""
    return holds_role_over(
        actor=actor, roles=RECORDING_ROLES, place_id=site.place_id, county_id=site.county_id
    )


def require_recording(*, actor: Actor, site: Site) -> None:
    """Let pass who records at a site. Raises NotYourStop."""
    if not may_record(actor=actor, site=site):
        raise NotYourStop


def may_take_back(*, actor: Actor, site: Site, record: StopRecord) -> bool:
    """Tell whether the actor may take a record back: who wrote it, and the managers and directors of the site."""
    is_own = record.by_id is not None and record.by_id == actor.account_id
    return (is_own and may_record(actor=actor, site=site)) or holds_role_over(
        actor=actor, roles=RUNNING_ROLES, place_id=site.place_id, county_id=site.county_id
    )


def may_see_stop_photo(actor: Actor, file: StoredFile) -> bool:
    """Tell who sees the picture of a stop: those who work at its site, or above."""
    record = StopRecord.objects.filter(photo=file).select_related("stop__site").first()
    if record is None:
        return False
    site = record.stop.site
    return holds_role_over(
        actor=actor, roles=frozenset(ORDER_STAFF_ROLES), place_id=site.place_id, county_id=site.county_id
    )


def require_desk(*, actor: Actor) -> None:
    """Open the pages of staff; which campaigns are on them, the scope says. Raises NotCampaignStaff."""
    if not actor.roles & ORDER_STAFF_ROLES:
        raise NotCampaignStaff
