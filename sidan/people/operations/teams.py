"""Teams: founding, renaming, leading, pausing, dissolving."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext_lazy as _

from sidan.audit.operations import record
from sidan.core.actor import Actor
from sidan.core.clock import business_date
from sidan.core.errors import Conflict, Invalid, NotFound
from sidan.core.events import publish
from sidan.core.pinyin import sort_key
from sidan.core.search import name_terms, search_terms
from sidan.people.enums import TeamLevel, TeamState
from sidan.people.events import TeamMoved
from sidan.people.models import Person, Team, TeamCategory, TeamMember
from sidan.people.operations.persons import find_place
from sidan.people.permissions import require_managing, require_running_team
from sidan.people.states import TEAM


class TeamNameTaken(Conflict):
    code = "team_name_taken"
    sentence = _("There is a team called “%(name)s” at this place already.")


class TeamMovedOn(Conflict):
    code = "team_moved_on"
    sentence = _("This does not fit any more: the team is now “%(state_words)s”.")


class TeamDissolved(Conflict):
    code = "team_dissolved"
    sentence = _("This team is dissolved. Nothing about it can be changed.")


class TeamTakesNoOrders(Conflict):
    code = "team_takes_no_orders"
    sentence = _("%(team)s rests or is dissolved, and takes no orders now.")


class UnknownTeamKind(Invalid):
    code = "unknown_team_kind"
    sentence = _("There is no such kind or level of team.")


class TeamInCircle(Invalid):
    code = "team_in_circle"
    sentence = _("A team cannot stand under itself or under a team below it.")


class HasTeamsBelow(Conflict):
    code = "team_has_teams_below"
    sentence = _("%(count)s teams stand under this one. Move or dissolve them first.")


@transaction.atomic
def create_team(
    *,
    actor: Actor,
    at: datetime,
    name: str,
    place_id: int,
    category_code: str,
    level: str = TeamLevel.SQUAD,
    parent_uuid: UUID | None = None,
    about: str = "",
    name_en: str = "",
) -> Team:
    """Found a team at a place.

    Raises:
        NotYourPeople, TeamNameTaken, UnknownTeamKind, TeamDissolved (the one above), NotFound (place or the one above).
    """
    require_managing(actor=actor, place_id=place_id)
    place = find_place(place_id=place_id)
    _check_kind(category_code=category_code, level=level)
    team = Team(place=place, county_id=place.county_id, category_id=category_code, level=level, about=about)
    team.parent = locked_team(uuid=parent_uuid) if parent_uuid else None
    team.founded_on = business_date(at)
    _name(team, name=name, name_en=name_en)
    _save(team, force_insert=True)
    _tell(actor, at, team, "founded")
    return team


@transaction.atomic
def edit_team(
    *,
    actor: Actor,
    at: datetime,
    uuid: UUID,
    name: str,
    category_code: str,
    level: str,
    parent_uuid: UUID | None = None,
    about: str = "",
    name_en: str = "",
) -> Team:
    """Change a team's name, kind, level, words, and the team it stands under.

    Raises:
        NotYourPeople, TeamNameTaken, UnknownTeamKind, TeamInCircle, TeamDissolved, NotFound.
    """
    team = locked_team(uuid=uuid)
    require_managing(actor=actor, place_id=team.place_id)
    _check_kind(category_code=category_code, level=level)
    team.parent = locked_team(uuid=parent_uuid) if parent_uuid else None
    _check_no_circle(team)
    team.category_id, team.level, team.about = category_code, level, about
    _name(team, name=name, name_en=name_en)
    _save(team, update_fields=["name", "name_en", "pinyin", "search", "category", "level", "parent", "about"])
    record(
        actor=actor, at=at, verb="team.edited", subject=("team", team.pk), place_id=team.place_id,
        county_id=team.county_id,
    )  # fmt: skip
    return team


@transaction.atomic
def rename_team(*, actor: Actor, at: datetime, uuid: UUID, name: str, name_en: str = "") -> Team:
    """Give a team another name.

    Raises:
        NotYourTeamToRun, TeamNameTaken, TeamDissolved, NotFound.
    """
    team = locked_team(uuid=uuid)
    require_running_team(actor=actor, team=team)
    _name(team, name=name, name_en=name_en)
    _save(team, update_fields=["name", "name_en", "pinyin", "search"])
    record(
        actor=actor, at=at, verb="team.renamed", subject=("team", team.pk), place_id=team.place_id,
        county_id=team.county_id,
    )  # fmt: skip
    return team


@transaction.atomic
def set_leader(*, actor: Actor, at: datetime, uuid: UUID, person_uuid: UUID) -> Team:
    """Name who speaks for a team; whoever is not yet a member becomes one.

    Raises:
        NotYourPeople, TeamDissolved, NotFound.
    """
    team = locked_team(uuid=uuid)
    require_managing(actor=actor, place_id=team.place_id)
    person = person_in_sight(uuid=person_uuid)
    before, team.leader = team.leader_id, person
    team.save(update_fields=["leader"])
    TeamMember.objects.get_or_create(
        team=team, person=person, left_on=None, defaults={"joined_on": business_date(at)}
    )
    record(
        actor=actor, at=at, verb="team.leader_set", subject=("team", team.pk), place_id=team.place_id,
        county_id=team.county_id, before=before, after=person.pk,
    )  # fmt: skip
    return team


def pause_team(*, actor: Actor, at: datetime, uuid: UUID) -> Team:
    """Let a team rest: it is offered no orders.

    Raises:
        NotYourPeople, TeamMovedOn, TeamDissolved, NotFound.
    """
    return _step(actor=actor, at=at, uuid=uuid, verb="pause")


def resume_team(*, actor: Actor, at: datetime, uuid: UUID) -> Team:
    """Let a resting team take orders again.

    Raises:
        NotYourPeople, TeamMovedOn, TeamDissolved, NotFound.
    """
    return _step(actor=actor, at=at, uuid=uuid, verb="resume")


@transaction.atomic
def dissolve_team(*, actor: Actor, at: datetime, uuid: UUID) -> Team:
    """End a team and its memberships; what it did stays.

    Raises:
        NotYourPeople, HasTeamsBelow, TeamMovedOn, TeamDissolved, NotFound.
    """
    team = locked_team(uuid=uuid)
    require_managing(actor=actor, place_id=team.place_id)
    below = Team.objects.filter(parent=team).exclude(state=TeamState.DISSOLVED).count()
    if below:
        raise HasTeamsBelow(count=below)
    TeamMember.objects.filter(team=team, left_on=None).update(left_on=business_date(at))
    return _step(actor=actor, at=at, uuid=uuid, verb="dissolve")


@transaction.atomic
def _step(*, actor: Actor, at: datetime, uuid: UUID, verb: str) -> Team:
    team = locked_team(uuid=uuid)
    require_managing(actor=actor, place_id=team.place_id)
    if team.state not in TEAM[verb].sources:
        raise TeamMovedOn(state_words=TeamState(team.state).label)
    team.state = TEAM[verb].target
    team.save(update_fields=["state"])
    _tell(actor, at, team, verb)
    return team


def locked_team(*, uuid: UUID) -> Team:
    """Return a team that is not dissolved, locked until the transaction ends.

    Raises:
        NotFound, TeamDissolved.
    """
    # Nobody who only writes of a team waits for this, but who is about to give it something does (`hold_team`).
    team = Team.objects.select_for_update(no_key=True).filter(uuid=uuid).first()
    if team is None:
        raise NotFound
    if team.state == TeamState.DISSOLVED:
        raise TeamDissolved
    return team


def hold_team(*, team_id: int) -> TeamState:
    """Return a team's state, which nobody changes until the transaction ends; several may hold it at the same time.

    Whoever gives a team something to do holds it first, before the row of what is given: so does who dissolves it.

    Raises:
        NotFound.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT state FROM people_team WHERE id = %s FOR SHARE", [team_id])
        row = cursor.fetchone()
    if row is None:
        raise NotFound
    return TeamState(row[0])


