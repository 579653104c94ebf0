"""Giving what was on notice, and taking it back by a row of its own: by hand, or when records no longer reach."""

from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sidan.audit.operations import record
from sidan.core.actor import SYSTEM, Actor
from sidan.core.clock import business_date
from sidan.core.errors import Conflict, require_words
from sidan.core.transactions import told_when
from sidan.honours.enums import HonourKind, OutWhy, TakenBack
from sidan.honours.models import Award, AwardNote, Nominee, Objection, Proposal, StandingAward
from sidan.honours.notices import tell_given, tell_taken_back
from sidan.honours.operations.door import locked, pass_door, require_fit
from sidan.honours.operations.noticing import take_out
from sidan.honours.permissions import NotAboutYourself, require_giving
from sidan.honours.queries import minutes_counted, star_awards_standing
from sidan.hours.operations import lock_persons
from sidan.people.queries import kept_rows, rows_of_person

_SAME: Final = (
    "nominee_id", "kind", "county_id", "place_id", "person_id", "team_id", "title_id", "stars", "year", "given_year",
)  # fmt: skip
"""What the row that takes an award back has of the award itself."""


class NoticeStillRuns(Conflict):
    code = "honours_notice_runs"
    sentence = _("The public notice is not over yet. Until then everybody may object.")


class Unanswered(Conflict):
    code = "objections_unanswered"
    sentence = _("Somebody has objected and has no answer yet. Please answer first.")


class NobodyLeft(Conflict):
    code = "nobody_left"
    sentence = _("Nobody is left in this list. Please take it off instead.")


class HasItAlready(Conflict):
    code = "has_it_already"
    sentence = _("Somebody of this list has just been given the same. Please look at it again.")


class TakenBackAlready(Conflict):
    code = "award_taken_back_already"
    sentence = _("This was taken back already.")


def award_proposal(*, actor: Actor, at: datetime, proposal: Proposal) -> list[Award]:
    """Give what was on notice to those whose names still stand there.

    Who no longer has the hours, or has it by now, is taken out first. The persons are locked as for a record, so that
    no record is taken back between adding up and giving.

    Raises:
        NotYoursToGive, ProposalMovedOn, NoticeStillRuns, Unanswered, NobodyLeft, HasItAlready
    """
    require_giving(actor=actor, county_id=proposal.county_id)
    require_fit(proposal=proposal, verb="award")
    if not proposal.is_over(at):
        raise NoticeStillRuns
    rule = "honours_each_star_once" if proposal.kind == HonourKind.STAR else "honours_each_title_once"
    with told_when(constraint=rule, refusal=HasItAlready), transaction.atomic():
        locked(proposal)
        if Objection.objects.filter(proposal=proposal, outcome="").exists():
            raise Unanswered
        left = _left(proposal, at)
        pass_door(proposal=proposal, actor=actor, at=at, verb="award")
        given = Award.unscoped.bulk_create(_award(proposal, one, actor, at) for one in left)
        tell_given(proposal=proposal, nominees=left, at=at)
    return given


def _left(proposal: Proposal, at: datetime) -> list[Nominee]:
    """Return whose names stand and still reach what is given; the others are taken out."""
    rows = Nominee.objects.filter(proposal=proposal, out_at=None).select_related("person", "team")
    names = list(rows.order_by("pk"))
    people = [one.person_id for one in names if one.person_id]
    lock_persons(people)
    has = _had_already(proposal, names)
    minutes = _minutes(names, people)
    short = [one for one in names if one.pk not in has and not _reaches(proposal, one, minutes)]
    take_out(nominees=[one for one in names if one.pk in has], proposal=proposal, at=at, why=OutWhy.HAS_IT)
    take_out(nominees=short, proposal=proposal, at=at, why=OutWhy.HOURS)
    gone = has | {one.pk for one in short}
    left = [one for one in names if one.pk not in gone]
    if not left:
        raise NobodyLeft
    return left


