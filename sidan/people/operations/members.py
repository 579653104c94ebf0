"""Who belongs to a team, from one day to another."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from sidan.audit.operations import record
from sidan.core.actor import Actor
from sidan.core.clock import business_date
from sidan.core.errors import Conflict, NotFound
from sidan.people.enums import VolunteerState
from sidan.people.models import Person, Team, TeamMember, Volunteer
from sidan.people.operations.teams import locked_team, person_in_sight
from sidan.people.permissions import require_running_team


class MemberAlready(Conflict):
    code = "member_already"
    sentence = _("%(name)s belongs to this team already.")


class NotAMember(NotFound):
    code = "not_a_member"
    sentence = _("This person does not belong to the team (any more).")


class LeaderStays(Conflict):
    code = "leader_stays"
    sentence = _("%(name)s leads this team. Name another leader first.")


class NotAnActiveVolunteer(Conflict):
    """Real-name registration comes before service (Volunteer Service Regulations, art. 7)."""

    code = "not_an_active_volunteer"
    sentence = _("%(name)s is not registered as an active volunteer yet. Register or approve them first.")


class UnknownVolunteerNumber(NotFound):
    code = "unknown_volunteer_number"
    sentence = _("No volunteer of this county has this number. Please compare it with their card.")


@transaction.atomic
def add_member(*, actor: Actor, at: datetime, uuid: UUID, person_uuid: UUID) -> TeamMember:
    """Take a volunteer into a team.

    Raises:
        NotYourTeamToRun, MemberAlready, NotAnActiveVolunteer, TeamDissolved, NotFound.
    """
    team = locked_team(uuid=uuid)
    require_running_team(actor=actor, team=team)
    return _add(actor=actor, at=at, team=team, person=person_in_sight(uuid=person_uuid))


def _add(*, actor: Actor, at: datetime, team: Team, person: Person) -> TeamMember:
    if not Volunteer.unscoped.filter(person=person, state=VolunteerState.ACTIVE).exists():
        raise NotAnActiveVolunteer(name=person.name)
    try:
        with transaction.atomic():
            member = TeamMember.objects.create(team=team, person=person, joined_on=business_date(at))
    except IntegrityError:
        raise MemberAlready(name=person.name) from None
    record(
        actor=actor, at=at, verb="team.member_added", subject=("team", team.pk), place_id=team.place_id,
        county_id=team.county_id, person=person.pk,
    )  # fmt: skip
    return member


@transaction.atomic
def add_member_by_number(*, actor: Actor, at: datetime, uuid: UUID, number: str) -> TeamMember:
    """Take in a volunteer who told the leader their number: leaders do not see the roll of their county.

    Raises:
        NotYourTeamToRun, UnknownVolunteerNumber, MemberAlready, NotAnActiveVolunteer, TeamDissolved, NotFound.
    """
    team = locked_team(uuid=uuid)
    require_running_team(actor=actor, team=team)
    wanted = Volunteer.unscoped.filter(number=number.strip().upper(), county=team.county_id)
    volunteer = wanted.select_related("person").first()
    if volunteer is None:
        raise UnknownVolunteerNumber
    return _add(actor=actor, at=at, team=team, person=volunteer.person)


@transaction.atomic
def remove_member(*, actor: Actor, at: datetime, uuid: UUID, person_uuid: UUID) -> TeamMember:
    """End a membership; that it was stays on record.

    Raises:
        NotYourTeamToRun, NotAMember, LeaderStays, TeamDissolved, NotFound.
    """
    team = locked_team(uuid=uuid)
    members = TeamMember.objects.select_for_update(of=("self",)).select_related("person")
    member = members.filter(team=team, person__uuid=person_uuid, left_on=None).first()
    if member is None:
        raise NotAMember
    if member.person_id != actor.person_id:
        require_running_team(actor=actor, team=team)
    if team.leader_id == member.person_id:
        raise LeaderStays(name=member.person.name)
    member.left_on = max(business_date(at), member.joined_on)
    member.save(update_fields=["left_on"])
    record(
        actor=actor, at=at, verb="team.member_removed", subject=("team", team.pk), place_id=team.place_id,
        county_id=team.county_id, person=member.person_id,
    )  # fmt: skip
    return member
