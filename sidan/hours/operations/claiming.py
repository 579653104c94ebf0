"""What becomes of a claim: somebody agrees, everybody may look and object, and in the end it counts or does not."""

from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sidan.attendance.enums import Grade, Way
from sidan.core.actor import SYSTEM, Actor
from sidan.core.clock import business_date
from sidan.core.errors import Conflict, Invalid
from sidan.hours.crediting import credited_teams
from sidan.hours.enums import ClaimKind, ClaimState
from sidan.hours.models import Claim, Entry, Occasion
from sidan.hours.notices import tell_holder, tell_person
from sidan.hours.operations.door import (
    ServesElsewhere,
    append_entry,
    lock_persons,
    pass_door,
    require_words,
    told_when_elsewhere,
)
from sidan.hours.operations.recording import columns_of, notice_from, write_claim
from sidan.hours.permissions import NotYourOwnHours, require_agreeing, require_telling
from sidan.hours.policies import cut
from sidan.hours.queries import has_time_at, minutes_of_day, serving_among
from sidan.people.models import Person
from sidan.people.permissions import require_signed_in

LONGEST: Final = timedelta(hours=24)
_OF_A_RECORD: Final = (
    "occasion", "person_id", "team_id", "place_id", "county_id", "during", "day", "minutes", "tier", "way", "grade",
)  # fmt: skip


class NoVolunteer(Invalid):
    code = "no_volunteer"
    sentence = _("This person is not registered as a volunteer. Hours are recorded of volunteers only.")


class BadTimes(Invalid):
    code = "bad_hours"
    sentence = _("The time must begin on that day, end after its beginning and not lie ahead.")


class NoNoticeNeeded(Conflict):
    code = "no_notice_needed"
    sentence = _("This was not written down late: it counts as soon as you agree.")


class NoticeRuns(Conflict):
    code = "notice_runs"
    sentence = _("The public notice is not over yet.")


def tell_late_time(
    *, actor: Actor, at: datetime, occasion: Occasion, person: Person, begins: datetime, ends: datetime,
    reason_code: str,
) -> list[Claim]:  # fmt: skip
    """Tell when somebody served of whom nothing was written down: a second person and a public notice follow (R-Z2).

    Raises:
        NotSignedIn, NotYoursToTell, NoVolunteer, BadTimes
        ServesElsewhere: a part of that time is recorded or claimed for the person, or proven for something else.
    """
    account_id, _own = require_signed_in(actor=actor)
    require_telling(actor=actor, occasion=occasion)
    if not serving_among(person_ids=[person.pk]):
        raise NoVolunteer
    last_day = max(occasion.day, business_date(occasion.ended_at))
    # Asked first: what lies at the end of time has no day in Beijing.
    if (
        not begins < ends <= at
        or ends - begins > LONGEST
        or not occasion.day <= business_date(begins) <= last_day
    ):
        raise BadTimes
    with transaction.atomic():
        lock_persons([person.pk])
        if has_time_at(person_id=person.pk, begins=begins, ends=ends, cause_id=occasion.cause_id):
            raise ServesElsewhere
        day, served = business_date(begins), (occasion.cause_id, person.pk)
        spent = minutes_of_day(person_id=person.pk, day=day)
        teams = credited_teams(cause_ids=[occasion.cause_id], person_ids=[person.pk])
        return [
            write_claim(
                actor=actor, at=at, kind=ClaimKind.LATE, verb="tell", told_by=account_id, reason_code=reason_code,
                person_id=person.pk, way=Way.HAND, grade=Grade.WEAK,
                **columns_of(occasion=occasion, piece=piece, day=day, team_id=teams.get(served, occasion.team_id)),
            )
            for piece in cut(begins=begins, ends=ends, spent=spent, limits=settings.TIMES_LIMITS)
        ]  # fmt: skip


def agree_to_claim(*, actor: Actor, at: datetime, claim: Claim) -> Entry:
    """Agree to the hours of a long day: they count.

    Raises:
        NotYourOwnHours, NotYoursToAgree, ClaimMovedOn, ServesElsewhere
    """
    require_agreeing(actor=actor, claim=claim)
    if claim.kind == ClaimKind.LATE:
        raise NoticeRuns
    return _enter(actor, at, claim, "agree")


