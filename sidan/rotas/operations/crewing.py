"""Who takes turns in a rota: groups, and the people in them."""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sidan.audit.operations import record
from sidan.core.actor import Actor
from sidan.core.errors import Conflict, Invalid
from sidan.core.transactions import told_when
from sidan.people.enums import VolunteerState
from sidan.people.models import Person, TeamMember, Volunteer
from sidan.rotas import queries
from sidan.rotas.models import Group, Member, Rota
from sidan.rotas.notices import tell_whose
from sidan.rotas.operations.parting import clear_person, lose_member
from sidan.rotas.permissions import require_running
from sidan.rotas.policies import starting_turns


class GroupNameTaken(Conflict):
    code = "group_name_taken"
    sentence = _("There is a group called “%(name)s” in this rota already.")


class InRotaAlready(Conflict):
    code = "in_rota_already"
    sentence = _("%(name)s takes turns in this rota already.")


class NoActiveVolunteer(Invalid):
    code = "no_active_volunteer"
    sentence = _("%(name)s is not registered as a volunteer, or does not serve at present.")


def hold_serving(person_ids: Iterable[int]) -> frozenset[int]:
    """Return who of some people serves at present, and hold them so until the caller's transaction ends.

    Held before any rota or watch, as by who pauses or leaves: so nobody is put on a shift at the moment they pause.
    """
    rows = Volunteer.unscoped.select_for_update(no_key=True, of=("self",)).filter(
        person__in=list(person_ids), state=VolunteerState.ACTIVE
    )
    return frozenset(rows.order_by("pk").values_list("person_id", flat=True))


def require_serving(*, person_id: int, name: str, besides: Iterable[int] = ()) -> None:
    """Hold that somebody is registered and serves at present, and others with them. Raises NoActiveVolunteer."""
    if person_id not in hold_serving([person_id, *besides]):
        raise NoActiveVolunteer(name=name)


def add_group(*, actor: Actor, at: datetime, rota: Rota, name: str) -> Group:
    """Begin a group; where groups take turns it is counted like the one that had the fewest.

    Raises:
        NotYourRotas, GroupNameTaken
    """
    require_running(actor=actor, thing=rota)
    with _told_when_named_twice(name), transaction.atomic():
        _hold(rota)
        counted = queries.crew_of(rota=rota).group_turns.values()
        group = Group.objects.create(rota=rota, name=name, head_start=starting_turns(counted))
        _record(actor, at, rota, "group")
    return group


def add_member(*, actor: Actor, at: datetime, group: Group, person: Person) -> Member:
    """Let somebody take turns, counted like who had the fewest of them; from what is planned next on.

    Raises:
        NotYourRotas, NoActiveVolunteer, InRotaAlready
    """
    rota = group.rota
    require_running(actor=actor, thing=rota)
    with _told_when_inside(person.name), transaction.atomic():
        require_serving(person_id=person.pk, name=person.name)
        _hold(rota)
        member = _add(rota, group, person.pk, at)
        _record(actor, at, rota, "join", person=person.pk)
    return member


def add_team(*, actor: Actor, at: datetime, group: Group) -> int:
    """Let everybody of the rota's team take turns who serves and does not yet; return how many that are.

    Raises:
        NotYourRotas
    """
    rota = group.rota
    require_running(actor=actor, thing=rota)
    with transaction.atomic():
        members = TeamMember.objects.filter(team=rota.team_id or 0, left_on=None).order_by("id")
        people = list(members.values_list("person_id", flat=True))
        serving = hold_serving(people)
        _hold(rota)
        inside = set(Member.objects.filter(rota=rota, left_at=None).values_list("person_id", flat=True))
        joining = [one for one in people if one in serving - inside]
        for person_id in joining:
            _add(rota, group, person_id, at)
            _record(actor, at, rota, "join", person=person_id)
    return len(joining)


@transaction.atomic
def remove_member(*, actor: Actor, at: datetime, member: Member) -> Member:
    """Let somebody take turns no longer; what they had ahead are gaps now, and they are told. Twice is the same.

    Raises:
        NotYourRotas
    """
    rota = member.rota
    require_running(actor=actor, thing=rota)
    _hold(rota)
    member = Member.objects.get(pk=member.pk)
    if member.left_at is not None:
        return member
    lose_member(rota=rota, person_id=member.person_id, actor=actor, at=at)
    for duty in clear_person(rota=rota, person_id=member.person_id, actor=actor, at=at):
        tell_whose(kind="duty_taken_off", duty=duty, at=at, but=actor.account_id)
    member.left_at = at
    return member


def _add(rota: Rota, group: Group, person_id: int, at: datetime) -> Member:
    crew = queries.crew_of(rota=rota)
    fewest = starting_turns(crew.turns.get(one, 0) for people in crew.groups.values() for one in people)
    # Who comes back keeps the turns they had.
    head_start = max(0, fewest - crew.turns.get(person_id, 0))
    return Member.objects.create(rota=rota, group=group, person_id=person_id, since=at, head_start=head_start)


def _hold(rota: Rota) -> None:
    Rota.unscoped.select_for_update(of=("self",)).get(pk=rota.pk)


def _told_when_named_twice(name: str) -> AbstractContextManager[None]:
    return told_when(constraint="rotas_one_group_of_a_name", refusal=lambda: GroupNameTaken(name=name))


def _told_when_inside(name: str) -> AbstractContextManager[None]:
    return told_when(constraint="rotas_a_person_is_in_one_group", refusal=lambda: InRotaAlready(name=name))


def _record(actor: Actor, at: datetime, rota: Rota, verb: str, **facts: int) -> None:
    record(
        actor=actor, at=at, verb=f"rota.{verb}", subject=("rota", rota.pk), place_id=rota.place_id,
        county_id=rota.county_id, **facts,
    )  # fmt: skip
