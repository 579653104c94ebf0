"""Which campaigns there are, their sites and stops, and what may prove a stop."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Lower

from sidan.activities.enums import COMING, OVER
from sidan.activities.models import Activity
from sidan.campaigns.enums import IN_HAND, OPEN, OTHER, TOLD, CampaignState, StopState
from sidan.campaigns.models import Campaign, CampaignStep, Site, SiteKind, Stop, StopRecord, Target
from sidan.campaigns.permissions import (
    HOME_KINDS,
    PLANNING_ROLES,
    RUNNING_ROLES,
    NoSuchCampaign,
    NoSuchKind,
    NoSuchStop,
    NoSuchTarget,
)
from sidan.core.actor import Actor
from sidan.core.clock import business_date, midnight
from sidan.core.search import search_q
from sidan.orders.models import Order, OrderStep
from sidan.places.enums import PlaceKind
from sidan.places.models import Place, PlaceLink
from sidan.places.queries import places_to_choose, subtree_of, within

CHIPS: Final[dict[str, frozenset[str]]] = {
    "": frozenset(IN_HAND),
    "draft": frozenset({CampaignState.DRAFT}),
    "announced": frozenset({CampaignState.ANNOUNCED}),
    "running": frozenset({CampaignState.RUNNING}),
    "over": frozenset({CampaignState.ENDED, CampaignState.STOPPED}),
    "dropped": frozenset({CampaignState.DROPPED}),
}
"""The chips above the list of an office, and which states stand behind each."""
MOST_CHOICES: Final = 100
NEAR: Final = timedelta(days=7)
"""How far from the planned day an activity may be that is offered as its proof."""
MOST_OF_A_PLACE: Final = 5


@dataclass(frozen=True, slots=True)
class CampaignFilter:
    """What the reader chose above the list."""

    chip: str = ""
    place_id: int | None = None
    kind: str = ""
    text: str = ""


def shown(rows: QuerySet[Campaign]) -> QuerySet[Campaign]:
    """Add what a row shows, and by what it is sorted."""
    return rows.select_related("place", "county").annotate(place_key=F("place__path_names"))


def desk(*, chosen: CampaignFilter) -> QuerySet[Campaign]:
    """Return the campaigns in scope behind a chip."""
    rows = shown(Campaign.objects.filter(state__in=sorted(CHIPS[chosen.chip])))
    done = Stop.unscoped.filter(campaign=OuterRef("pk"), state=StopState.DONE).order_by().values("campaign")
    to_come = Stop.unscoped.filter(
        campaign=OuterRef("pk"), state=StopState.PLANNED, campaign__state__in=sorted(IN_HAND)
    )
    ahead = to_come.order_by().values("campaign")
    rows = rows.annotate(
        done=Subquery(done.annotate(count=Count("pk")).values("count")),
        ahead=Subquery(ahead.annotate(count=Count("pk")).values("count")),
    )
    if chosen.text:
        rows = rows.filter(search_q("search", chosen.text))
    if chosen.place_id:
        rows = rows.filter(within(field="place", root_ids=(chosen.place_id,)))
    return rows.filter(kind=chosen.kind) if chosen.kind else rows


def desk_counts(*, chosen: CampaignFilter) -> dict[str, int]:
    """Return how many stand behind each chip of what is in hand; the others grow with the years."""
    rows = desk(chosen=replace(chosen, chip="")).order_by().values("state").annotate(count=Count("id"))
    by_state = {row["state"]: row["count"] for row in rows}
    return {
        chip: sum(by_state.get(state, 0) for state in states)
        for chip, states in CHIPS.items()
        if states <= IN_HAND
    }


def told(*, near: Place | None, is_over: str = "", text: str = "") -> QuerySet[Campaign]:
    """Return what is announced in a visitor's county, whoever reads: what goes on, or with `over` what was."""
    states = TOLD - OPEN if is_over else OPEN
    rows = shown(Campaign.objects.filter(state__in=sorted(states)))
    if near is not None and near.county_id:
        rows = rows.filter(county=near.county_id)
    elif near is not None:
        rows = rows.filter(within(field="place", root_ids=(near.pk,)))
    return rows.filter(search_q("search", text)) if text else rows


