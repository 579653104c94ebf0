"""What a campaign means to reach: lists of schools and firms, the places of the network, kinds of one's own."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sidan.audit.operations import record
from sidan.campaigns.enums import IN_HAND, MOST_SITES, Unit
from sidan.campaigns.models import Campaign, Site, SiteKind, Stop, Target
from sidan.campaigns.operations.door import leave_trail, lock_campaign, require_state
from sidan.campaigns.permissions import (
    NoSuchKind,
    NoSuchSite,
    require_planning_at,
    require_running,
    require_running_at,
)
from sidan.campaigns.queries.finding import kind_matches, places_of_kinds
from sidan.core.actor import Actor
from sidan.core.errors import AtField, Conflict, Invalid
from sidan.people.queries import person_of
from sidan.places.models import Place
from sidan.places.queries import subtree_ids


class SiteElsewhere(AtField):
    code = "site_elsewhere"
    field = "place"
    sentence = _("%(place)s is not where this campaign goes. Please choose a place below its own.")


class TooManySites(Invalid):
    code = "too_many_sites"
    sentence = _("A campaign reaches %(most)s places at most. Please divide it into several.")


class SiteHasStops(Conflict):
    code = "site_has_stops"
    sentence = _("There are stops here already: what was planned or done is not removed.")


class KindThere(AtField):
    code = "kind_there"
    field = "name"
    sentence = _("There is a kind of this name already.")


class StopOutside(AtField):
    code = "stop_outside"
    field = "day"
    sentence = _("This campaign is from %(first)s to %(last)s. Please choose a day within it.")


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """A line of a list: a place itself where no name is given; with a day, a stop is planned as well."""

    place: Place
    kind: SiteKind
    name: str = ""
    address: str = ""
    day: date | None = None
    clock: time | None = None

    @property
    def key(self) -> tuple[int, int, str]:
        """What tells it from others: a place itself is one, whatever its kind is called."""
        return (self.place.pk, self.kind.pk if self.name else 0, self.name)


@dataclass(frozen=True, slots=True)
class Added:
    """How many were new, how many stood there already, and how many stops were planned."""

    sites: int
    known: int
    stops: int


@transaction.atomic
def add_sites(*, actor: Actor, at: datetime, campaign: Campaign, sites: Sequence[SiteFacts]) -> Added:
    """Add to what a campaign means to reach, all of it or none; what is there already stays as it is.

    Raises:
        NotYourStop, CampaignMovedOn, SiteElsewhere, TooManySites, StopOutside
    """
    sites = _as_themselves(sites)
    for place in {each.place for each in sites}:
        require_planning_at(actor=actor, place_id=place.pk, county_id=place.county_id)
    require_state(campaign=lock_campaign(campaign), states=frozenset(IN_HAND))
    _check_within(campaign, sites)
    rows = Site.unscoped.filter(campaign=campaign)
    if rows.count() + len(sites) > MOST_SITES:
        raise TooManySites(most=f"{MOST_SITES:,}")
    keys = {each.key for each in sites}
    before = _by_key(campaign, sites)
    new = {each.key: each for each in sites if each.key not in before}
    Site.unscoped.bulk_create(_row(campaign, each, actor, at) for each in new.values())
    stops = _plan(campaign, sites, actor, at)
    leave_trail(campaign=campaign, actor=actor, at=at, verb="add_sites", count=len(new))
    return Added(sites=len(new), known=len(keys) - len(new), stops=stops)


def _as_themselves(sites: Sequence[SiteFacts]) -> list[SiteFacts]:
    """Take a village that was written by its name as the place of the network that it is: it is there once."""
    named = [each for each in sites if each.name and each.kind.setting]
    if not named:
        return list(sites)
    names, roots = {each.name for each in named}, {each.place.pk for each in named}
    near = Place.objects.filter(Q(pk__in=roots) | Q(parent__in=roots))
    known = list(near.filter(Q(name__in=names) | Q(short_name__in=names)).order_by("id"))
    return [_as_itself(each, known) if each.name and each.kind.setting else each for each in sites]


def _as_itself(facts: SiteFacts, known: Sequence[Place]) -> SiteFacts:
    for place in known:
        is_near = facts.place.pk in (place.pk, place.parent_id)
        is_named = facts.name in (place.name, place.short_name)
        if is_near and is_named and kind_matches(kind=facts.kind, place=place):
            return replace(facts, place=place, name="")
    return facts


def _by_key(campaign: Campaign, sites: Sequence[SiteFacts]) -> dict[tuple[int, int, str], int]:
    rows = Site.unscoped.filter(campaign=campaign, place__in={each.place.pk for each in sites})
    return {
        (place, kind if name else 0, name): pk
        for pk, place, kind, name in rows.values_list("pk", "place_id", "kind_id", "name")
    }


def _row(campaign: Campaign, facts: SiteFacts, actor: Actor, at: datetime) -> Site:
    return Site(
        campaign=campaign, kind=facts.kind, place=facts.place, county_id=facts.place.county_id, name=facts.name,
        address=facts.address, created_at=at, created_by=person_of(actor),
    )  # fmt: skip


def _plan(campaign: Campaign, sites: Sequence[SiteFacts], actor: Actor, at: datetime) -> int:
    """Plan a stop for each line with a day, once."""
    # In the order of the lines, each once.
    dated = dict.fromkeys((each.key, each.day, each.clock) for each in sites if each.day is not None)
    for _key, day, _clock in dated:
        check_day(campaign=campaign, day=day)
    ids = _by_key(campaign, sites)
    there = set(
        Stop.unscoped.filter(campaign=campaign)
        .exclude(state="called_off")
        .values_list("site", "day", "clock")
    )
    stops = [
        Stop(
            campaign=campaign, site_id=ids[key], day=day, clock=clock, created_at=at, created_by=person_of(actor)
        )
        for key, day, clock in dated if (ids[key], day, clock) not in there
    ]  # fmt: skip
    Stop.unscoped.bulk_create(stops)
    return len(stops)


def check_day(*, campaign: Campaign, day: date | None) -> None:
    """Refuse a day outside those of the campaign. Raises StopOutside."""
    if day is not None and not campaign.holds(day):
        raise StopOutside(first=campaign.first_day, last=campaign.last_day)


def _check_within(campaign: Campaign, sites: Sequence[SiteFacts]) -> None:
    below = subtree_ids(place_id=campaign.place_id)
    for each in sites:
        if each.place.pk not in below:
            raise SiteElsewhere(place=each.place.shown_short)
        if each.kind.county_id not in (None, campaign.county_id):
            raise NoSuchKind


@transaction.atomic
def take_network_in(*, actor: Actor, at: datetime, campaign: Campaign) -> int:
    """Add the places of the network that are of a kind to be reached and are not in the list yet; returns how many.

    Raises:
        NotYourCampaign, CampaignMovedOn
    """
    require_running(actor=actor, campaign=campaign)
    require_state(campaign=lock_campaign(campaign), states=frozenset(IN_HAND))
    count = put_network_in(campaign=campaign, actor=actor, at=at)
    leave_trail(campaign=campaign, actor=actor, at=at, verb="add_sites", count=count)
    return count


def put_network_in(*, campaign: Campaign, actor: Actor, at: datetime) -> int:
    """Add what the network has of the kinds that a target names; the caller holds the campaign."""
    meant = Target.objects.filter(campaign=campaign, unit=Unit.PLACES).values("kind")
    kinds = SiteKind.objects.filter(pk__in=meant).exclude(setting="")
    person = person_of(actor)
    rows = [
        Site(
            campaign=campaign, kind=kind, place=place, county_id=place.county_id, created_at=at,
            created_by=person,
        )
        for kind, place in places_of_kinds(campaign=campaign, kinds=list(kinds))
    ]  # fmt: skip
    Site.unscoped.bulk_create(rows)
    return len(rows)


@transaction.atomic
def remove_site(*, actor: Actor, at: datetime, site: Site) -> None:
    """Take out what was written down by mistake. Raises NotYourStop, CampaignMovedOn, SiteHasStops, NoSuchSite."""
    require_planning_at(actor=actor, place_id=site.place_id, county_id=site.county_id)
    require_state(campaign=lock_campaign(site.campaign), states=frozenset(IN_HAND))
    row = Site.unscoped.select_for_update().filter(pk=site.pk).first()
    if row is None:
        raise NoSuchSite
    if Stop.unscoped.filter(site=row).exists():
        raise SiteHasStops
    leave_trail(campaign=site.campaign, actor=actor, at=at, verb="remove_site", place_id=site.place_id)
    row.delete()


@transaction.atomic
def add_kind(*, actor: Actor, at: datetime, county: Place, name: str, name_en: str = "") -> SiteKind:
    """Add a kind of place of a county's own; one that was put away is taken up again.

    Raises:
        NotYourCampaign
        KindThere: there is one of this name.
    """
    require_running_at(actor=actor, place=county)
    Place.objects.select_for_update(no_key=True).get(pk=county.pk)
    if SiteKind.objects.filter(county=None, name=name).exists():
        raise KindThere
    there = SiteKind.objects.filter(county=county, name=name).first()
    if there is not None and there.retired_at is None:
        raise KindThere
    if there is None:
        there = SiteKind(county=county, name=name)
    there.retired_at, there.name_en = None, name_en or there.name_en
    there.save()
    _trail_kind(actor, at, county, "kind_added")
    return there


@transaction.atomic
def retire_kind(*, actor: Actor, at: datetime, county: Place, kind: SiteKind) -> None:
    """Offer a kind of the county's own no longer. Raises NotYourCampaign, NoSuchKind."""
    require_running_at(actor=actor, place=county)
    if not SiteKind.objects.filter(pk=kind.pk, county=county, retired_at=None).update(retired_at=at):
        raise NoSuchKind
    _trail_kind(actor, at, county, "kind_retired")


def _trail_kind(actor: Actor, at: datetime, county: Place, verb: str) -> None:
    record(
        actor=actor, at=at, verb=f"campaigns.{verb}", subject=("campaigns", None), place_id=county.pk,
        county_id=county.pk,
    )  # fmt: skip
