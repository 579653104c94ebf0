"""Proposing: the stars that hours reach, all at once, or a title with the names that the office writes down."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sidan.core.actor import Actor
from sidan.core.clock import business_date
from sidan.core.errors import AtField, Conflict
from sidan.core.transactions import told_when
from sidan.honours.enums import MOST_NAMES, HonourKind, ProposalState, Recipient
from sidan.honours.models import Nominee, Proposal, Title
from sidan.honours.operations.door import append_step, pass_door
from sidan.honours.operations.titles import TitleEnded
from sidan.honours.permissions import require_giving
from sidan.honours.queries import star_candidates
from sidan.people.enums import SERVING, TeamState
from sidan.people.models import Team, Volunteer
from sidan.people.queries import kept_rows, person_of
from sidan.places.models import Place


class NobodyReaches(Conflict):
    code = "nobody_reaches_a_star"
    sentence = _("Nobody's hours reach a star that they do not have, or that is not proposed already.")


class NotForThem(AtField):
    code = "title_not_for_them"
    field = "name"
    sentence = _(
        "This title is for others. Please choose a volunteer or a team of the county that is at work."
    )


class NamedAlready(AtField):
    code = "named_already"
    field = "name"
    sentence = _("This name stands in the list already.")


class StarsByHours(Conflict):
    code = "stars_by_hours"
    sentence = _("Stars follow from the hours: nobody is written down for them by hand.")


@transaction.atomic
def propose_stars(*, actor: Actor, at: datetime, county: Place) -> Proposal:
    """Write down everybody whose hours reach a star that they do not have.

    Raises:
        NotSignedIn, NotYoursToGive, NobodyReaches
    """
    require_giving(actor=actor, county_id=county.pk)
    # One at a time in a county: nobody is proposed for the same star twice.
    Place.objects.select_for_update(of=("self",), no_key=True).get(pk=county.pk)
    found, year = star_candidates(county=county, on=business_date(at))
    if not found:
        raise NobodyReaches
    made = _begun(actor, at, county, HonourKind.STAR, None, business_date(at).year)
    Nominee.objects.bulk_create(
        Nominee(
            proposal=made, person_id=one.person_id, place_id=one.place_id, stars=one.stars, minutes=one.minutes,
            needed=one.needed, star_year=year,
        )
        for one in found[:MOST_NAMES]
    )  # fmt: skip
    return made


@transaction.atomic
def propose_title(*, actor: Actor, at: datetime, title: Title, year: int) -> Proposal:
    """Begin the list of those who get a title of a year. Raises NotSignedIn, NotYoursToGive, TitleEnded."""
    require_giving(actor=actor, county_id=title.county_id)
    if title.ended_at is not None:
        raise TitleEnded
    return _begun(actor, at, title.county, HonourKind.TITLE, title, year)


def _begun(
    actor: Actor, at: datetime, county: Place, kind: HonourKind, title: Title | None, year: int
) -> Proposal:
    made = Proposal.unscoped.create(
        county=county, kind=kind, title=title, year=year, state=ProposalState.DRAFT, state_since=at,
        created_at=at, created_by=person_of(actor),
    )  # fmt: skip
    append_step(proposal=made, actor=actor, at=at, verb="draft", before="")
    return made


def name_volunteer(*, actor: Actor, at: datetime, proposal: Proposal, volunteer: Volunteer) -> Nominee:
    """Write a volunteer of the county down for a title.

    Raises:
        NotYoursToGive, ProposalMovedOn, StarsByHours, NotForThem, NamedAlready
    """
    is_ours = volunteer.county_id == proposal.county_id and volunteer.state in SERVING
    title = _title(actor, proposal)
    if title.recipient != Recipient.PERSON or not is_ours:
        raise NotForThem
    kept = kept_rows(person_ids=[volunteer.person_id])[volunteer.person_id]
    return _named(
        actor, at, proposal, Nominee(proposal=proposal, person_id=kept, place_id=volunteer.place_id)
    )


def name_team(*, actor: Actor, at: datetime, proposal: Proposal, team: Team) -> Nominee:
    """Write a team of the county down for a title. Raises what `name_volunteer` raises."""
    is_ours = team.county_id == proposal.county_id and team.state == TeamState.ACTIVE
    title = _title(actor, proposal)
    if title.recipient != Recipient.TEAM or not is_ours:
        raise NotForThem
    return _named(actor, at, proposal, Nominee(proposal=proposal, team=team, place_id=team.place_id))


def _title(actor: Actor, proposal: Proposal) -> Title:
    require_giving(actor=actor, county_id=proposal.county_id)
    if proposal.title is None:
        raise StarsByHours
    return proposal.title


def _named(actor: Actor, at: datetime, proposal: Proposal, nominee: Nominee) -> Nominee:
    rule = "honours_team_named_once" if nominee.team_id else "honours_person_named_once"
    with told_when(constraint=rule, refusal=NamedAlready), transaction.atomic():
        pass_door(proposal=proposal, actor=actor, at=at, verb="edit")
        nominee.save()
    return nominee


@transaction.atomic
def unname(*, actor: Actor, at: datetime, proposal: Proposal, nominee: Nominee) -> None:
    """Strike a name off a draft. Raises NotYoursToGive, ProposalMovedOn."""
    require_giving(actor=actor, county_id=proposal.county_id)
    pass_door(proposal=proposal, actor=actor, at=at, verb="edit")
    Nominee.objects.filter(pk=nominee.pk, proposal=proposal).delete()


@transaction.atomic
def drop_proposal(*, actor: Actor, at: datetime, proposal: Proposal) -> Proposal:
    """Give a draft up. Raises NotYoursToGive, ProposalMovedOn."""
    require_giving(actor=actor, county_id=proposal.county_id)
    pass_door(proposal=proposal, actor=actor, at=at, verb="drop")
    return proposal