def coming_to(*, place: Place) -> list[Campaign]:
    """Return the campaigns that go on at a place or come there: its own, and those of the places above it."""
    above = PlaceLink.objects.filter(descendant=place.pk, during__upper_inf=True).values("ancestor")
    rows = Campaign.objects.filter(state__in=sorted(OPEN), place__in=above)
    return list(shown(rows).order_by("last_day", "id")[:MOST_OF_A_PLACE])


def campaign_by_uuid(*, uuid: UUID) -> Campaign:
    """Find a campaign by its public id, within the scope. Raises NoSuchCampaign."""
    found = shown(Campaign.objects.filter(uuid=uuid)).first()
    if found is None:
        raise NoSuchCampaign
    return found


def target_by_uuid(*, campaign: Campaign, uuid: UUID) -> Target:
    """Find a target of a campaign. Raises NoSuchTarget."""
    found = Target.objects.filter(campaign=campaign, uuid=uuid).first()
    if found is None:
        raise NoSuchTarget
    return found


def history(*, campaign: Campaign) -> list[CampaignStep]:
    """Return the steps of a campaign with who took them and their words."""
    return list(CampaignStep.objects.filter(campaign=campaign).select_related("note", "actor__person"))


def kinds_of(*, county_id: int | None, with_retired: Collection[int] = ()) -> QuerySet[SiteKind]:
    """Return the kinds that are offered in a county: everybody's and its own."""
    rows = SiteKind.objects.filter(Q(county=None) | Q(county=county_id) if county_id else Q(county=None))
    return rows.filter(Q(retired_at=None) | Q(pk__in=list(with_retired)))


def own_kinds(*, county: Place) -> list[SiteKind]:
    """Return the kinds a county has added and offers."""
    return list(SiteKind.objects.filter(county=county, retired_at=None))


def kind_by_uuid(*, uuid: UUID) -> SiteKind:
    """Find a kind. Raises NoSuchKind."""
    found = SiteKind.objects.filter(uuid=uuid).first()
    if found is None:
        raise NoSuchKind
    return found


def kind_matches(*, kind: SiteKind, place: Place) -> bool:
    """Tell whether a place of the network is of a kind."""
    is_so = bool(kind.setting) and kind.setting == place.setting
    return is_so and (not kind.place_kind or kind.place_kind == place.kind)


def kind_of_place(*, place: Place) -> SiteKind:
    """Return of which kind a place of the network is: by what it is, or of no other."""
    kinds = list(SiteKind.objects.filter(county=None))
    return next(
        (kind for kind in kinds if kind_matches(kind=kind, place=place)),
        next(kind for kind in kinds if kind.code == OTHER),
    )


def places_of_kinds(*, campaign: Campaign, kinds: Collection[SiteKind]) -> Iterator[tuple[SiteKind, Place]]:
    """Yield the open places of the network that a campaign should reach and has not in its list yet."""
    known = Site.unscoped.filter(campaign=campaign, name="").values("place")
    rows = subtree_of(place_id=campaign.place_id).filter(state="open").exclude(pk__in=known)
    wanted = Q(pk__in=[])
    for kind in kinds:
        wanted |= Q(setting=kind.setting, **({"kind": kind.place_kind} if kind.place_kind else {}))
    for place in rows.filter(wanted).order_by("sort_code", "id").distinct():
        yield next(kind for kind in kinds if kind_matches(kind=kind, place=place)), place


def places_to_lead(*, actor: Actor) -> QuerySet[Place]:
    """Return the counties and townships whose campaigns the actor leads."""
    return places_to_choose(root_ids=actor.places_where(frozenset(RUNNING_ROLES)), kinds=HOME_KINDS)


def county_kept(*, actor: Actor) -> Place | None:
    """Return the county whose kinds of places the actor keeps; nothing for who leads a township only."""
    return places_to_lead(actor=actor).filter(kind=PlaceKind.CENTER).first()


def places_to_plan(*, actor: Actor, campaign: Campaign) -> QuerySet[Place]:
    """Return the places a campaign goes to at which the actor says what is to be reached."""
    rows = places_to_choose(root_ids=actor.places_where(frozenset(PLANNING_ROLES)))
    return rows.filter(within(field="pk", root_ids=(campaign.place_id,)))