def hold_active_team(*, team: Team) -> None:
    """Hold a team that takes on something new. Raises TeamTakesNoOrders where it rests or is dissolved."""
    if hold_team(team_id=team.pk) != TeamState.ACTIVE:
        raise TeamTakesNoOrders(team=team.shown_name)


def person_in_sight(*, uuid: UUID) -> Person:
    """Return a person whom the present scope may see.

    Raises:
        NotFound: not there, or another county's: both look the same.
    """
    person = Person.objects.filter(uuid=uuid, canonical=None).first()
    if person is None:
        raise NotFound
    return person


def _check_kind(*, category_code: str, level: str) -> None:
    if level not in TeamLevel.values or not TeamCategory.objects.filter(code=category_code).exists():
        raise UnknownTeamKind


def _check_no_circle(team: Team) -> None:
    above: Team | None = team.parent
    while above is not None:
        if above.pk == team.pk:
            raise TeamInCircle
        above = above.parent


def _name(team: Team, *, name: str, name_en: str) -> None:
    team.name, team.name_en, team.pinyin = name, name_en, sort_key(name)
    team.search = sorted({*name_terms(name), *search_terms(name_en)})


def _save(team: Team, **how: Any) -> None:
    try:
        with transaction.atomic():
            team.save(**how)
    except IntegrityError:
        raise TeamNameTaken(name=team.name) from None


def _tell(actor: Actor, at: datetime, team: Team, verb: str) -> None:
    record(
        actor=actor, at=at, verb=f"team.{verb}", subject=("team", team.pk), place_id=team.place_id,
        county_id=team.county_id,
    )  # fmt: skip
    publish(TeamMoved(team_id=team.pk, verb=verb, to_state=team.state, at=at))
