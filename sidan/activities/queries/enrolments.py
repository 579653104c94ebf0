"""Questions about posts and who signed up."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery

from sidan.activities.enums import COMING, LIVE, ActivityState, EnrolmentState, Entry, Reminder, Way
from sidan.activities.models import Activity, Enrolment, EnrolmentStep, EntryRules, Post
from sidan.activities.permissions import NoSuchEnrolment, NoSuchPost, is_own
from sidan.activities.policies import REMINDED_BEFORE
from sidan.activities.queries.checking import marks_at
from sidan.attendance.enums import Direction
from sidan.core.actor import Actor
from sidan.core.promised import Promise, promised
from sidan.core.search import search_q
from sidan.people.models import Account

CHIP_STATES: Final[dict[str, frozenset[str]]] = {
    "": frozenset(state.value for state in EnrolmentState),
    "enrolled": frozenset({EnrolmentState.ENROLLED}),
    "waiting": frozenset({EnrolmentState.WAITING}),
    "absent": frozenset({EnrolmentState.ABSENT}),
    "gone": frozenset({EnrolmentState.WITHDRAWN, EnrolmentState.REFUSED}),
    "call": LIVE,
}
"""The chips above who comes, and which states stand behind each; to be called are those without an account."""


@dataclass(frozen=True, slots=True)
class PeopleFilter:
    """What the reader chose above who comes."""

    chip: str = ""
    post_id: int | None = None
    text: str = ""


def posts_of(*, activity: Activity) -> list[Post]:
    """Return what one can sign up for: to take part first."""
    return list(Post.objects.filter(activity=activity).order_by("role", "id"))


def post_by_uuid(*, activity: Activity, uuid: UUID) -> Post:
    """Find a post of an activity. Raises NoSuchPost."""
    found = Post.objects.select_related("activity__place").filter(activity=activity, uuid=uuid).first()
    if found is None:
        raise NoSuchPost
    return found


def entry_of(*, activity: Activity) -> EntryRules:
    """Return who may sign up and until when; the usual where nothing was said."""
    return EntryRules.objects.filter(activity=activity).first() or EntryRules(activity=activity)


def entry_to(*, activity: Activity) -> str:
    """Return who may sign up, for a reader to whom the code is not to be told."""
    return EntryRules.objects.filter(activity=activity).values_list("entry", flat=True).first() or Entry.OPEN


def people_of(*, activity: Activity, chosen: PeopleFilter) -> QuerySet[Enrolment]:
    """Return who signed up for an activity, by post and in the order of its line, with when each came."""
    rows = _shown(Enrolment.objects.filter(activity=activity, state__in=sorted(CHIP_STATES[chosen.chip])))
    came = marks_at(activity=activity).filter(person=OuterRef("person"), direction=Direction.IN)
    rows = rows.annotate(came_at=Subquery(came.order_by("at").values("at")[:1]))
    if chosen.chip == "call":
        rows = to_be_called(rows)
    if chosen.post_id:
        rows = rows.filter(post=chosen.post_id)
    return rows.filter(search_q("person__search", chosen.text)) if chosen.text else rows


def people_counts(*, activity: Activity) -> dict[str, int]:
    """Return how many stand behind each chip."""
    rows = Enrolment.objects.filter(activity=activity).order_by().values("state").annotate(count=Count("id"))
    by_state = {row["state"]: row["count"] for row in rows}
    counts = {chip: sum(by_state.get(state, 0) for state in states) for chip, states in CHIP_STATES.items()}
    live = Enrolment.objects.filter(activity=activity, state__in=sorted(LIVE))
    return counts | {"call": to_be_called(live).count()}


def to_be_called(rows: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
    """Return who of some has no account, nor somebody of the family who signed them up: no message reaches them."""
    kept = Q(person=OuterRef("person")) | Q(person=OuterRef("person__canonical"))
    return rows.filter(~Exists(Account.objects.filter(kept, is_active=True))).exclude(way=Way.FAMILY)


def my_enrolments(*, actor: Actor) -> QuerySet[Enrolment]:
    """Return to what one comes, and to what one signed one's family up."""
    return _shown(Enrolment.objects.filter(mine_q(actor)))


