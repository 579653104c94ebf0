"""Which talk is given at an activity and by whom; which one a place passes on to those below for a month."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sidan.activities.enums import ActivityState
from sidan.activities.models import Activity
from sidan.activities.permissions import require_running
from sidan.core.actor import Actor
from sidan.core.errors import AtField, Conflict, DomainError, NotFound
from sidan.core.transactions import told_when
from sidan.lectures.enums import GIVEN_AT, TalkState
from sidan.lectures.models import GIVEN_ONCE, PASSED_ONCE, Given, Lecturer, PassedOn, Received, Talk
from sidan.lectures.notices import tell_below
from sidan.lectures.operations.door import leave_trail
from sidan.lectures.operations.talks import LecturerFromElsewhere
from sidan.lectures.permissions import NoSuchTalk, require_publishing, require_writing
from sidan.people.queries import person_of
from sidan.places.models import Place
from sidan.places.queries import ancestor_ids


class NoTalksHere(Conflict):
    code = "no_talks_here"
    sentence = _(
        "Talks are given at lectures, evening classes and trainings. This activity is of another kind."
    )


class TalkNotPublished(AtField):
    code = "talk_not_published"
    field = "talk"
    sentence = _("Please choose a talk that is published in this county.")


class FiledAlready(Conflict):
    code = "lecture_filed"
    sentence = _("This activity is filed: what was spoken about stands as it was told.")


class GivenAlready(Conflict):
    code = "talk_given_already"
    sentence = _("This talk stands with the activity already.")


class PassedOnAlready(Conflict):
    code = "passed_on_already"
    sentence = _("This talk is passed on for that month already.")


class NotPassedOnHere(Conflict):
    code = "not_passed_on_here"
    sentence = _("This talk was not passed on to your place.")


@transaction.atomic
def say_given(
    *, actor: Actor, at: datetime, activity: Activity, talk: Talk, lecturer: Lecturer | None
) -> Given:
    """Say that a talk is given at an activity, and by whom.

    Raises:
        NotYourActivities, NoTalksHere, FiledAlready, TalkNotPublished,
        LecturerFromElsewhere, GivenAlready
    """
    require_running(actor=actor, place_id=activity.place_id, county_id=activity.county_id)
    if activity.kind not in GIVEN_AT:
        raise NoTalksHere
    _require_open(activity)
    _require_published(talk, activity.county_id, TalkNotPublished)
    if lecturer is not None and (lecturer.ended_at is not None or lecturer.county_id != activity.county_id):
        raise LecturerFromElsewhere
    with told_when(constraint=GIVEN_ONCE, refusal=GivenAlready):
        made = Given.objects.create(
            activity=activity, talk=talk, lecturer=lecturer, said_at=at, said_by=person_of(actor)
        )
    leave_trail(talk=talk, actor=actor, at=at, verb="given")
    return made


@transaction.atomic
def take_off(*, actor: Actor, at: datetime, given: Given) -> None:
    """Say that a talk is not given at an activity after all. Raises NotYourActivities, FiledAlready, NotFound."""
    held = given.activity
    require_running(actor=actor, place_id=held.place_id, county_id=held.county_id)
    _require_open(held)
    if not Given.objects.filter(pk=given.pk).delete()[0]:
        raise NotFound
    leave_trail(talk=given.talk, actor=actor, at=at, verb="not_given")


@transaction.atomic
def pass_on(*, actor: Actor, at: datetime, talk: Talk, place: Place, month: date) -> PassedOn:
    """Pass a talk on to every place below one, to be given in the month in which a day lies.

    Raises:
        NotYoursToPublish, NoSuchTalk, PassedOnAlready
    """
    require_publishing(actor=actor, place_id=place.pk, county_id=place.county_id)
    _require_published(talk, place.county_id, NoSuchTalk)
    with told_when(constraint=PASSED_ONCE, refusal=PassedOnAlready):
        made = PassedOn.unscoped.create(
            place=place, county_id=place.county_id, talk=talk, month=month.replace(day=1), passed_at=at,
            passed_by=person_of(actor),
        )  # fmt: skip
    leave_trail(talk=talk, actor=actor, at=at, verb="passed_on")
    tell_below(passed=made, at=at)
    return made


@transaction.atomic
def take_back_passed(*, actor: Actor, at: datetime, passed: PassedOn) -> None:
    """Pass a talk on no more; what places gave of it stays. Raises NotYoursToPublish, NotFound."""
    require_publishing(actor=actor, place_id=passed.place_id, county_id=passed.county_id)
    if not PassedOn.unscoped.filter(pk=passed.pk).delete()[0]:
        raise NotFound
    leave_trail(talk=passed.talk, actor=actor, at=at, verb="taken_back")


@transaction.atomic
def receive(*, actor: Actor, at: datetime, passed: PassedOn, place: Place) -> Received:
    """Say that a place has read what was passed on to it; said twice it is the same.

    Raises:
        NotYourTalks, NotPassedOnHere
    """
    require_writing(actor=actor, place_id=place.pk, county_id=place.county_id)
    if passed.place_id not in ancestor_ids(place_id=place.pk) - {place.pk}:
        raise NotPassedOnHere
    row, _made = Received.objects.get_or_create(
        passed_on=passed, place=place, defaults={"at": at, "by": person_of(actor)}
    )
    return row


def _require_open(activity: Activity) -> None:
    if activity.state == ActivityState.FILED:
        raise FiledAlready


def _require_published(talk: Talk, county_id: int | None, refusal: type[DomainError]) -> None:
    """Lock the talk, so that nobody takes it back meanwhile, and refuse what is not published in the county."""
    state = Talk.unscoped.select_for_update(no_key=True).values_list("state", flat=True).get(pk=talk.pk)
    if state != TalkState.PUBLISHED or talk.county_id != county_id:
        raise refusal
