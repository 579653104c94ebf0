"""Who heads a place, and for how long (R-N1)."""

from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext_lazy as _

from sidan.audit.operations import record
from sidan.core.actor import Actor
from sidan.core.errors import Conflict, FieldProblem, Invalid, NotFound
from sidan.people.models import Directorship
from sidan.people.operations.persons import find_place
from sidan.people.operations.teams import person_in_sight
from sidan.people.permissions import require_managing

FIRST_YEAR_TOO_FAR: Final = 2101


class TermOverlaps(Conflict):
    code = "term_overlaps"
    sentence = _("Somebody holds the office of “%(title)s” in this time already. End that term first.")


class TermEndsBeforeItBegins(Invalid):
    code = "term_ends_before_it_begins"
    sentence = _("The term ends before it begins.")


class TermTooFar(Invalid):
    code = "term_too_far"
    sentence = _("Please choose a day before the year %(year)s.")


class TermEndedAlready(Conflict):
    code = "term_ended_already"
    sentence = _("This term has ended already.")


@transaction.atomic
def appoint_director(
    *,
    actor: Actor,
    at: datetime,
    place_id: int,
    person_uuid: UUID,
    title: str,
    starts_on: date,
    ends_on: date | None = None,
) -> Directorship:
    """Write down who heads a place; `ends_on` is the last day of the term, none for an open one.

    Raises:
        NotYourPeople, TermOverlaps, TermEndsBeforeItBegins, TermTooFar, NotFound (place or person).
    """
    require_managing(actor=actor, place_id=place_id)
    place = find_place(place_id=place_id)
    if ends_on is not None and ends_on < starts_on:
        raise TermEndsBeforeItBegins(errors=[FieldProblem("/ends_on", TermEndsBeforeItBegins.sentence)])
    person = person_in_sight(uuid=person_uuid)
    after = _day_after(ends_on, "/ends_on") if ends_on else None
    term = DateRange(starts_on, after)
    try:
        with transaction.atomic():
            directorship = Directorship.objects.create(place=place, person=person, title=title, term=term)
    except IntegrityError:
        raise TermOverlaps(title=title) from None
    record(
        actor=actor, at=at, verb="director.appointed", subject=("person", person.pk), place_id=place_id,
        county_id=place.county_id,
    )  # fmt: skip
    return directorship


@transaction.atomic
def end_term(*, actor: Actor, at: datetime, uuid: UUID, last_day: date) -> Directorship:
    """End a term with a day, which is its last.

    Raises:
        NotYourPeople, TermEndedAlready, TermEndsBeforeItBegins, TermTooFar, NotFound.
    """
    found = Directorship.objects.select_for_update(of=("self",)).select_related("place")
    directorship = found.filter(uuid=uuid).first()
    if directorship is None:
        raise NotFound
    require_managing(actor=actor, place_id=directorship.place_id)
    term = directorship.term
    if term.lower and last_day < term.lower:
        raise TermEndsBeforeItBegins(errors=[FieldProblem("/last_day", TermEndsBeforeItBegins.sentence)])
    after = _day_after(last_day, "/last_day")
    if term.upper is not None and term.upper <= after:
        raise TermEndedAlready
    directorship.term = DateRange(term.lower, after)
    directorship.save(update_fields=["term"])
    record(
        actor=actor, at=at, verb="director.term_ended", subject=("person", directorship.person_id),
        place_id=directorship.place_id, county_id=directorship.place.county_id,
    )  # fmt: skip
    return directorship


def _day_after(day: date, pointer: str) -> date:
    """Return the first day that is no more of a term which ends with `day`. Raises TermTooFar."""
    if day.year >= FIRST_YEAR_TOO_FAR:
        detail = TermTooFar.sentence % {"year": FIRST_YEAR_TOO_FAR}
        raise TermTooFar(year=FIRST_YEAR_TOO_FAR, errors=[FieldProblem(pointer, detail)])
    return day + timedelta(days=1)
