"""Who was with a class from afar: pupils who say so, and viewers whom somebody counted."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sidan.activities.enums import TOLD, ActivityState
from sidan.core.actor import Actor
from sidan.core.clock import business_date
from sidan.core.errors import AtField, Conflict, Forbidden
from sidan.core.transactions import told_when
from sidan.people.permissions import require_signed_in
from sidan.people.queries import person_of, rows_of_person
from sidan.schools.enums import ONLINE
from sidan.schools.models import (
    COUNTED_ONCE,
    ONE_INSTEAD,
    ONE_WORD,
    SAID_ONCE,
    OnlineMark,
    Pupil,
    Session,
    ViewerCount,
    ViewerWord,
)
from sidan.schools.operations.door import leave_trail
from sidan.schools.permissions import require_keeper
from sidan.schools.queries.attending import came_to


class NotOnline(Conflict):
    code = "class_not_online"
    sentence = _("This class is held in the room: please check in there.")


class WindowShut(Conflict):
    code = "class_window_shut"
    sentence = _("Only while the class is on, or for some days after it, can one say that one was with it.")


class NotAPupil(Forbidden):
    code = "not_a_pupil"
    sentence = _("Please join the school first: this is for its pupils.")


class SaidAlready(Conflict):
    code = "with_class_already"
    sentence = _("You have said already that you were with this class.")


class WasInTheRoom(Conflict):
    code = "was_in_the_room"
    sentence = _("You were there in the room: that counts already.")


class BadDayOfViewers(AtField):
    code = "bad_day_of_viewers"
    field = "day"
    sentence = _("Please choose a day from that of the class until today.")


class CountedAlready(AtField):
    code = "viewers_counted_already"
    field = "day"
    sentence = _(
        "These viewers are counted for that day already. If the number is wrong, please correct it there."
    )


class CorrectedAlready(Conflict):
    code = "viewers_corrected_already"
    sentence = _("Another number stands instead of this one already. Please look at it again.")


class WordGiven(Conflict):
    code = "word_given_on_viewers"
    sentence = _("Somebody has given their word on this number already.")


class NotYourOwnNumber(Forbidden):
    code = "not_your_own_number"
    sentence = _("You typed this number yourself. Somebody else says whether it is right.")


@dataclass(frozen=True, slots=True)
class Viewers:
    """How many watched on a day, and where that was read."""

    source: str
    day: date
    people: int


def say_with_it(*, actor: Actor, at: datetime, session: Session) -> OnlineMark:
    """Say that one was with a class from afar, once; it never makes hours of service.

    Raises:
        NotSignedIn, NotOnline, WindowShut, NotAPupil, WasInTheRoom, SaidAlready
    """
    rows = rows_of_person(person_id=person_of(actor).pk)
    if session.way not in ONLINE:
        raise NotOnline
    is_told = session.activity.state in TOLD - {ActivityState.CANCELLED}
    if not is_told or not session.window.holds(at):
        raise WindowShut
    with told_when(constraint=SAID_ONCE, refusal=SaidAlready), transaction.atomic():
        standing = Pupil.unscoped.select_for_update(no_key=True).filter(
            school=session.school_id, left_on=None
        )
        pupil = standing.filter(person__in=rows).first()
        if pupil is None:
            raise NotAPupil
        if OnlineMark.objects.filter(activity=session.activity_id, person__in=rows).exists():
            raise SaidAlready
        if came_to(activity_id=session.activity_id, person_ids=rows):
            raise WasInTheRoom
        return OnlineMark.objects.create(
            session=session, activity_id=session.activity_id, pupil=pupil, person_id=pupil.person_id, at=at
        )


def count_viewers(*, actor: Actor, at: datetime, session: Session, viewers: Viewers) -> ViewerCount:
    """Write down how many watched a class on a day; it counts once a second person says that it is right.

    Raises:
        NotYourSchools, BadDayOfViewers, CountedAlready
    """
    require_keeper(actor, session.school)
    account_id, _person_id = require_signed_in(actor=actor)
    if not business_date(session.activity.span.begins) <= viewers.day <= business_date(at):
        raise BadDayOfViewers
    with told_when(constraint=COUNTED_ONCE, refusal=CountedAlready), transaction.atomic():
        made = ViewerCount.objects.create(
            session=session, source=viewers.source, day=viewers.day, people=viewers.people, at=at, by_id=account_id,
        )  # fmt: skip
        leave_trail(school=session.school, actor=actor, at=at, verb="viewers_counted")
    return made


def correct_viewers(*, actor: Actor, at: datetime, count: ViewerCount, people: int) -> ViewerCount:
    """Let another number stand instead of one: it waits for a second person's word anew.

    Raises:
        NotYourSchools, CorrectedAlready
    """
    require_keeper(actor, count.session.school)
    account_id, _person_id = require_signed_in(actor=actor)
    with told_when(constraint=ONE_INSTEAD, refusal=CorrectedAlready), transaction.atomic():
        Session.objects.select_for_update(no_key=True).get(pk=count.session_id)
        made = ViewerCount.objects.create(
            session_id=count.session_id, source=count.source, day=count.day, people=people, at=at,
            by_id=account_id, instead_of=count,
        )  # fmt: skip
        leave_trail(school=count.session.school, actor=actor, at=at, verb="viewers_corrected")
    return made


def confirm_viewers(*, actor: Actor, at: datetime, count: ViewerCount) -> ViewerWord:
    """Say that a number is right: it counts from now on. Raises NotYourSchools, NotYourOwnNumber, CorrectedAlready,
    WordGiven."""
    return _give_word(actor, at, count, is_right=True)


def deny_viewers(*, actor: Actor, at: datetime, count: ViewerCount) -> ViewerWord:
    """Say that a number is wrong: it never counts. Raises NotYourSchools, NotYourOwnNumber, CorrectedAlready,
    WordGiven."""
    return _give_word(actor, at, count, is_right=False)


def _give_word(actor: Actor, at: datetime, count: ViewerCount, *, is_right: bool) -> ViewerWord:
    school = count.session.school
    require_keeper(actor, school)
    account_id, _person_id = require_signed_in(actor=actor)
    with told_when(constraint=ONE_WORD, refusal=WordGiven), transaction.atomic():
        # What is appended cannot be locked: its class is, and whoever corrects it waits for that, too.
        Session.objects.select_for_update(no_key=True).get(pk=count.session_id)
        if count.by_id == account_id:
            raise NotYourOwnNumber
        if ViewerCount.objects.filter(instead_of=count).exists():
            raise CorrectedAlready
        made = ViewerWord.objects.create(count=count, is_right=is_right, at=at, by_id=account_id)
        leave_trail(
            school=school, actor=actor, at=at, verb="viewers_confirmed" if is_right else "viewers_denied"
        )
    return made
