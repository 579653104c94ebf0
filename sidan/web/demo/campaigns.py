"""A campaign of the county that is partly done, with schools and firms in its list, and a tour of fourteen shows."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import cycle
from typing import Final

from sidan.activities.enums import Platform, Task
from sidan.campaigns import operations
from sidan.campaigns.models import Campaign, Site, SiteKind, StopRecord
from sidan.campaigns.operations import CampaignText, SiteFacts, Told
from sidan.campaigns.permissions import may_record
from sidan.campaigns.queries import kind_of_place, places_to_plan, townships_of
from sidan.core.actor import Actor
from sidan.core.clock import BUSINESS_ZONE, business_date
from sidan.people.enums import Role
from sidan.people.queries import actor_for_account
from sidan.places.enums import PlaceKind, Setting
from sidan.places.models import Place
from sidan.web.demo.people import People
from sidan.web.demo.places import Network

SHOWS: Final = 14
SHOWN: Final = 6
REACHED: Final = 5
"""Of seven villages; of every other school and firm."""
BEGAN: Final = timedelta(days=24)
LASTS: Final = timedelta(days=60)
SCHOOLS: Final = ("中心小学", "初级中学", "幼儿园")
FIRMS: Final = ("果业合作社", "包装厂", "物流站", "稀土科技公司")
SAFE: Final = {
    "kind": "campaign", "name": "千村万场安全用电行", "name_en": "Safe with electricity: a thousand villages",
    "purpose": "进村、进校、进企业讲安全用电，发一份资料，查一处隐患。", "task": Task.POLICY,
    "platform": Platform.SCIENCE, "answers": "县供电公司 李经理",
}  # fmt: skip
OPERA: Final = {
    "kind": "tour", "name": "采茶戏巡演十四场", "name_en": "Tea-picking opera: fourteen shows",
    "purpose": "县采茶剧团送戏下乡，一村一场。", "task": Task.CULTURE,
    "platform": Platform.CULTURE, "answers": "县文化馆 潘老师",
}  # fmt: skip
TAUGHT: Final = "学校放假，照片是去年的。"


def make_campaigns(*, network: Network, people: People, now: datetime) -> None:
    """Write both, and lead each as far as it is."""
    manager = _actor(people, Role.MANAGER)
    _campaign(network.center, manager, people, now)
    _tour(network.center, manager, people, now)
    operations.add_kind(actor=manager, at=now, county=network.center, name="茶亭", name_en="Tea pavilions")
    draft = _text(OPERA, business_date(now) + LASTS, name="消防知识进村组", kind="campaign", name_en="")
    operations.draft_campaign(actor=manager, at=now, place=network.center, text=draft)


def _actor(people: People, role: Role) -> Actor:
    actor = actor_for_account(people.by_role[role].pk)
    assert actor is not None, "each door of the demo opens"
    return actor


def _text(facts: dict[str, str], first: date, **changes: str) -> CampaignText:
    told: dict[str, str] = {**facts, **changes}
    return CampaignText(first_day=first, last_day=first + LASTS, **told)


def _kind(code: str) -> SiteKind:
    return SiteKind.objects.get(code=code)


def _campaign(center: Place, manager: Actor, people: People, now: datetime) -> None:
    """Five of seven villages are reached, and half of the schools and firms of each township."""
    at = now - BEGAN
    made = operations.draft_campaign(actor=manager, at=at, place=center, text=_text(SAFE, business_date(at)))
    towns = [each for each in townships_of(campaign=made) if each.setting == Setting.TOWNSHIP]
    lists = [*_lists(towns, SCHOOLS, "school"), *_lists(towns, FIRMS, "firm")]
    villages = Place.objects.filter(county=center, kind=PlaceKind.STATION, setting=Setting.VILLAGE).count()
    meant = {"village": villages, "school": len(SCHOOLS) * len(towns), "firm": len(FIRMS) * len(towns)}
    for code, amount in meant.items():
        target = operations.set_target(
            actor=manager, at=at, campaign=made, kind=_kind(code), unit="places", amount=max(1, amount)
        )
        if code == "school":
            shares = dict.fromkeys(towns, len(SCHOOLS))
            operations.share_out(actor=manager, at=at, campaign=made, target=target, shares=shares)
    for unit, amount in (("leaflets", 10_000), ("checks", 500)):
        operations.set_target(actor=manager, at=at, campaign=made, kind=None, unit=unit, amount=amount)
    operations.announce_campaign(actor=manager, at=at, campaign=made)
    operations.add_sites(actor=manager, at=at, campaign=made, sites=lists)
    _reach(made, manager, people, now)


def _lists(towns: Sequence[Place], names: Sequence[str], code: str) -> list[SiteFacts]:
    return [
        SiteFacts(town, _kind(code), f"{town.short_name}{name}", f"{town.short_name}圩上")
        for town in towns for name in names
    ]  # fmt: skip


def _reach(made: Campaign, manager: Actor, people: People, now: datetime) -> None:
    """Write down most of it; the last waits for a second person, one was wrong and is taken back."""
    sites = Site.unscoped.filter(campaign=made).select_related("campaign", "place", "kind")
    sites = sites.order_by("place__sort_code", "place", "name")
    days = cycle(range(1, BEGAN.days))
    records: list[StopRecord] = []
    for number, site in enumerate(sites):
        local = _local(people, site)
        if local is None or (number % 2 if site.name else number % 7 >= REACHED):
            continue
        day = business_date(now) - timedelta(days=next(days))
        at = datetime.combine(day, time(17), BUSINESS_ZONE)
        told = Told(day=day, people=18 + number % 40, leaflets=20 + number % 30, checks=number % 5)
        records.append(operations.record_at(actor=local, at=at, site=site, told=told))
    for record in records[:-2]:
        operations.give_word(actor=manager, at=now, record=record)
    for record in records[:1]:
        operations.take_record_back(actor=manager, at=now, record=record, words=TAUGHT)


def _local(people: People, site: Site) -> Actor | None:
    """Return who writes down at a site: its practitioner, or the director of its institute."""
    keeper = people.practitioners.get(site.place_id)
    actors = [actor_for_account(keeper.pk)] if keeper else []
    for actor in [*actors, _actor(people, Role.DIRECTOR)]:
        if actor is not None and may_record(actor=actor, site=site):
            return actor
    return None


def _tour(center: Place, manager: Actor, people: People, now: datetime) -> None:
    """Fourteen shows in the evening, every fourth day; six are over."""
    first = business_date(now) - timedelta(days=4 * SHOWN)
    at = datetime.combine(first, time(9), BUSINESS_ZONE)
    made = operations.draft_campaign(actor=manager, at=at, place=center, text=_text(OPERA, first))
    operations.set_target(actor=manager, at=at, campaign=made, kind=None, unit="sessions", amount=SHOWS)
    operations.set_target(actor=manager, at=at, campaign=made, kind=None, unit="people", amount=3_000)
    local = _actor(people, Role.DIRECTOR)
    villages = places_to_plan(actor=local, campaign=made).filter(kind=PlaceKind.STATION)[:SHOWS]
    shows = [
        SiteFacts(
            place, kind_of_place(place=place), day=first + timedelta(days=4 * number), clock=time(19, 30)
        )
        for number, place in enumerate(villages)
    ]  # fmt: skip
    operations.announce_campaign(actor=manager, at=at, campaign=made)
    operations.add_sites(actor=manager, at=at, campaign=made, sites=shows)
    for show in shows[:SHOWN]:
        site = Site.unscoped.select_related("campaign", "place").get(campaign=made, place=show.place)
        day = show.day
        assert day is not None, "each show has its evening"
        late = datetime.combine(day, time(22), BUSINESS_ZONE)
        told = Told(day=day, people=120 + 15 * (day.day % 7))
        record = operations.record_at(actor=local, at=late, site=site, told=told)
        operations.give_word(actor=manager, at=late, record=record)
