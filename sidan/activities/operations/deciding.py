"""What becomes of single days of what comes again: left out, moved, added; each taken back while it is still ahead."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sidan.activities.enums import ActivityState, DayVerb
from sidan.activities.models import Activity, DayDecisionNote, Recurring, SeriesException
from sidan.activities.operations.changing import change_activity
from sidan.activities.operations.making import make_coming, make_on
from sidan.activities.operations.moving import cancel_activity
from sidan.activities.operations.series import (
    A_YEAR,
    TO_COME,
    check_ahead,
    check_running,
    leave_trail,
    write_decision,
)
from sidan.activities.queries import occurrences_of
from sidan.core.actor import Actor
from sidan.core.clock import business_date
from sidan.core.errors import AtField, require_words


class NoSuchDay(AtField):
    code = "series_has_no_such_day"
    field = "of"
    sentence = _("It does not come on that day.")


class DayTaken(AtField):
    code = "series_day_taken"
    field = "day"
    sentence = _("It comes on that day already.")


class NothingDecided(AtField):
    code = "series_nothing_decided"
    field = "of"
    sentence = _("Nothing was decided about that day, or it was taken back already.")


class DayOver(AtField):
    code = "series_day_over"
    field = "of"
    sentence = _("That day is not ahead any more: what was decided about it stays.")


@transaction.atomic
def skip_day(*, actor: Actor, at: datetime, recurring: Recurring, of: date, words: str) -> None:
    """Leave one out; what was made for it is called off with these words.

    Raises:
        NotYoursToAnnounce, SeriesOver, NoSuchDay, SayWhy, ActivityMovedOn
    """
    _check_single(actor, at, recurring, of)
    require_words(words)
    SeriesException.objects.update_or_create(recurring=recurring, of=of, defaults={"day": None})
    made = _made_of(recurring, of)
    if made is not None and made.state in TO_COME:
        cancel_activity(actor=actor, at=at, activity=made, words=words)
    _decided(actor, at, recurring, of, DayVerb.SKIP, None, words)


@transaction.atomic
def move_day(
    *, actor: Actor, at: datetime, recurring: Recurring, of: date, day: date, words: str = ""
) -> None:
    """Hold one on another day; what was made for it moves along, and who follows it is told.

    Raises:
        NotYoursToAnnounce, SeriesOver, NoSuchDay, DayGone, DayTaken, ActivityMovedOn
        what `hold_room` raises
    """
    _check_single(actor, at, recurring, of)
    _check_free(recurring, at, day, of=of)
    SeriesException.objects.update_or_create(recurring=recurring, of=of, defaults={"day": day})
    _move_made(actor, at, recurring, of, day, words)
    _decided(actor, at, recurring, of, DayVerb.MOVE, day, words)


@transaction.atomic
def add_day(*, actor: Actor, at: datetime, recurring: Recurring, day: date) -> None:
    """Hold it once more on a day.

    Raises:
        NotYoursToAnnounce, SeriesOver, DayGone, DayTaken
    """
    check_running(actor, recurring)
    _check_free(recurring, at, day, of=None)
    made = _made_of(recurring, day)
    is_named = SeriesException.objects.filter(recurring=recurring, of=day).exists()
    if is_named or (made is not None and made.state != ActivityState.CANCELLED):
        # Held on another day, or left out: its name stands for that one.
        raise DayTaken
    SeriesException.objects.create(recurring=recurring, of=day, day=day)
    _make(recurring, at, made, of=day, day=day)
    _decided(actor, at, recurring, day, DayVerb.ADD, day, "")


@transaction.atomic
def undo_day(*, actor: Actor, at: datetime, recurring: Recurring, of: date, words: str = "") -> None:
    """Take back what was decided about one: it is held as the rule has it, or not at all if it was one more.

    What was called off stays called off, and is announced anew; what was moved moves back; one more is called off with
    these words.

    Raises:
        NotYoursToAnnounce, SeriesOver, NothingDecided, DayOver, DayTaken, SayWhy, ActivityMovedOn
        what `hold_room` raises
    """
    check_running(actor, recurring)
    found = SeriesException.objects.filter(recurring=recurring, of=of).first()
    if found is None:
        raise NothingDecided
    today = business_date(at)
    if min(of, found.day or of) <= today:
        raise DayOver
    found.delete()
    day = _day_by_rule(recurring, at, of)
    if day is not None and any(
        one.day == day and one.of != of for one in occurrences_of(recurring=recurring, at=at, until=day)
    ):
        raise DayTaken
    _take_back(actor, at, recurring, found, day, words)
    _decided(actor, at, recurring, of, DayVerb.UNDO, day, words)


def _take_back(
    actor: Actor, at: datetime, recurring: Recurring, found: SeriesException, day: date | None, words: str
) -> None:
    made = _made_of(recurring, found.of)
    is_live = made is not None and made.state in TO_COME
    if day is None:
        require_words(words)
        if made is not None and is_live:
            cancel_activity(actor=actor, at=at, activity=made, words=words)
    elif made is not None and is_live:
        if business_date(made.span.begins) != day:
            _move_made(actor, at, recurring, found.of, day, words)
    else:
        _make(recurring, at, made, of=found.of, day=day)


def _make(recurring: Recurring, at: datetime, made: Activity | None, *, of: date, day: date) -> None:
    """Make one as its turn comes; where it was called off once, it is made anew at once."""
    if made is None:
        make_coming(recurring=recurring, at=at)
    else:
        make_on(recurring=recurring, at=at, of=of, day=day)


def _day_by_rule(recurring: Recurring, at: datetime, of: date) -> date | None:
    """Return on which day one is held now that nothing is decided about it; none where the rule has it not."""
    coming = occurrences_of(recurring=recurring, at=at, until=of + A_YEAR)
    return next((one.day for one in coming if one.of == of), None)


def _move_made(actor: Actor, at: datetime, recurring: Recurring, of: date, day: date, words: str) -> None:
    made = _made_of(recurring, of)
    if made is None or made.state not in TO_COME:
        return
    change_activity(
        actor=actor, at=at, activity=made, span=recurring.span_on(day), venue=made.venue,
        room=made.booking.room if made.booking else None, words=words,
    )  # fmt: skip


def _check_single(actor: Actor, at: datetime, recurring: Recurring, of: date) -> None:
    check_running(actor, recurring)
    if abs(of - business_date(at)) > A_YEAR:
        raise NoSuchDay
    coming = occurrences_of(recurring=recurring, at=at, until=of + A_YEAR)
    if not any(one.of == of and recurring.span_on(one.day).begins > at for one in coming):
        raise NoSuchDay


def _check_free(recurring: Recurring, at: datetime, day: date, *, of: date | None) -> None:
    check_ahead(at, day)
    if any(one.day == day and one.of != of for one in occurrences_of(recurring=recurring, at=at, until=day)):
        raise DayTaken


def _made_of(recurring: Recurring, of: date) -> Activity | None:
    """Return what was made for one: what stands, else the last that was called off."""
    rows = Activity.unscoped.select_related("place", "booking__room__place").filter(
        series=recurring, occurrence=of
    )
    return rows.exclude(state=ActivityState.CANCELLED).first() or rows.order_by("-id").first()


def _decided(
    actor: Actor, at: datetime, recurring: Recurring, of: date, verb: DayVerb, day: date | None, words: str
) -> None:
    made = write_decision(actor=actor, at=at, recurring=recurring, of=of, verb=verb, day=day)
    if words.strip():
        DayDecisionNote.objects.create(decision=made, words=words.strip())
    leave_trail(actor, at, recurring, verb)
