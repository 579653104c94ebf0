"""Evening schools: three in villages of Xunwu and the one that Xinzhou is known for, with pupils and their classes."""

from datetime import datetime, timedelta
from typing import Final

from sidan.activities.enums import OVER, TOLD, ActivityKind, ActivityState
from sidan.activities.models import Activity
from sidan.core.actor import Actor
from sidan.core.clock import business_date
from sidan.people.enums import Role
from sidan.people.models import Account
from sidan.people.queries import actor_for_account
from sidan.places.models import Place
from sidan.schools import operations
from sidan.schools.enums import Source, Subject, Way
from sidan.schools.models import Pupil, School, Session
from sidan.schools.operations import Held, SchoolFacts, Viewers
from sidan.web.demo.people import People
from sidan.web.demo.places import Network

FOUNDED_BEFORE: Final = timedelta(days=60)
MOST_SCHOOLS: Final = 3
PUPILS: Final = 8
"""Of the first school; each other one has two less."""
WATCHED: Final = 46
XINZHOU: Final = "361102000000"
SUBJECTS: Final = (
    [Subject.PHONE, Subject.ARTS], [Subject.HEALTH, Subject.FARMING], [Subject.MONEY, Subject.LAW],
)  # fmt: skip


def make_schools(*, people: People, network: Network, now: datetime) -> None:
    """Found schools in villages, let residents join, and say which classes each has; some watch a stream."""
    manager = _actor(people.by_role[Role.MANAGER])
    home = people.by_role[Role.PRACTITIONER]
    others = [account for account in people.practitioners.values() if account.pk != home.pk]
    schools = [
        _school(_actor(account), account.person.home_place, nth, now)
        for nth, account in enumerate([home, *others][:MOST_SCHOOLS]) if account.person.home_place is not None
    ]  # fmt: skip
    for nth, school in enumerate(schools):
        for account in people.residents[nth : nth + PUPILS - 2 * nth]:
            operations.join(actor=_actor(account), at=now - FOUNDED_BEFORE, school=school)
    _hold(manager, schools, people, now)


def make_school_of_xinzhou(*, now: datetime) -> None:
    """Found the school whose classes Xinzhou itself named, at its center."""
    held = Activity.unscoped.filter(place__division=XINZHOU, kind=ActivityKind.CLASS, state__in=sorted(TOLD))
    for activity in held.select_related("place", "lead__account").order_by("id")[:1]:
        keeper = _actor(activity.lead.account)
        facts = SchoolFacts(
            name="信州微夜校", name_en="Xinzhou evening micro-school", venue=activity.venue, subjects=[Subject.ARTS],
            about="名称取自当地2023年3月自己报告的材料；地点、课程为演示所设。",
            about_en="The district named its schools in March 2023; spot and classes are those of the demo.",
        )  # fmt: skip
        school = operations.found_school(actor=keeper, at=now, place=activity.place, facts=facts)
        operations.have_class(actor=keeper, at=now, activity=activity, school=school, held=Held(way=Way.ROOM))


def _actor(account: Account) -> Actor:
    actor = actor_for_account(account.pk)
    assert actor is not None, "each door of the demo opens"
    return actor


def _school(keeper: Actor, place: Place, nth: int, now: datetime) -> School:
    facts = SchoolFacts(
        name=f"{place.short_name}微夜校", name_en=f"{place.name_en or place.short_name}: evening school",
        venue="村民活动室", subjects=SUBJECTS[nth],
        about="晚上七点半，吃了饭就来，不收学费；来不了的在手机上跟着学。",
        about_en="At half past seven, after supper, free of charge; who cannot come follows on the telephone.",
    )  # fmt: skip
    return operations.found_school(actor=keeper, at=now - FOUNDED_BEFORE, place=place, facts=facts)


def _hold(manager: Actor, schools: list[School], people: People, now: datetime) -> None:
    """Give each class to the school of its village in the room, and to the others as a film."""
    classes = Activity.unscoped.filter(
        kind=ActivityKind.CLASS, place__in=[school.place for school in schools], state__in=sorted(TOLD)
    ).exclude(state__in=[ActivityState.CANCELLED, ActivityState.FILED])
    for activity in classes.select_related("place").order_by("id"):
        for school in schools:
            way = Way.ROOM if school.place_id == activity.place_id else Way.FILM
            session = operations.have_class(
                actor=manager, at=now, activity=activity, school=school, held=Held(way=way)
            )
            if way == Way.FILM and activity.state in OVER:
                _watch(manager, session, people, now)


def _watch(manager: Actor, session: Session, people: People, now: datetime) -> None:
    """Let a pupil say that they watched it, and let two people stand for the viewers of its short film."""
    begun = session.activity.span.begins
    for account in people.residents[2:5]:
        if session.window.holds(now) and _belongs(account, session.school):
            try:
                operations.say_with_it(actor=_actor(account), at=now, session=session)
            except (operations.SaidAlready, operations.WasInTheRoom):
                continue
    viewers = Viewers(source=Source.SHORT, day=business_date(begun), people=WATCHED)
    keeper = actor_for_account(session.school.head.account.pk)
    assert keeper is not None, "who runs a school signs in"
    count = operations.count_viewers(actor=keeper, at=now, session=session, viewers=viewers)
    operations.confirm_viewers(actor=manager, at=now, count=count)


def _belongs(account: Account, school: School) -> bool:
    return Pupil.unscoped.filter(school=school, person=account.person, left_on=None).exists()
