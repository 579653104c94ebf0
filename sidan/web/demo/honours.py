"""Certificates of the demo: one valid, one replaced, one that a correction has made invalid; stars and titles.

All through the operations: a ladder of the county, stars that were given, a title on public notice with an objection.
"""

from datetime import datetime, timedelta
from typing import Final

from sidan.core.actor import Actor
from sidan.core.clock import business_date
from sidan.honours.enums import Detail, Extent, Recipient
from sidan.honours.models import Nominee, Proposal, Title
from sidan.honours.operations import (
    NobodyReaches,
    TitleText,
    award_proposal,
    begin_ladder,
    begin_title,
    issue_certificate,
    keep_name,
    name_team,
    name_volunteer,
    object_to,
    propose_stars,
    propose_title,
    publish_proposal,
    renew_certificate,
    show_name,
)
from sidan.honours.policies import Wanted
from sidan.hours.models import Entry
from sidan.hours.operations import take_back
from sidan.people.enums import Role, TeamState, VolunteerState
from sidan.people.models import Team, Volunteer
from sidan.people.queries import actor_for_account
from sidan.places.models import Place
from sidan.web.demo.people import People

RUNGS: Final = (10, 30, 60, 100, 200)
"""A young county begins low, so that its first volunteers get their stars in the first year."""
OF_YEAR: Final = TitleText(
    name="最美实践员", name_en="Volunteer of the year", recipient=Recipient.PERSON,
    criteria="一年里服务满 20 小时，群众满意，没有无故缺席。",
)  # fmt: skip
OF_TEAMS: Final = TitleText(
    name="优秀志愿服务队", name_en="Team of the year", recipient=Recipient.TEAM,
    criteria="一年里接单及时，评价好，台账齐全。",
)  # fmt: skip
OBJECTED: Final = "上个月有一次约好了没有来，请再核实。"
KEPT: Final = "已核实：那次是暴雨改期，事先打过电话，后来补上了。"
WHY = "当天因大雨没有上门，签到是误点的。"


def make_certificates(*, people: People, now: datetime) -> None:
    """Let the demo's volunteer issue certificates; the manager then takes one record back."""
    account = people.by_role[Role.VOLUNTEER]
    own, manager = actor_for_account(account.pk), actor_for_account(people.by_role[Role.MANAGER].pk)
    entries = Entry.unscoped.filter(
        person=account.person, standing__isnull=False, county=account.person.county
    )
    records = list(entries.order_by("-day", "-id")[:2])
    if own is None or manager is None or len(records) < 2:
        return
    at, county = now - timedelta(hours=5), account.person.county
    of = county.uuid if county else None
    single = Wanted(extent=Extent.RECORD, record=records[1].uuid, county=of)
    issue_certificate(actor=own, at=at, person=account.person, wanted=single)
    take_back(actor=manager, at=at + timedelta(hours=1), entry=records[1], reason="not_there", words=WHY)
    year = records[0].day.replace(month=1, day=1)
    wanted = Wanted(
        extent=Extent.YEAR, first=year, last=year.replace(month=12, day=31), county=of,
        details=(Detail.VOLUNTEER_NUMBER.value, Detail.TEAMS.value),
    )  # fmt: skip
    first = issue_certificate(actor=own, at=at + timedelta(hours=2), person=account.person, wanted=wanted)
    renew_certificate(actor=own, at=at + timedelta(hours=3), certificate=first)


def make_honours(*, people: People, now: datetime) -> None:
    """Set the hours of stars, give what is reached, and put a title of the year on public notice."""
    manager, resident = (_actor(people, role) for role in (Role.MANAGER, Role.RESIDENT))
    county = people.by_role[Role.VOLUNTEER].person.county
    if county is None:
        return
    own = _actor(people, Role.VOLUNTEER)
    show_name(actor=own, at=now - timedelta(days=40))
    begin_ladder(
        actor=manager, at=now - timedelta(days=400), county=county, basis="all", rungs=RUNGS,
        first_day=business_date(now) - timedelta(days=365),
    )  # fmt: skip
    _stars(manager, county, now)
    title, of_teams = (
        begin_title(actor=manager, at=now - timedelta(days=200), county=county, text=text)
        for text in (OF_YEAR, OF_TEAMS)
    )
    volunteers = Volunteer.unscoped.filter(county=county, state=VolunteerState.ACTIVE, person__canonical=None)
    named = list(volunteers.select_related("person").order_by("pk")[:6])
    _give(
        manager,
        _listed(manager, title, business_date(now).year - 1, named[:3], now - timedelta(days=60)),
        now,
    )
    listed = _listed(manager, title, business_date(now).year, named[2:], now - timedelta(days=3))
    publish_proposal(actor=manager, at=now - timedelta(days=3), proposal=listed, days=10)
    for nominee, day in zip(
        Nominee.objects.select_related("proposal").filter(proposal=listed)[:2], (2, 1), strict=False
    ):
        made = object_to(actor=resident, at=now - timedelta(days=day), nominee=nominee, words=OBJECTED)
        listed.refresh_from_db()
        if day > 1:
            keep_name(
                actor=manager, at=now - timedelta(hours=30), proposal=listed, objection=made, words=KEPT
            )
    _teams(manager, of_teams, county, now)


def _actor(people: People, role: Role) -> Actor:
    actor = actor_for_account(people.by_role[role].pk)
    assert actor is not None, "each door of the demo opens"
    return actor


def _stars(manager: Actor, county: Place, now: datetime) -> None:
    """Propose the stars that are reached, and give them when their notice is over."""
    try:
        made = propose_stars(actor=manager, at=now - timedelta(days=30), county=county)
    except NobodyReaches:
        return
    _give(manager, made, now)


def _listed(manager: Actor, title: Title, year: int, volunteers: list[Volunteer], at: datetime) -> Proposal:
    made = propose_title(actor=manager, at=at, title=title, year=year)
    for volunteer in volunteers:
        name_volunteer(actor=manager, at=at, proposal=made, volunteer=volunteer)
    return made


def _give(manager: Actor, made: Proposal, now: datetime) -> None:
    publish_proposal(actor=manager, at=now - timedelta(days=30), proposal=made)
    award_proposal(actor=manager, at=now - timedelta(days=6), proposal=made)


def _teams(manager: Actor, title: Title, county: Place, now: datetime) -> None:
    """Begin the list of the teams of the year: a draft."""
    made = propose_title(actor=manager, at=now - timedelta(days=1), title=title, year=business_date(now).year)
    for team in Team.objects.filter(county=county, state=TeamState.ACTIVE).order_by("pk")[:3]:
        name_team(actor=manager, at=now - timedelta(days=1), proposal=made, team=team)