@transaction.atomic
def publish_claim(*, actor: Actor, at: datetime, claim: Claim) -> Claim:
    """Say as the second person that a late time is right: it is shown to everybody before it counts.

    Raises:
        NotYourOwnHours, NotYoursToAgree, NoNoticeNeeded, ClaimMovedOn
    """
    require_agreeing(actor=actor, claim=claim)
    if claim.kind != ClaimKind.LATE:
        raise NoNoticeNeeded
    claim.public_until, claim.confirmed_by_id = notice_from(at), actor.account_id
    claim.save(update_fields=["public_until", "confirmed_by"])
    pass_door(claim=claim, actor=actor, at=at, verb="publish")
    tell_person(kind="hours_noticed", of=claim, at=at)
    return claim


@transaction.atomic
def object_to_claim(*, actor: Actor, at: datetime, claim: Claim, words: str) -> Claim:
    """Object to a time on public notice, with a reason; it does not count before somebody has looked into it.

    Raises:
        NotSignedIn, NotYourOwnHours, WordsMissing, ClaimMovedOn
    """
    _account, person_id = require_signed_in(actor=actor)
    if person_id == claim.person_id:
        raise NotYourOwnHours
    require_words(words)
    pass_door(claim=claim, actor=actor, at=at, verb="object", words=words)
    tell_person(kind="hours_disputed", of=claim, at=at)
    tell_holder(kind="hours_objected", claim=claim, at=at)
    return claim


def dismiss_objection(*, actor: Actor, at: datetime, claim: Claim, words: str) -> Claim:
    """Find that an objection has no ground, and say why: the notice goes on as long as it would have.

    Raises:
        NotYourOwnHours, NotYoursToAgree, WordsMissing, ClaimMovedOn
    """
    return _answer(actor, at, claim, "dismiss", words, told="hours_upheld")


def refuse_claim(*, actor: Actor, at: datetime, claim: Claim, words: str) -> Claim:
    """Say that a time does not count, and why.

    Raises:
        NotYourOwnHours, NotYoursToAgree, WordsMissing, ClaimMovedOn
    """
    return _answer(actor, at, claim, "refuse", words, told="hours_refused")


@transaction.atomic
def _answer(actor: Actor, at: datetime, claim: Claim, verb: str, words: str, *, told: str) -> Claim:
    require_agreeing(actor=actor, claim=claim)
    require_words(words)
    pass_door(claim=claim, actor=actor, at=at, verb=verb, words=words)
    tell_person(kind=told, of=claim, at=at)
    return claim


def enter_noticed(*, at: datetime, claim_id: int) -> Entry | None:
    """Record a late time whose notice is over; one that has moved on meanwhile is left as it is.

    Where the person was recorded elsewhere at that time in between, the claim lapses.
    """
    claim = Claim.unscoped.select_related("occasion").get(pk=claim_id)
    if claim.state != ClaimState.NOTICED or claim.public_until is None or claim.public_until > at:
        return None
    try:
        return _enter(SYSTEM, at, claim, "enter")
    except ServesElsewhere:
        with transaction.atomic():
            claim.refresh_from_db()
            pass_door(claim=claim, actor=SYSTEM, at=at, verb="lapse")
            tell_person(kind="hours_refused", of=claim, at=at)
        return None


def _enter(actor: Actor, at: datetime, claim: Claim, verb: str) -> Entry:
    """Take the last step of a claim and append its record, together or not at all."""
    known: dict[str, Any] = {name: getattr(claim, name) for name in _OF_A_RECORD}
    with told_when_elsewhere(), transaction.atomic():
        lock_persons([claim.person_id])
        pass_door(claim=claim, actor=actor, at=at, verb=verb)
        confirmed_by = actor.account_id or claim.confirmed_by_id
        entry = append_entry(
            actor=actor, at=at, verb="record", claim=claim, confirmed_by_id=confirmed_by, **known
        )
        tell_person(kind="hours_recorded", of=entry, at=at)
    return entry
