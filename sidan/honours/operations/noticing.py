"""The public notice: everybody reads it and may object; each objection is answered before anything is given."""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sidan.core.actor import Actor
from sidan.core.clock import BUSINESS_ZONE, business_date
from sidan.core.errors import AtField, Conflict, require_words
from sidan.core.transactions import told_when
from sidan.honours.enums import LEAST_NOTICE_DAYS, MOST_NOTICE_DAYS, Outcome, OutWhy
from sidan.honours.models import ONE_OPEN_OBJECTION, Nominee, Objection, Proposal
from sidan.honours.notices import tell_named, tell_objected, tell_objector
from sidan.honours.operations.door import locked, pass_door, require_fit
from sidan.honours.permissions import NotAboutYourself, require_giving
from sidan.honours.policies import last_day_of_notice
from sidan.people.permissions import require_signed_in
from sidan.people.queries import are_one_person
from sidan.places.queries import working_time_of


class NoNames(Conflict):
    code = "no_names_proposed"
    sentence = _("This list has no names yet. Please write down who is proposed first.")


class NoticeTooShort(AtField):
    code = "notice_too_short"
    field = "days"
    sentence = _("A public notice lasts from %(least)s to %(most)s days.")


class NoticeIsOver(Conflict):
    code = "honours_notice_over"
    sentence = _("This public notice is over. Please call the office if something is not right.")


class ObjectedAlready(Conflict):
    code = "objected_already"
    sentence = _("You have objected to this name already. The office answers you.")


class TakenOutAlready(Conflict):
    code = "name_taken_out_already"
    sentence = _("This name was taken out already.")


class AnsweredAlready(Conflict):
    code = "objection_answered_already"
    sentence = _("This objection was answered already.")


def publish_proposal(
    *, actor: Actor, at: datetime, proposal: Proposal, days: int = LEAST_NOTICE_DAYS
) -> Proposal:
    """Put a list on public notice: it is not changed any more, and lasts to the end of its last day.

    Raises:
        NotYoursToGive, ProposalMovedOn, NoticeTooShort, NoNames
    """
    require_giving(actor=actor, county_id=proposal.county_id)
    if not LEAST_NOTICE_DAYS <= days <= MOST_NOTICE_DAYS:
        raise NoticeTooShort(least=LEAST_NOTICE_DAYS, most=MOST_NOTICE_DAYS)
    with transaction.atomic():
        require_fit(proposal=proposal, verb="publish")
        # Before the turn: the database lets nothing go on notice without its days.
        proposal.public_from, proposal.public_until = at, _end(proposal, at, days)
        Proposal.unscoped.filter(pk=proposal.pk, turn=proposal.turn, public_from=None).update(
            public_from=at, public_until=proposal.public_until
        )
        pass_door(proposal=proposal, actor=actor, at=at, verb="publish")
        # After the turn, which locks the list: nobody strikes the last name off meanwhile.
        if not Nominee.objects.filter(proposal=proposal).exists():
            raise NoNames
        tell_named(kind="honour_noticed", proposal=proposal, at=at)
    return proposal


def _end(proposal: Proposal, at: datetime, days: int) -> datetime:
    works_on = working_time_of(place_id=proposal.county_id).works_on
    last = last_day_of_notice(today=business_date(at), days=days, works_on=works_on)
    return datetime.combine(last + timedelta(days=1), time(), BUSINESS_ZONE)


