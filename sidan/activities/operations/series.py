"""What comes again: begun, changed from a day on, ended; and what becomes of single days."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sidan.activities.calendar import Series, ended_before, rest_from
from sidan.activities.enums import ActivityState, RecurringState
from sidan.activities.models import Activity, Recurring, SeriesException
from sidan.activities.operations.changing import change_activity
from sidan.activities.operations.making import make_coming, remake
from sidan.activities.operations.moving import cancel_activity
from sidan.activities.operations.planning import Plan
from sidan.activities.operations.ruling import Rule, check_rule, columns_of_rule
from sidan.activities.permissions import require_announcing
from sidan.activities.queries import made_from, occurrences_of, series_of, touched_of
from sidan.audit.operations import record
from sidan.core.actor import Actor
from sidan.core.clock import business_date, midnight
from sidan.core.errors import AtField, Conflict, require_words
from sidan.people.queries import person_of
from sidan.places.models import Place
from sidan.places.queries import working_time_of

A_YEAR: Final = timedelta(days=366)
"""How far one may have been moved."""
TO_COME: Final = frozenset({ActivityState.ANNOUNCED, ActivityState.OPEN})


class SeriesOver(Conflict):
    code = "series_over"
    sentence = _("This arrangement is over already.")


class DayGone(AtField):
    code = "series_day_gone"
    field = "day"
    sentence = _("Please choose a day after today, within a year: what was held stays as it was.")


class NoSuchDay(AtField):
    code = "series_has_no_such_day"
    field = "of"
    sentence = _("It does not come on that day.")


class DayTaken(AtField):
    code = "series_day_taken"
    field = "day"
    sentence = _("It comes on that day already.")


@dataclass(frozen=True, slots=True)
class Cut:
    """What became of a rule that was changed or ended: what follows it, and what stays because somebody touched it."""

    follows: Recurring | None
    stayed: list[Activity]


@transaction.atomic
def begin_series(*, actor: Actor, at: datetime, place: Place, rule: Rule, plan: Plan) -> Recurring:
    """Hold something again and again; what comes in the next weeks is announced at once.

    Raises:
        NotYoursToAnnounce, NotSignedIn
        what `check_rule` raises
    """
    require_announcing(actor=actor, place_id=place.pk, county_id=place.county_id)
    recurring = _write(actor, at, place, rule, plan, follows=None)
    make_coming(recurring=recurring, at=at)
    return recurring


@transaction.atomic
def change_series(
    *, actor: Actor, at: datetime, recurring: Recurring, day: date, rule: Rule, plan: Plan, words: str
) -> Cut:
    """Hold it otherwise from a day on: what was held, and what is held before that day, stays as it is.

    What was made for later and nobody had a hand in follows the new rule, or is called off with these words.

    Raises:
        NotYoursToAnnounce, SeriesOver, DayGone, SayWhy
        what `check_rule` raises
    """
    _check_cut(actor, at, recurring, day, words)
    before = series_of(recurring=recurring)
    kept = _rest(recurring, before, replace(rule, first=max(day, rule.first)), day)
    follows = _write(actor, at, recurring.place, kept, plan, follows=recurring)
    _end_before(recurring, before, day, at)
    days = {one.of: one.day for one in occurrences_of(recurring=follows, at=at)}
    untouched, stayed = _made_for_later(recurring, day)
    Activity.unscoped.filter(pk__in=[one.pk for one in stayed]).update(series=follows)
    for activity in untouched:
        of = activity.occurrence
        assert of is not None, "what was made has its day"
        if of in days:
            remake(activity=activity, recurring=follows, at=at, plan_day=midnight(days[of]))
        else:
            cancel_activity(actor=actor, at=at, activity=activity, words=words)
    make_coming(recurring=follows, at=at)
    _record(actor, at, follows, "change")
    return Cut(follows, stayed)


@transaction.atomic
def end_series(*, actor: Actor, at: datetime, recurring: Recurring, day: date, words: str) -> Cut:
    """Hold it no more from a day on; what was made for later is called off, unless somebody had a hand in it.

    Raises:
        NotYoursToAnnounce, SeriesOver, DayGone, SayWhy
    """
    _check_cut(actor, at, recurring, day, words)
    _end_before(recurring, series_of(recurring=recurring), day, at)
    untouched, stayed = _made_for_later(recurring, day)
    for activity in untouched:
        cancel_activity(actor=actor, at=at, activity=activity, words=words)
    _record(actor, at, recurring, "end")
    return Cut(None, stayed)


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
    _record(actor, at, recurring, "skip")


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
    made = _made_of(recurring, of)
    if made is not None and made.state in TO_COME:
        change_activity(
            actor=actor, at=at, activity=made, span=recurring.span_on(day), venue=made.venue,
            room=made.booking.room if made.booking else None, words=words,
        )  # fmt: skip
    _record(actor, at, recurring, "move")


@transaction.atomic
def add_day(*, actor: Actor, at: datetime, recurring: Recurring, day: date) -> None:
    """Hold it once more, on a day on which the rule has it not.

    Raises:
        NotYoursToAnnounce, SeriesOver, DayGone, DayTaken
    """
    _check_running(actor, recurring)
    _check_free(recurring, at, day, of=None)
    if _made_of(recurring, day) is not None:
        # Held on another day, or called off: its name stands for that one.
        raise DayTaken
    SeriesException.objects.update_or_create(recurring=recurring, of=day, defaults={"day": day})
    make_coming(recurring=recurring, at=at)
    _record(actor, at, recurring, "add")


def _write(
    actor: Actor, at: datetime, place: Place, rule: Rule, plan: Plan, *, follows: Recurring | None
) -> Recurring:
    maker = person_of(actor)
    lead = plan.lead or maker
    check_rule(place=place, rule=rule, plan=plan, lead=lead)
    made = Recurring.unscoped.create(
        place=place, county_id=place.county_id, follows=follows, state_since=at, created_at=at, created_by=maker,
        **columns_of_rule(rule, plan, lead=lead),
    )  # fmt: skip
    _keep_exceptions(made, rule.series())
    if follows is None:
        _record(actor, at, made, "begin")
    return made


def _rest(recurring: Recurring, before: Series, rule: Rule, day: date) -> Rule:
    """Return the new rule; where its days are those of the old one, what was decided about single days stays."""
    told = rule.series()
    if (before.pattern, before.wanted, before.otherwise) != (told.pattern, told.wanted, told.otherwise):
        return rule
    rest = rest_from(before, day=day, is_working=working_time_of(place_id=recurring.place_id).works_on)
    return replace(rule, exceptions=rest.exceptions) if rest else rule


def _end_before(recurring: Recurring, before: Series, day: date, at: datetime) -> None:
    if day <= recurring.first:
        recurring.state, recurring.state_since = RecurringState.ENDED, at
        recurring.save(update_fields=["state", "state_since"])
        return
    ended = ended_before(before, day=day)
    recurring.last = ended.until
    recurring.save(update_fields=["last"])
    _keep_exceptions(recurring, ended)


def _keep_exceptions(recurring: Recurring, series: Series) -> None:
    SeriesException.objects.filter(recurring=recurring).delete()
    SeriesException.objects.bulk_create(
        SeriesException(recurring=recurring, of=of, day=day) for of, day in series.exceptions.items()
    )


def _check_running(actor: Actor, recurring: Recurring) -> None:
    """Let nobody make, change or end it meanwhile, and read it as it is now: somebody may have ended it since."""
    require_announcing(actor=actor, place_id=recurring.place_id, county_id=recurring.county_id)
    rows = Recurring.unscoped.select_for_update()
    recurring.refresh_from_db(fields=["last", "state", "state_since"], from_queryset=rows)
    if recurring.state != RecurringState.ACTIVE:
        raise SeriesOver


def _check_cut(actor: Actor, at: datetime, recurring: Recurring, day: date, words: str) -> None:
    _check_running(actor, recurring)
    _check_ahead(at, day)
    require_words(words)


def _check_ahead(at: datetime, day: date) -> None:
    if not timedelta() < day - business_date(at) <= A_YEAR:
        raise DayGone


def _check_single(actor: Actor, at: datetime, recurring: Recurring, of: date) -> None:
    _check_running(actor, recurring)
    if abs(of - business_date(at)) > A_YEAR:
        raise NoSuchDay
    coming = occurrences_of(recurring=recurring, at=at, until=of + A_YEAR)
    if not any(one.of == of and recurring.span_on(one.day).begins > at for one in coming):
        raise NoSuchDay


def _check_free(recurring: Recurring, at: datetime, day: date, *, of: date | None) -> None:
    _check_ahead(at, day)
    if any(one.day == day and one.of != of for one in occurrences_of(recurring=recurring, at=at, until=day)):
        raise DayTaken


def _made_for_later(recurring: Recurring, day: date) -> tuple[list[Activity], list[Activity]]:
    """Return what was made for a day and later: what nobody had a hand in, and what somebody did."""
    made = made_from(recurring=recurring, since=midnight(day), states=TO_COME)
    touched = touched_of(activities=made)
    return [one for one in made if one.pk not in touched], [one for one in made if one.pk in touched]


def _made_of(recurring: Recurring, of: date) -> Activity | None:
    rows = Activity.unscoped.select_related("place", "booking__room__place")
    return rows.filter(series=recurring, occurrence=of).first()


def _record(actor: Actor, at: datetime, recurring: Recurring, verb: str) -> None:
    record(
        actor=actor, at=at, verb=f"series.{verb}", subject=("series", recurring.pk), place_id=recurring.place_id,
        county_id=recurring.county_id,
    )  # fmt: skip
