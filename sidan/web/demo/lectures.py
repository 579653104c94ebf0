"""Talks of the county with films and texts, two people who give them, what is spoken about at its lectures."""

from datetime import datetime, timedelta
from typing import Final

from sidan.activities.enums import ActivityKind, ActivityState, Task
from sidan.activities.models import Activity
from sidan.catalogue.enums import Audience
from sidan.core.actor import Actor
from sidan.core.clock import business_date
from sidan.lectures import operations
from sidan.lectures.enums import MaterialKind
from sidan.lectures.models import Lecturer, Talk
from sidan.lectures.operations import LecturerFacts, NewMaterial, TalkFacts
from sidan.people.enums import Role
from sidan.people.models import Person
from sidan.people.queries import actor_for_account
from sidan.web.demo.people import People
from sidan.web.demo.places import Network

WRITTEN_BEFORE: Final = timedelta(days=20)
STEP: Final = timedelta(hours=2)
FRAUD: Final = TalkFacts(
    title="五招识破骗局", title_en="Five ways to know a fraud", task=Task.POLICY, minutes=40,
    about="陌生来电、免费领鸡蛋、以房养老、冒充公检法、刷单返利：五种常见骗局，一看二问三不转。",
    about_en="Strange calls, free eggs, false officials: five frauds, and what to ask before one pays.",
    audience=[Audience.ELDER],
)  # fmt: skip
REVIVAL: Final = TalkFacts(
    title="乡村振兴怎么干", title_en="How a village comes to life", task=Task.THEORY, minutes=45,
    about="用邻村脐橙合作社的例子讲政策：补贴怎么领、合作社怎么入、品牌怎么打。",
    about_en="Policy by the example of the orange growers next door: support, joining, a brand of one's own.",
)  # fmt: skip
PHOTOS: Final = TalkFacts(
    title="手机摄影第一课", title_en="Photos by telephone, lesson one", task=Task.CULTURE, minutes=60,
    about="拿稳、对焦、逆光怎么办，拍一张全家福。",
    about_en="Holding still, focus, light from behind: a family portrait.",
)  # fmt: skip
SONGS: Final = TalkFacts(
    title="山歌里的新风尚", title_en="New customs in old songs", task=Task.CUSTOMS, minutes=30,
    about="客家山歌唱婚事新办、丧事简办，边唱边讲。", about_en="Hakka songs about plain weddings and plain funerals.",
)  # fmt: skip
FILM: Final = NewMaterial(
    kind=MaterialKind.FILM,
    title="反诈小剧场：免费的鸡蛋",
    address="https://example.org/films/eggs",
    minutes=6,
)
LEAFLET: Final = NewMaterial(
    kind=MaterialKind.LEAFLET, title="一看二问三不转（宣传单）", address="https://example.org/leaflets/fraud"
)
SPEECH: Final = NewMaterial(kind=MaterialKind.TEXT, title="讲稿", address="https://example.org/texts/revival")
SPOKEN: Final = (
    ("理论微宣讲", REVIVAL.title),
    ("防诈骗课堂", FRAUD.title),
    ("微夜校：手机摄影", PHOTOS.title),
)
"""Of which talk an activity is, by the beginning of its title."""


def make_lectures(*, people: People, network: Network, now: datetime) -> None:
    """Write talks down, publish most of them, say where each is given, and pass one on for this month."""
    manager, keeper = _actor(people, Role.MANAGER), _actor(people, Role.PRACTITIONER)
    at, center = now - WRITTEN_BEFORE, network.center
    teacher, singer = (account.person for account in people.residents[2:4])
    who = _lecturer(manager, at, network, teacher, ("退休教师", "Retired teacher"), Task.POLICY)
    _lecturer(manager, at, network, singer, ("山歌传承人", "Keeper of folk songs"), Task.CUSTOMS)
    told = ((FRAUD, (FILM, LEAFLET)), (REVIVAL, (SPEECH,)), (PHOTOS, ()))
    talks = {facts.title: _talk(manager, at, network, facts, materials) for facts, materials in told}
    village = people.by_role[Role.PRACTITIONER].person.home_place
    assert village is not None, "the practitioner of the demo lives in the village"
    draft = operations.draft_talk(actor=keeper, at=now - STEP, place=village, facts=SONGS)
    operations.submit_talk(actor=keeper, at=now, talk=draft)
    _give(manager, talks, who, now)
    operations.pass_on(actor=manager, at=at, talk=talks[FRAUD.title], place=center, month=business_date(now))


def _actor(people: People, role: Role) -> Actor:
    actor = actor_for_account(people.by_role[role].pk)
    assert actor is not None, "each door of the demo opens"
    return actor


def _lecturer(
    manager: Actor, at: datetime, network: Network, person: Person, about: tuple[str, str], task: Task
) -> Lecturer:
    facts = LecturerFacts(has_agreed=True, tasks=[task], about=about[0], about_en=about[1])
    return operations.name_lecturer(actor=manager, at=at, place=network.center, person=person, facts=facts)


def _talk(
    manager: Actor, at: datetime, network: Network, facts: TalkFacts, materials: tuple[NewMaterial, ...]
) -> Talk:
    """Write a talk of the center with what belongs to it; its only manager publishes it, and the history says so."""
    talk = operations.draft_talk(actor=manager, at=at, place=network.center, facts=facts)
    for new in materials:
        operations.add_material(actor=manager, at=at, talk=talk, new=new)
    operations.submit_talk(actor=manager, at=at, talk=talk)
    return operations.publish_talk(actor=manager, at=at + STEP, talk=talk)


def _give(manager: Actor, talks: dict[str, Talk], who: Lecturer, now: datetime) -> None:
    """Say of lectures and classes that are announced or over what is spoken about."""
    kinds = (ActivityKind.LECTURE, ActivityKind.CLASS)
    for beginning, title in SPOKEN:
        held = Activity.unscoped.filter(kind__in=kinds, title__startswith=beginning)
        for activity in held.exclude(
            state__in=(ActivityState.DROPPED, ActivityState.CANCELLED, ActivityState.FILED)
        ).order_by("id"):
            lecturer = who if title == FRAUD.title else None
            operations.say_given(
                actor=manager, at=now, activity=activity, talk=talks[title], lecturer=lecturer
            )
