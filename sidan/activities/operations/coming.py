"""The one door of who signed up: the line of a post moves in the same transaction as whatever frees a place.

Recipe for locks: the activity's row is the lock of all its posts and of everybody at them; nothing is asked before it.
"""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from sidan.activities.enums import EnrolmentState
from sidan.activities.models import Activity, Enrolment, EnrolmentNote, EnrolmentStep, Post
from sidan.activities.notices import TO_PEOPLE, tell_person
from sidan.activities.operations.locking import lock_activity
from sidan.activities.permissions import NoSuchPost
from sidan.activities.states import ENROLMENT
from sidan.audit.operations import record
from sidan.core.actor import SYSTEM, Actor
from sidan.core.errors import Conflict
from sidan.core.turns import take_turn


class EnrolmentMovedOn(Conflict):
    """Somebody was faster, or the step does not fit the state."""

    code = "enrolment_moved_on"
    sentence = _("This has moved on: it is now “%(state_words)s”. Please look at it again.")


def post_now(post: Post) -> Post:
    """Read a post as it is, under the lock of its activity. Raises NoSuchPost: it was taken away meanwhile."""
    found = Post.objects.filter(pk=post.pk).first()
    if found is None:
        raise NoSuchPost
    return found


def lock_of(enrolment: Enrolment) -> tuple[Activity, Post]:
    """Lock the activity of an enrolment, and read both it and its post as they are now: a line may have moved up."""
    activity = lock_activity(enrolment.activity_id)
    enrolment.refresh_from_db(fields=["post", "ticket", "state", "state_since", "turn"])
    return activity, Post.objects.get(pk=enrolment.post_id)


def pass_enrolment(
    *, enrolment: Enrolment, actor: Actor, at: datetime, verb: str, words: str = ""
) -> EnrolmentStep:
    """Take a step of an enrolment, within the caller's transaction. Raises EnrolmentMovedOn."""
    step = ENROLMENT[verb]
    before = take_turn(
        rows=Enrolment.unscoped.all(), thing=enrolment, sources=step.sources,
        target=step.reached_from(enrolment.state), at=at, moved_on=_moved_on,
    )  # fmt: skip
    return append_enrolment_step(
        enrolment=enrolment, actor=actor, at=at, verb=verb, from_state=before, words=words
    )


def append_enrolment_step(
    *, enrolment: Enrolment, actor: Actor, at: datetime, verb: str, from_state: str, words: str = ""
) -> EnrolmentStep:
    """Write the step of the turn that the enrolment has now, leave a trail and tell whom it concerns."""
    made = EnrolmentStep.objects.create(
        enrolment=enrolment, turn=enrolment.turn, verb=verb, from_state=from_state, to_state=enrolment.state,
        actor_id=actor.account_id, at=at,
    )  # fmt: skip
    if words.strip():
        EnrolmentNote.objects.create(step=made, words=words.strip())
    activity = enrolment.activity
    record(
        actor=actor, at=at, verb=f"enrolment.{verb}", subject=("enrolment", enrolment.pk),
        place_id=activity.place_id, county_id=activity.county_id,
    )  # fmt: skip
    if verb in TO_PEOPLE:
        tell_person(kind=TO_PEOPLE[verb], enrolment=enrolment, at=at, but=actor.account_id)
    return made


def leave_post(*, post: Post, was: str, at: datetime) -> None:
    """Count out who stood at a post, and let the line move up."""
    if was == EnrolmentState.WAITING:
        post.waiting -= 1
    else:
        post.taken -= 1
    settle(post=post, at=at)


def settle(*, post: Post, at: datetime) -> None:
    """Give what is free to who waits longest, each of them told, and write the counts down in one statement."""
    free = post.waiting if post.left is None else min(post.left, post.waiting)
    line = Enrolment.unscoped.filter(post=post, state=EnrolmentState.WAITING)
    for next_one in line.select_related("activity__place", "post", "person").order_by("ticket")[:free]:
        pass_enrolment(enrolment=next_one, actor=SYSTEM, at=at, verb="move_up")
        post.taken, post.waiting = post.taken + 1, post.waiting - 1
    post.save()


def _moved_on(state: str) -> EnrolmentMovedOn:
    return EnrolmentMovedOn(state=state, state_words=EnrolmentState(state).label)
