"""People who sign up for what is announced: some come, some wait, one was not there; through the operations."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sidan.activities import operations
from sidan.activities.enums import ActivityKind, EnrolmentState, PostRole
from sidan.activities.models import Activity, Enrolment, Post
from sidan.activities.operations import Answers, PostPlan
from sidan.attendance.enums import Direction
from sidan.attendance.queries import own_code
from sidan.core.actor import Actor
from sidan.people.enums import Role
from sidan.people.models import Person
from sidan.people.queries import actor_for_account
from sidan.web.demo.people import People

COMING: Final = 7
PLACES: Final = 5
SEATS: Final = PostPlan(role=PostRole.AUDIENCE, name="参加", name_en="To take part", places=PLACES)
HELPERS: Final = PostPlan(role=PostRole.VOLUNTEER, name="现场引导", name_en="Showing the way", places=2)
AHEAD: Final = timedelta(minutes=20)
"""Those who help come before it begins."""
HEADS: Final = ((timedelta(minutes=40), 260), (timedelta(minutes=90), 410))
NOT_SEEN: Final = "点名时没见到人。"
ANSWER: Final = "那天孙子发烧，忘了取消，对不起。"


@dataclass(frozen=True, slots=True)
class Crowd:
    """Who signs up in the demo."""

    residents: Sequence[Actor]
    volunteers: Sequence[Actor]


def crowd_of(people: People) -> Crowd:
    """Choose some residents, the one of the doors first, and the volunteer of the doors."""
    accounts = [people.by_role[Role.RESIDENT], *people.residents[:COMING]]
    residents = [actor_for_account(pk) for pk in dict.fromkeys(account.pk for account in accounts)]
    volunteer = actor_for_account(people.by_role[Role.VOLUNTEER].pk)
    return Crowd([one for one in residents if one], [volunteer] if volunteer else [])


def add_posts(manager: Actor, made: Activity, *, at: datetime) -> list[Post]:
    """Let people take part and help."""
    return [operations.add_post(actor=manager, at=at, activity=made, plan=plan) for plan in (SEATS, HELPERS)]


def sign_up(crowd: Crowd, posts: Sequence[Post], made: Activity, *, at: datetime, nth: int) -> None:
    """Let some come, now and then more than there are places; one of them signs off again."""
    seats, helpers = posts
    answers = Answers(age=made.youngest or made.oldest)
    count = COMING if nth % 3 == 0 else nth % 5
    for minutes, actor in enumerate(crowd.residents[:count]):
        operations.enrol(actor=actor, at=at + timedelta(minutes=minutes), post=seats, answers=answers)
    if nth % 2 == 0:
        for actor in crowd.volunteers:
            operations.enrol(actor=actor, at=at + timedelta(minutes=COMING), post=helpers, answers=answers)


def open_door(manager: Actor, made: Activity, *, now: datetime) -> None:
    """Let who has a place come, but for the second guest; who helps goes at the end. At a fair heads are counted."""
    rows = Enrolment.unscoped.filter(activity=made, state=EnrolmentState.ENROLLED).select_related(
        "post", "person"
    )
    came = list(rows.order_by("post__role", "ticket"))
    guests = [one.person_id for one in came if one.post.role == PostRole.AUDIENCE]
    begins, ends = made.span
    for one in came:
        if one.person_id in guests[1:2]:
            # Written down afterwards as not there.
            continue
        helps = one.post.role == PostRole.VOLUNTEER
        _read(manager, made, one.person, at=begins - AHEAD if helps else begins, direction=Direction.IN)
        if helps and ends <= now:
            _read(manager, made, one.person, at=ends, direction=Direction.OUT)
    if made.kind == ActivityKind.FAIR:
        for hours, people in HEADS:
            if begins + hours <= now:
                operations.count_heads(actor=manager, at=begins + hours, activity=made, people=people)


def _read(manager: Actor, made: Activity, person: Person, *, at: datetime, direction: Direction) -> None:
    """Read somebody's own code at the door, unless it is the reader's."""
    if person.pk != manager.person_id:
        text = str(own_code(person_id=person.pk, at=at).code)
        operations.scan(actor=manager, at=at, activity=made, text=text, direction=direction)


def tell_absence(manager: Actor, made: Activity, *, at: datetime) -> None:
    """Write down that the second who had a place was not there; they answer."""
    rows = Enrolment.unscoped.filter(
        activity=made, state=EnrolmentState.ENROLLED, post__role=PostRole.AUDIENCE
    )
    for missed in rows.select_related("activity__place", "post", "person__account").order_by("ticket")[1:2]:
        operations.miss_enrolment(actor=manager, at=at, enrolment=missed, words=NOT_SEEN)
        actor = actor_for_account(missed.person.account.pk)
        if actor is not None:
            operations.answer_absence(
                actor=actor, at=at + timedelta(minutes=5), enrolment=missed, words=ANSWER
            )
