"""The one door of a claim, and the one place where an entry is appended."""

from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from sidan.audit.operations import record
from sidan.core.actor import Actor
from sidan.core.errors import Conflict, FieldProblem, Invalid
from sidan.core.events import publish
from sidan.core.transactions import told_when
from sidan.core.turns import take_turn
from sidan.hours.enums import ClaimState
from sidan.hours.events import HoursEntered
from sidan.hours.models import Claim, ClaimNote, ClaimStep, Entry, EntryNote
from sidan.hours.models.records import STANDS_ONCE
from sidan.hours.states import CLAIM
from sidan.people.models import Person


class ClaimMovedOn(Conflict):
    """Somebody was faster, or the step does not fit the state the claim is in."""

    code = "claim_moved_on"
    sentence = _("This has moved on: it is now “%(state_words)s”. Please look at it again.")


class ServesElsewhere(Conflict):
    """Nobody serves at two places at once (R-Z2)."""

    code = "serves_elsewhere"
    sentence = _("There is a record of this person for a part of that time already.")


class WordsMissing(Invalid):
    code = "say_why"
    sentence = _("Please say why: whose hours they are reads it.")

    def __init__(self) -> None:
        super().__init__(errors=[FieldProblem("/words", self.sentence)])


def require_words(words: str) -> None:
    """Refuse an empty reason. Raises WordsMissing."""
    if not words.strip():
        raise WordsMissing


def lock_persons(person_ids: list[int]) -> None:
    """Let one act at a time add up the hours of some persons; in the order of their ids, so that no two acts block
    each other. Rows that only point at a person do not wait."""  # fmt: skip
    rows = Person.unscoped.select_for_update(no_key=True, of=("self",)).filter(pk__in=person_ids)
    list(rows.order_by("pk").values_list("pk", flat=True))


def told_when_elsewhere() -> AbstractContextManager[None]:
    """Append an entry in a transaction within: that the person serves elsewhere is told after it."""
    return told_when(constraint=STANDS_ONCE, refusal=ServesElsewhere)


def append_entry(*, actor: Actor, at: datetime, verb: str, words: str = "", **columns: Any) -> Entry:
    """Append a record or a counter-record, with its trail and event, within the caller's transaction.

    The caller holds the lock of the person.
    """
    entry = Entry.unscoped.create(entered_by_id=actor.account_id, entered_at=at, **columns)
    if words:
        EntryNote.objects.create(entry=entry, words=words)
    record(
        actor=actor, at=at, verb=f"hours.{verb}", subject=("hours", entry.pk), place_id=entry.place_id,
        county_id=entry.county_id, person=entry.person_id, minutes=entry.minutes,
    )  # fmt: skip
    publish(
        HoursEntered(
            entry_id=entry.pk, cause_id=entry.occasion.cause_id, person_id=entry.person_id, team_id=entry.team_id,
            place_id=entry.place_id, county_id=entry.county_id, minutes=entry.minutes, day=entry.day, at=at,
        )
    )  # fmt: skip
    return entry


def pass_door(*, claim: Claim, actor: Actor, at: datetime, verb: str, words: str = "") -> ClaimStep:
    """Move a claim by a verb of the table, within the caller's transaction.

    Raises:
        ClaimMovedOn: the table does not allow it from this state, or another turn was taken since it was read.
    """
    step = CLAIM[verb]
    before = take_turn(
        rows=Claim.unscoped.all(), thing=claim, sources=step.sources, target=step.target, at=at, moved_on=_moved_on,
    )  # fmt: skip
    return append_step(claim=claim, actor=actor, at=at, verb=verb, from_state=before, words=words)


def append_step(
    *, claim: Claim, actor: Actor, at: datetime, verb: str, from_state: str, words: str = ""
) -> ClaimStep:
    """Write the step of the turn that the claim has now, and leave a trail."""
    made = ClaimStep.objects.create(
        claim=claim, turn=claim.turn, verb=verb, from_state=from_state, to_state=claim.state,
        actor_id=actor.account_id, at=at,
    )  # fmt: skip
    if words:
        ClaimNote.objects.create(step=made, words=words)
    record(
        actor=actor, at=at, verb=f"hours.claim_{verb}", subject=("claim", claim.pk), place_id=claim.place_id,
        county_id=claim.county_id, person=claim.person_id,
    )  # fmt: skip
    return made


def _moved_on(state: str) -> ClaimMovedOn:
    return ClaimMovedOn(state=state, state_words=ClaimState(state).label)