def townships_of(*, campaign: Campaign) -> list[Place]:
    """Return the places right below that of a campaign, in official order: a share of it may be theirs."""
    rows = Place.objects.filter(parent=campaign.place_id).exclude(state="closed")
    return list(rows.order_by("sort_code", "id"))


def activities_to_prove(*, stop: Stop) -> list[Activity]:
    """Return what everybody was told of that could be this stop: held at its place or below, near its day."""
    own, campaign = (stop.site.place_id,), stop.campaign
    here = within(field="place", root_ids=own) | within(field="booking__room__place", root_ids=own)
    first, last = max(stop.day - NEAR, campaign.first_day), min(stop.day + NEAR, campaign.last_day)
    rows = Activity.unscoped.filter(here, state__in=sorted(OVER | COMING)).annotate(begins=Lower("during"))
    rows = rows.filter(begins__gte=midnight(first), begins__lt=midnight(last + timedelta(days=1)))
    taken = Stop.unscoped.filter(campaign=stop.campaign_id, activity__isnull=False).exclude(pk=stop.pk)
    return list(rows.exclude(pk__in=taken.values("activity")).order_by("begins", "id")[:MOST_CHOICES])


def where_held(*, activity: Activity) -> list[int]:
    """Return the places at which an activity is: whose it is, and that of the room which is held for it."""
    room = activity.booking.room.place_id if activity.booking else None
    return [activity.place_id, *([room] if room else [])]


def stops_for(*, activity: Activity, planned_only: bool = True) -> list[Stop]:
    """Return the planned stops in scope that an activity could be: of campaigns that go on, near its day."""
    day = business_date(activity.span.begins)
    rows = Stop.objects.filter(
        campaign__state__in=sorted(OPEN), state=StopState.PLANNED, activity=None,
        day__range=(day - NEAR, day + NEAR), campaign__first_day__lte=day, campaign__last_day__gte=day,
    )  # fmt: skip
    above = PlaceLink.objects.filter(descendant__in=where_held(activity=activity), during__upper_inf=True)
    rows = rows.filter(site__place__in=above.values("ancestor")).select_related("campaign", "site__place")
    return list(rows.order_by("day", "clock", "id")[:MOST_CHOICES])


def stops_of_activity(*, activity: Activity) -> list[Stop]:
    """Return the stops that an activity is held for."""
    rows = Stop.unscoped.filter(activity=activity).exclude(state=StopState.CALLED_OFF)
    return list(rows.select_related("campaign", "site__place", "site__kind").order_by("id"))


def stop_by_uuid(*, uuid: UUID, campaign: Campaign | None = None) -> Stop:
    """Find a stop by its public id, within the scope. Raises NoSuchStop."""
    rows = Stop.objects.filter(uuid=uuid)
    rows = rows.filter(campaign=campaign) if campaign else rows
    found = rows.select_related("campaign", "site__place", "site__kind", "activity", "order").first()
    if found is None:
        raise NoSuchStop
    return found


def record_by_uuid(*, stop: Stop, uuid: UUID) -> StopRecord:
    """Find a record of a stop. Raises NoSuchStop."""
    found = (
        StopRecord.objects.filter(stop=stop, uuid=uuid).select_related("stop__site", "stop__campaign").first()
    )
    if found is None:
        raise NoSuchStop
    return found


def records_of(*, stop: Stop) -> list[StopRecord]:
    """Return what was written down of a stop, the latest first, with its proof and what became of it."""
    rows = StopRecord.objects.filter(stop=stop).select_related(
        "activity", "order", "photo", "by__person", "word__by__person", "counter__by__person", "counter__text",
        "text",
    )  # fmt: skip
    return list(rows.order_by("-id"))


def day_served(*, order: Order) -> date | None:
    """Return the day on which an order was done; nothing where it was not."""
    if order.state not in ("done", "closed"):
        return None
    at = OrderStep.objects.filter(order=order, machine="order", to_state="done").aggregate(at=Max("at"))["at"]
    return business_date(at) if at else None


def photos_in_use(file_ids: Collection[int]) -> set[int]:
    """Return which stored pictures prove a stop."""
    rows = StopRecord.objects.filter(photo__in=file_ids)
    return set(rows.values_list("photo_id", flat=True))