def my_standing(*, actor: Actor, activity: Activity) -> list[Enrolment]:
    """Return what is live of oneself and one's family at an activity."""
    if actor.person_id is None:
        return []
    rows = _shown(Enrolment.objects.filter(mine_q(actor), activity=activity, state__in=sorted(LIVE)))
    return list(rows.order_by("id"))


def own_enrolment(*, actor: Actor, uuid: UUID) -> Enrolment:
    """Find an enrolment of oneself or one's family. Raises NoSuchEnrolment."""
    found = _shown(Enrolment.objects.filter(uuid=uuid)).first()
    if found is None or not is_own(actor=actor, enrolment=found):
        raise NoSuchEnrolment
    return found


def enrolment_by_uuid(*, uuid: UUID) -> Enrolment:
    """Find an enrolment within the scope. Raises NoSuchEnrolment."""
    found = _shown(Enrolment.objects.filter(uuid=uuid)).first()
    if found is None:
        raise NoSuchEnrolment
    return found


def ahead_in_line(*, enrolment: Enrolment) -> int:
    """Return how many wait before somebody who waits."""
    rows = Enrolment.unscoped.filter(post=enrolment.post_id, state=EnrolmentState.WAITING)
    return rows.filter(ticket__lt=enrolment.ticket).count()


def at_the_same_time(*, enrolment: Enrolment) -> list[Promise]:
    """Return what else the person has promised for this time, here or elsewhere: told, never forbidden."""
    activity = enrolment.activity
    return promised(
        person_ids=[enrolment.person_id],
        begins=activity.span.begins,
        ends=activity.span.ends,
        besides=activity.uuid,
    )


def activities_promised(person_ids: Collection[int], begins: datetime, ends: datetime) -> Iterator[Promise]:
    """Return to what some people signed up that overlaps a time, wherever it is held."""
    during = DateTimeTZRange(begins, ends)
    rows = Enrolment.unscoped.filter(
        person__in=person_ids, state__in=sorted(LIVE), activity__state__in=sorted(COMING),
        activity__during__overlap=during,
    )  # fmt: skip
    for row in rows.select_related("activity"):
        held = row.activity
        yield Promise(row.person_id, held.uuid, held.shown_title, held.span.begins, held.span.ends)


def enrolment_history(*, enrolment: Enrolment) -> list[EnrolmentStep]:
    """Return the steps of an enrolment with who took them and their words."""
    rows = EnrolmentStep.objects.filter(enrolment=enrolment)
    return list(rows.select_related("note", "actor__person"))


def due_reminders(*, at: datetime, most: int) -> Sequence[int]:
    """Return who is told now that it comes soon, of every county; what begins first first."""
    begins, day, hours = (F("activity__during__startswith"), *REMINDED_BEFORE.values())
    coming = Activity.unscoped.filter(
        state=ActivityState.OPEN, during__startswith__gt=at, during__startswith__lte=at + day
    )
    rows = Enrolment.unscoped.filter(activity__in=coming, state=EnrolmentState.ENROLLED)
    in_a_day = Q(reminded="", activity__during__startswith__gt=at + hours, state_since__lt=begins - day)
    in_hours = Q(activity__during__startswith__lte=at + hours, state_since__lt=begins - hours)
    due = rows.exclude(reminded=Reminder.HOURS).filter(in_a_day | in_hours)
    return list(due.order_by("activity__during", "id").values_list("pk", flat=True)[:most])


def mine_q(actor: Actor) -> Q:
    """Return the condition that an enrolment is of oneself, or that one signed somebody of the family up."""
    wrote = Q(entered_by=actor.person_id or 0) & ~Q(way=Way.OFFICE)
    return Q(person=actor.person_id or 0) | wrote


def _shown(rows: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
    """Add what a row shows."""
    last = EnrolmentStep.objects.filter(enrolment=OuterRef("pk")).order_by("-turn")
    return rows.select_related("activity__place", "activity__booking__room", "post", "person").annotate(
        last_verb=Subquery(last.values("verb")[:1]), last_at=Subquery(last.values("at")[:1]),
        begins_key=F("activity__during__startswith"), name_key=F("person__pinyin"), post_key=F("post__role"),
    )  # fmt: skip
