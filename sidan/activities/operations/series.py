"""What comes again: begun, changed from a day on, ended; and what becomes of single days."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sidan.activities.calendar import Series, ended_before, rest_from
from sidan.activities.enums import ActivityState, DayVerb, RecurringState
from sidan.activities.models import Activity, DayDecision, Recurring, SeriesException
from sidan.activities.models.recurring import FOLLOWED_ONCE
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
from sidan.core.transactions import told_when
from sidan.people.permissions import require_signed_in
from sidan.people.queries import person_of
from sidan.places.models import Place
from sidan.places.queries import working_time_of

A_YEAR: Final = timedelta(days=366)
"""How far one may have been moved."""
TO_COME: Final = frozenset({ActivityState.ANNOUNCED, ActivityState.OPEN})


class SeriesOver(Conflict):
    code = "series_over"
    sentence = _("This arrangement is over already.")


class SeriesFollowed(Conflict):
    code = "series_followed"
    sentence = _("Another arrangement has taken the place of this one already. Please change that one.")


class DayGone(AtField):
    code = "series_day_gone"
    field = "day"
    sentence = _("Please choose a day after today, within a year: what was held stays as it was.")


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
    for of, day in sorted(rule.exceptions.items()):
        verb = DayVerb.MOVE if day else DayVerb.SKIP
        write_decision(actor=actor, at=at, recurring=recurring, of=of, verb=verb, day=day)
    make_coming(recurring=recurring, at=at)
    return recurring


def change_series(
    *, actor: Actor, at: datetime, recurring: Recurring, day: date, rule: Rule, plan: Plan, words: str
) -> Cut:
    """Hold it otherwise from a day on: what was held, and what is held before that day, stays as it is.

    What was made for later and nobody had a hand in follows the new rule, or is called off with these words.

    Raises:
        NotYoursToAnnounce, SeriesOver, DayGone, SayWhy
        SeriesFollowed: another one has taken its place already.
        what `check_rule` raises
    """
    with told_when(constraint=FOLLOWED_ONCE, refusal=SeriesFollowed), transaction.atomic():
        return _changed(actor, at, recurring, day, rule, plan, words)


@transaction.atomic
def end_series(*, actor: Actor, at: datetime, recurring: Recurring, day: date, words: str) -> Cut:
    """Hold it no more from a day on; what was made for later is called off, unless somebody had a hand in it.

    Raises:
        NotYoursToAnnounce, SeriesOver, DayGone, SayWhy
    """
    _check_cut(actor, at, recurring, day, words)
    _end_before(recurring, series_of(recurring=recurring), day, at)
    untouched, stayed = made_for_later(recurring, day)
    for activity in untouched:
        cancel_activity(actor=actor, at=at, activity=activity, words=words)
    leave_trail(actor, at, recurring, "end")
    return Cut(None, stayed)


def require_changeable(*, recurring: Recurring) -> None:
    """Refuse what is over, or was changed already. Raises SeriesOver, SeriesFollowed."""
    if recurring.state != RecurringState.ACTIVE:
        raise SeriesOver
    if Recurring.unscoped.filter(follows=recurring).exists():
        raise SeriesFollowed


def _changed(
    actor: Actor, at: datetime, recurring: Recurring, day: date, rule: Rule, plan: Plan, words: str
) -> Cut:
    _check_cut(actor, at, recurring, day, words)
    require_changeable(recurring=recurring)
    before = series_of(recurring=recurring)
    kept = rest_of_rule(recurring, before, replace(rule, first=max(day, rule.first)), day)
    follows = _write(actor, at, recurring.place, kept, plan, follows=recurring)
    _end_before(recurring, before, day, at)
    days = {one.of: one.day for one in occurrences_of(recurring=follows, at=at)}
    untouched, stayed = made_for_later(recurring, day)
    Activity.unscoped.filter(pk__in=[one.pk for one in stayed]).update(series=follows)
    for activity in untouched:
        of = activity.occurrence
        assert of is not None, "what was made has its day"
        if of in days:
            remake(activity=activity, recurring=follows, at=at, plan_day=midnight(days[of]))
        else:
            cancel_activity(actor=actor, at=at, activity=activity, words=words)
    make_coming(recurring=follows, at=at)
    leave_trail(actor, at, follows, "change")
    return Cut(follows, stayed)


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
        leave_trail(actor, at, made, "begin")
    return made


def rest_of_rule(recurring: Recurring, before: Series, rule: Rule, day: date) -> Rule:
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


def check_running(actor: Actor, recurring: Recurring) -> None:
    """Let nobody make, change or end it meanwhile, and read it as it is now: somebody may have ended it since.

    Raises:
        NotYoursToAnnounce, SeriesOver
    """
    require_announcing(actor=actor, place_id=recurring.place_id, county_id=recurring.county_id)
    rows = Recurring.unscoped.select_for_update()
    recurring.refresh_from_db(fields=["last", "state", "state_since"], from_queryset=rows)
    if recurring.state != RecurringState.ACTIVE:
        raise SeriesOver


def _check_cut(actor: Actor, at: datetime, recurring: Recurring, day: date, words: str) -> None:
    check_running(actor, recurring)
    check_ahead(at, day)
    require_words(words)


def check_ahead(at: datetime, day: date) -> None:
    """Refuse a day that is not ahead, or more than a year. Raises DayGone."""
    if not timedelta() < day - business_date(at) <= A_YEAR:
        raise DayGone


def made_for_later(recurring: Recurring, day: date) -> tuple[list[Activity], list[Activity]]:
    """Return what was made for a day and later: what nobody had a hand in, and what somebody did."""
    made = made_from(recurring=recurring, since=midnight(day), states=TO_COME)
    touched = touched_of(activities=made)
    return [one for one in made if one.pk not in touched], [one for one in made if one.pk in touched]


def write_decision(
    *, actor: Actor, at: datetime, recurring: Recurring, of: date, verb: DayVerb, day: date | None
) -> DayDecision:
    """Append what somebody decided about one day."""
    account_id, _person_id = require_signed_in(actor=actor)
    return DayDecision.objects.create(
        recurring=recurring, of=of, verb=verb, day=day, actor_id=account_id, at=at
    )


def leave_trail(actor: Actor, at: datetime, recurring: Recurring, verb: str) -> None:
    """Write down who did what with a rule."""
    record(
        actor=actor, at=at, verb=f"series.{verb}", subject=("series", recurring.pk), place_id=recurring.place_id,
        county_id=recurring.county_id,
    )  # fmt: skip
