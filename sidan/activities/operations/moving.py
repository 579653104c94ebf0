"""Announcing an activity, and taking it to its end: by hand, or by the clock."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sidan.activities.models import Activity
from sidan.activities.notices import tell_announcers, tell_makers
from sidan.activities.operations.door import pass_door, require_fit
from sidan.activities.operations.planning import require_said
from sidan.activities.operations.rooming import let_room_go
from sidan.activities.permissions import ANNOUNCING_HERE, require_announcing, require_running
from sidan.activities.policies import due_verb
from sidan.activities.queries import submitted_by
from sidan.core.actor import SYSTEM, Actor
from sidan.core.errors import Conflict, require_words
from sidan.people.queries import accounts_with_roles


class ActivityBegun(Conflict):
    code = "activity_begun"
    sentence = _("The time of this activity has begun. Please choose another time first.")


class SecondPersonNeeded(Conflict):
    code = "second_person_needed"
    sentence = _("You submitted this yourself. Somebody else of the place reads it and announces it.")


@transaction.atomic
def submit_activity(*, actor: Actor, at: datetime, activity: Activity) -> Activity:
    """Hand a draft to those who announce.

    Raises:
        NotYourActivities, ActivityMovedOn, RisksMissing, InsuranceMissing, ActivityBegun
    """
    _require_running(actor, activity)
    require_fit(activity=activity, verb="submit")
    _check_ready(activity, at)
    pass_door(activity=activity, actor=actor, at=at, verb="submit")
    tell_announcers(activity=activity, at=at, but=actor.account_id)
    return activity


@transaction.atomic
def send_activity_back(*, actor: Actor, at: datetime, activity: Activity, words: str) -> Activity:
    """Give it back to who prepared it, and say what is wrong with it.

    Raises:
        NotYoursToAnnounce, SayWhy, ActivityMovedOn
    """
    require_announcing(actor=actor, place_id=activity.place_id, county_id=activity.county_id)
    require_words(words)
    pass_door(activity=activity, actor=actor, at=at, verb="send_back", words=words)
    tell_makers(activity=activity, at=at, but=actor.account_id)
    return activity


@transaction.atomic
def announce_activity(*, actor: Actor, at: datetime, activity: Activity) -> Activity:
    """Let everybody know of it. Who submitted it may do so only where nobody else at the place could.

    Raises:
        NotYoursToAnnounce, ActivityMovedOn, RisksMissing, InsuranceMissing, ActivityBegun, SecondPersonNeeded
    """
    require_announcing(actor=actor, place_id=activity.place_id, county_id=activity.county_id)
    require_fit(activity=activity, verb="announce")
    _check_ready(activity, at)
    verb = "announce"
    if actor.account_id is not None and submitted_by(activity=activity) == actor.account_id:
        if _others_who_announce(activity, actor.account_id):
            raise SecondPersonNeeded
        verb = "announce_own"
    pass_door(activity=activity, actor=actor, at=at, verb=verb)
    go_on(activity, actor=actor, at=at)
    return activity


@transaction.atomic
def open_activity(*, actor: Actor, at: datetime, activity: Activity) -> Activity:
    """Let people come in before the time that was said. Raises NotYourActivities, ActivityMovedOn."""
    return _by_hand(actor, at, activity, "open")


@transaction.atomic
def run_activity(*, actor: Actor, at: datetime, activity: Activity) -> Activity:
    """Begin before the time that was said. Raises NotYourActivities, ActivityMovedOn."""
    return _by_hand(actor, at, activity, "run")


@transaction.atomic
def end_activity(*, actor: Actor, at: datetime, activity: Activity) -> Activity:
    """End before the time that was said. Raises NotYourActivities, ActivityMovedOn."""
    return _by_hand(actor, at, activity, "end")


@transaction.atomic
def file_activity(*, actor: Actor, at: datetime, activity: Activity) -> Activity:
    """Put it away: nothing is left to be done. Raises NotYourActivities, ActivityMovedOn."""
    return _by_hand(actor, at, activity, "file")


def file_by_itself(*, at: datetime, activity: Activity) -> Activity:
    """Put away what nobody files, within the caller's transaction, which holds it. Raises ActivityMovedOn."""
    pass_door(activity=activity, actor=SYSTEM, at=at, verb="file")
    return activity


@transaction.atomic
def drop_activity(*, actor: Actor, at: datetime, activity: Activity) -> Activity:
    """Give up what nobody was told of yet; its room is free again. Raises NotYourActivities, ActivityMovedOn."""
    _by_hand(actor, at, activity, "drop")
    let_room_go(actor=actor, at=at, activity=activity, words=activity.title)
    return activity


@transaction.atomic
def cancel_activity(*, actor: Actor, at: datetime, activity: Activity, words: str) -> Activity:
    """Call off what was announced, and tell everybody why; its room is free again.

    Raises:
        NotYourActivities, SayWhy, ActivityMovedOn
    """
    _require_running(actor, activity)
    require_words(words)
    pass_door(activity=activity, actor=actor, at=at, verb="cancel", words=words)
    let_room_go(actor=actor, at=at, activity=activity, words=words)
    return activity


@transaction.atomic
def advance_activity(*, at: datetime, activity_id: int) -> int:
    """Do what the clock has come to by now; returns how many steps that were. Done twice it does nothing."""
    rows = Activity.unscoped.select_for_update(of=("self",)).select_related("place")
    return go_on(rows.get(pk=activity_id), actor=SYSTEM, at=at)


def go_on(activity: Activity, *, actor: Actor, at: datetime) -> int:
    """Take the steps whose hour has come, within the caller's transaction; returns how many."""
    steps = 0
    while verb := due_verb(state=activity.state, hours=activity.hours, at=at):
        pass_door(activity=activity, actor=actor, at=at, verb=verb)
        steps += 1
    return steps


def _by_hand(actor: Actor, at: datetime, activity: Activity, verb: str) -> Activity:
    _require_running(actor, activity)
    pass_door(activity=activity, actor=actor, at=at, verb=verb)
    return activity


def _require_running(actor: Actor, activity: Activity) -> None:
    require_running(actor=actor, place_id=activity.place_id, county_id=activity.county_id)


def _check_ready(activity: Activity, at: datetime) -> None:
    """Refuse what must not be announced as it is."""
    if activity.span.begins <= at:
        raise ActivityBegun
    require_said(activity)


def _others_who_announce(activity: Activity, account_id: int) -> list[int]:
    return accounts_with_roles(
        place_id=activity.place_id, roles=(), here=ANNOUNCING_HERE, besides=[account_id]
    )