def object_to(*, actor: Actor, at: datetime, nominee: Nominee, words: str) -> Objection:
    """Say why a name should not stand there; nothing is given before the office has answered.

    Raises:
        NotSignedIn, SayWhy, ProposalMovedOn, NoticeIsOver, TakenOutAlready, ObjectedAlready
    """
    account_id, _person_id = require_signed_in(actor=actor)
    require_words(words)
    with told_when(constraint=ONE_OPEN_OBJECTION, refusal=ObjectedAlready), transaction.atomic():
        proposal = locked(nominee.proposal)
        require_fit(proposal=proposal, verb="object")
        if proposal.is_over(at):
            raise NoticeIsOver
        if Nominee.objects.get(pk=nominee.pk).out_at is not None:
            raise TakenOutAlready
        pass_door(proposal=proposal, actor=actor, at=at, verb="object")
        made = Objection.objects.create(
            proposal=proposal, nominee=nominee, by_id=account_id, words=words, answer="", at=at
        )
        tell_objected(proposal=proposal, at=at)
    return made


def keep_name(
    *, actor: Actor, at: datetime, proposal: Proposal, objection: Objection, words: str
) -> Objection:
    """Find that an objection has no ground, and say why.

    Raises:
        NotYoursToGive, NotAboutYourself, SayWhy, ProposalMovedOn, AnsweredAlready
    """
    return _answer(actor, at, proposal, objection, words, Outcome.KEPT)


def take_name_out(
    *, actor: Actor, at: datetime, proposal: Proposal, objection: Objection, words: str
) -> Objection:
    """Find that an objection is right: the name is taken out, and what else is said of it is answered with it.

    Raises what `keep_name` raises.
    """
    return _answer(actor, at, proposal, objection, words, Outcome.OUT)


@transaction.atomic
def _answer(
    actor: Actor, at: datetime, proposal: Proposal, objection: Objection, words: str, outcome: Outcome
) -> Objection:
    require_giving(actor=actor, county_id=proposal.county_id)
    _require_another(actor, objection.nominee)
    require_words(words)
    pass_door(proposal=proposal, actor=actor, at=at, verb="keep" if outcome == Outcome.KEPT else "take_out")
    rows = Objection.objects.filter(proposal=proposal, outcome="")
    if not rows.filter(pk=objection.pk).exists():
        raise AnsweredAlready
    rows = (
        rows.filter(pk=objection.pk) if outcome == Outcome.KEPT else rows.filter(nominee=objection.nominee_id)
    )
    for one in rows:
        one.outcome, one.answer, one.answered_at, one.answered_by_id = outcome, words, at, actor.account_id
        one.save(update_fields=["outcome", "answer", "answered_at", "answered_by"])
        tell_objector(objection=one, proposal=proposal, at=at)
    if outcome == Outcome.OUT:
        take_out(nominees=[objection.nominee], proposal=proposal, at=at, why=OutWhy.OBJECTION)
    objection.refresh_from_db()
    return objection


def take_out(*, nominees: list[Nominee], proposal: Proposal, at: datetime, why: OutWhy) -> None:
    """Take names out of a list on notice and tell them, within the caller's transaction."""
    rows = Nominee.objects.filter(pk__in=[one.pk for one in nominees], out_at=None)
    rows.update(out_at=at, out_why=why)
    if why != OutWhy.HAS_IT:
        tell_named(kind="honour_taken_out", proposal=proposal, at=at, nominees=nominees)


def _require_another(actor: Actor, nominee: Nominee) -> None:
    if nominee.person_id is None or actor.person_id is None:
        return
    if are_one_person(person_id=nominee.person_id, other_id=actor.person_id):
        raise NotAboutYourself


@transaction.atomic
def withdraw_proposal(*, actor: Actor, at: datetime, proposal: Proposal, words: str) -> Proposal:
    """Take a list off notice and say why: nothing of it is given. Raises NotYoursToGive, SayWhy, ProposalMovedOn."""
    require_giving(actor=actor, county_id=proposal.county_id)
    require_words(words)
    open_ones = list(Objection.objects.filter(proposal=proposal, outcome=""))
    pass_door(proposal=proposal, actor=actor, at=at, verb="withdraw", words=words)
    tell_named(kind="honour_withdrawn", proposal=proposal, at=at)
    for one in open_ones:
        tell_objector(objection=one, proposal=proposal, at=at)
    return proposal