def _minutes(names: list[Nominee], people: list[int]) -> dict[int, int]:
    year = names[0].star_year if names else 0
    return minutes_counted(person_ids=people, year=year)


def _reaches(proposal: Proposal, one: Nominee, minutes: dict[int, int]) -> bool:
    return proposal.kind == HonourKind.TITLE or minutes[one.person_id or 0] >= (one.needed or 0)


def _had_already(proposal: Proposal, names: list[Nominee]) -> set[int]:
    """Return the names that have the same, or more stars of the same year, under any row of the person."""
    rows = StandingAward.objects.filter(county=proposal.county_id, title=proposal.title_id)
    if proposal.kind == HonourKind.TITLE:
        rows = rows.filter(year=proposal.year)
    told = list(rows.values_list("person_id", "team_id", "stars", "year"))
    asked = [one.person_id for one in names if one.person_id] + [person for person, *_rest in told if person]
    kept = kept_rows(person_ids=asked)
    best: dict[tuple[int, int, int], int] = {}
    for person, team, stars, year in told:
        key = (kept.get(person or 0, 0), team or 0, year)
        best[key] = max(best.get(key, 0), stars or 0)

    def key_of(one: Nominee) -> tuple[int, int, int]:
        year = one.star_year if proposal.kind == HonourKind.STAR else proposal.year
        return (kept.get(one.person_id or 0, 0), one.team_id or 0, year)

    return {one.pk for one in names if best.get(key_of(one), -1) >= (one.stars or 0)}


def _award(proposal: Proposal, one: Nominee, actor: Actor, at: datetime) -> Award:
    year = one.star_year if proposal.kind == HonourKind.STAR else proposal.year
    return Award(
        nominee=one, kind=proposal.kind, county_id=proposal.county_id, place_id=one.place_id, person_id=one.person_id,
        team_id=one.team_id, title_id=proposal.title_id, stars=one.stars, year=year,
        given_year=business_date(at).year, at=at, actor_id=actor.account_id,
    )  # fmt: skip


def take_award_back(*, actor: Actor, at: datetime, award: Award, reason: str, words: str) -> Award:
    """Take back what was given, with the reason; whose it was is told.

    Raises:
        NotYoursToGive, NotAboutYourself, SayWhy, TakenBackAlready
    """
    require_giving(actor=actor, county_id=award.county_id)
    if award.person_id and actor.person_id in rows_of_person(person_id=award.person_id):
        raise NotAboutYourself
    require_words(words)
    return _taken_back(actor, at, award, TakenBack(reason), words)


def _taken_back(actor: Actor, at: datetime, award: Award, reason: TakenBack, words: str = "") -> Award:
    same: dict[str, Any] = {name: getattr(award, name) for name in _SAME}
    with (
        told_when(constraint="honours_award_takes_back_id_key", refusal=TakenBackAlready),
        transaction.atomic(),
    ):
        made = Award.unscoped.create(
            takes_back=award, reason=reason, at=at, actor_id=actor.account_id, **same
        )
        if words:
            AwardNote.objects.create(award=made, words=words)
        record(
            actor=actor, at=at, verb="honours.take_back", subject=("award", award.pk), place_id=award.place_id,
            county_id=award.county_id,
        )  # fmt: skip
        tell_taken_back(award=award, at=at)
    return made


@transaction.atomic
def recheck_stars(*, at: datetime, person_id: int) -> list[Award]:
    """Take back the stars that somebody's hours no longer reach; done twice it takes back nothing more."""
    lock_persons(rows_of_person(person_id=person_id))
    gone = []
    for award in star_awards_standing(person_id=person_id):
        counted = minutes_counted(person_ids=[award.person_id or 0], year=award.year)
        if counted[award.person_id or 0] < (award.nominee.needed or 0):
            gone.append(_taken_back(SYSTEM, at, award, TakenBack.CORRECTED))
    return gone
