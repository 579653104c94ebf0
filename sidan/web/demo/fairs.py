"""The stalls of Xunwu's Saturday fair: the last one with whom they served, and the next one with a gap and who asks."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sidan.activities.enums import COMING, OVER, ActivityKind
from sidan.activities.models import Activity
from sidan.core.actor import Actor
from sidan.fairs import operations
from sidan.fairs.models import ServiceKind, Stall
from sidan.fairs.operations import PastFair, PastStall, StallText
from sidan.people.enums import Role, TeamState
from sidan.people.models import Account, Team
from sidan.people.queries import actor_for_account
from sidan.web.demo.people import People
from sidan.web.demo.places import Network

TEAMS: Final = 24
"""As the county reported."""
OUTSIDE: Final = ("县中医院体检车", "县电商产业园")
ROWS: Final = ("滨江北排", "滨江南排", "戏台旁", "桥头")
SAID: Final[Sequence[tuple[str, str, str]]] = (
    ("修小家电、修伞、磨刀", "Small appliances, umbrellas, knives", "便民维修"),
    ("量血压、测血糖、看舌头", "Blood pressure, blood sugar, a look at your tongue", "义诊健康"),
    ("剪头发、修面", "Haircuts and shaves", "理发便民"),
    (
        "合同、工资、邻里纠纷，律师坐堂",
        "A lawyer on contracts, wages, quarrels with neighbours",
        "法律政策咨询",
    ),
    ("客家山歌、写春联、剪纸", "Hakka songs, couplets, paper cuts", "文化展演"),
    ("脐橙病虫害问诊、百香果直销", "Ailing orange trees, passion fruit from the grower", "农技与消费帮扶"),
)
OWN_KIND: Final = operations.KindText(name="防诈反诈", name_en="Against fraud")
SUITS: Final = (
    ("维修", 0), ("电", 0), ("医", 1), ("卫", 1), ("健康", 1), ("献血", 1), ("义剪", 2), ("理发", 2), ("法", 3),
    ("治理", 3), ("理论", 3), ("文化", 4), ("文艺", 4), ("助学", 4), ("产业", 5), ("农", 5), ("扶", 5),
)  # fmt: skip
"""Which of these a team does whose name has a word; the others take turns."""
ASKED_BEFORE: Final = timedelta(hours=5)
OFFERS: Final = ("义剪，四把椅子", "家电维修，自带工具")


def make_fairs(*, network: Network, people: People, now: datetime) -> None:
    """Write down the last fair, lay out the next, let teams ask for the gap."""
    manager = _actor(people, Role.MANAGER)
    operations.add_kind(actor=manager, at=now - timedelta(days=20), county=network.center, text=OWN_KIND)
    fairs = Activity.unscoped.filter(
        place=network.center, kind=ActivityKind.FAIR, series__isnull=False
    ).select_related("place")
    leads = Team.objects.filter(leader=people.by_role[Role.LEADER].person, county=network.center)
    own = leads.filter(state=TeamState.ACTIVE).order_by("pk").first()
    teams = _teams(network, own)
    kinds = {kind.name: kind for kind in ServiceKind.unscoped.filter(county=None)}
    last = fairs.filter(state__in=sorted(OVER)).order_by("-during").first()
    if last is not None:
        told = [
            PastStall(
                nth, team, [kinds[SAID[nth % len(SAID)][2]]], served=18 + nth * 7 % 60, spot=ROWS[nth // 7]
            )
            for nth, team in enumerate(teams[4:TEAMS], start=1)
        ]
        written = min(last.span.ends + timedelta(hours=12), now)
        operations.record_past_fairs(actor=manager, at=written, fairs=[PastFair(last, told)])
    following = fairs.filter(state__in=sorted(COMING), during__startswith__gt=now).order_by("during").first()
    if following is not None and own is not None:
        _lay_out(manager, _actor(people, Role.LEADER), following, teams, own, kinds, at=now - ASKED_BEFORE)


def _lay_out(
    manager: Actor, leader: Actor, fair: Activity, teams: Sequence[Team], own: Team, kinds: dict[str, ServiceKind],
    *, at: datetime,
) -> None:  # fmt: skip
    """All but one stall are given; the demo's leader and another team ask for that one."""
    placed, asking = teams[: TEAMS - 2], teams[TEAMS - 2 : TEAMS - 1]
    count = len(placed) + len(OUTSIDE) + 1
    stalls = operations.add_stalls(actor=manager, at=at, activity=fair, count=count)
    for nth, stall in enumerate(stalls):
        about, about_en, kind = _said(nth, _name(nth, placed))
        text = StallText(
            number=stall.number, spot=ROWS[nth // 7], about=about, about_en=about_en, kinds=[kinds[kind]]
        )
        operations.change_stall(actor=manager, at=at, stall=stall, text=text)
        _give(manager, stall, nth, placed, at=at)
    operations.ask_for_stall(
        actor=leader, at=at + timedelta(hours=1), activity=fair, team=own, offers=OFFERS[0], stall=stalls[-1]
    )
    for team in asking:
        account = Account.objects.filter(person=team.leader).first()
        if account is not None and (actor := actor_for_account(account.pk)) is not None:
            operations.ask_for_stall(
                actor=actor, at=at + timedelta(hours=2), activity=fair, team=team, offers=OFFERS[1]
            )


def _name(nth: int, placed: Sequence[Team]) -> str:
    return placed[nth].name if nth < len(placed) else (*OUTSIDE, "")[nth - len(placed)]


def _said(nth: int, name: str) -> tuple[str, str, str]:
    return SAID[next((index for word, index in SUITS if word in name), nth % len(SAID))]


def _give(manager: Actor, stall: Stall, nth: int, placed: Sequence[Team], *, at: datetime) -> None:
    if nth < len(placed):
        operations.place_team(actor=manager, at=at, stall=stall, team=placed[nth])
    elif nth - len(placed) < len(OUTSIDE):
        operations.place_organisation(
            actor=manager, at=at, stall=stall, organisation=OUTSIDE[nth - len(placed)]
        )


def _teams(network: Network, own: Team | None) -> list[Team]:
    """Return teams of the county, one place after the other, so that every township has its turn."""
    rows = Team.objects.filter(county=network.center, state=TeamState.ACTIVE, leader__isnull=False)
    by_place: dict[int, int] = {}
    ranked = []
    for team in rows.exclude(pk=own.pk if own else 0).select_related("leader", "place").order_by("pk"):
        by_place[team.place_id] = by_place.get(team.place_id, 0) + 1
        ranked.append((by_place[team.place_id], team.pk, team))
    return [team for _rank, _pk, team in sorted(ranked)[:TEAMS]]


def _actor(people: People, role: Role) -> Actor:
    actor = actor_for_account(people.by_role[role].pk)
    assert actor is not None, "who plays a role in the demo signs in"
    return actor
