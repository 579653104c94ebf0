"""Who has a stall: the place gives it, refuses, takes it back, and marks who came."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sidan.activities.models import Activity
from sidan.core.actor import Actor
from sidan.core.errors import AtField, Conflict, require_words
from sidan.core.transactions import told_when
from sidan.fairs.enums import HELD, HolderState
from sidan.fairs.models import ONE_HOLDER, Stall, Stallholder, StallService
from sidan.fairs.notices import tell_team
from sidan.fairs.operations.door import append_step, pass_door
from sidan.fairs.operations.locking import lock_fair_to_lay_out, lock_fair_to_mark
from sidan.fairs.permissions import NoSuchStall, require_running
from sidan.people.enums import TeamState
from sidan.people.models import Team
from sidan.people.queries import person_of


class StallTaken(Conflict):
    code = "stall_taken"
    sentence = _("Somebody has this stall already. Please choose another one.")


class TeamNotOfFair(AtField):
    code = "team_not_of_fair"
    field = "team"
    sentence = _(
        "Please choose a team of this county that is at work; others are written down by their name."
    )


class NobodyNamed(AtField):
    code = "nobody_named"
    field = "organisation"
    sentence = _("Please write down who comes.")


def place_team(*, actor: Actor, at: datetime, stall: Stall, team: Team) -> Stallholder:
    """Give a stall to a team that has not asked for it.

    Raises:
        NotYourActivities, NoFair, FairOver, TeamNotOfFair, NoSuchStall, StallTaken
    """
    require_running(actor=actor, place_id=stall.place_id, county_id=stall.county_id)
    require_team_of(team=team, county_id=stall.county_id)
    with told_when(constraint=ONE_HOLDER, refusal=StallTaken), transaction.atomic():
        fair = lock_fair_to_lay_out(stall.activity_id)
        return _placed(actor, at, fair, stall, team=team, organisation="")


def place_organisation(*, actor: Actor, at: datetime, stall: Stall, organisation: str) -> Stallholder:
    """Give a stall to somebody from outside, by name.

    Raises:
        NotYourActivities, NoFair, FairOver, NobodyNamed, NoSuchStall, StallTaken
    """
    require_running(actor=actor, place_id=stall.place_id, county_id=stall.county_id)
    if not organisation.strip():
        raise NobodyNamed
    with told_when(constraint=ONE_HOLDER, refusal=StallTaken), transaction.atomic():
        fair = lock_fair_to_lay_out(stall.activity_id)
        return _placed(actor, at, fair, stall, team=None, organisation=organisation.strip())


def give_stall(*, actor: Actor, at: datetime, holder: Stallholder, stall: Stall) -> Stallholder:
    """Give a stall to a team that asks: the one it wished for or another.

    Raises:
        NotYourActivities, NoFair, FairOver, NoSuchStall, StallholderMovedOn, StallTaken
    """
    require_running(actor=actor, place_id=holder.place_id, county_id=holder.county_id)
    if stall.activity_id != holder.activity_id:
        raise NoSuchStall
    with told_when(constraint=ONE_HOLDER, refusal=StallTaken), transaction.atomic():
        fair = lock_fair_to_lay_out(holder.activity_id)
        _require_free(stall)
        holder.stall = stall
        holder.save(update_fields=["stall"])
        pass_door(holder=holder, actor=actor, at=at, verb="give")
        tell_team(kind="stall_given", holder=holder, activity=fair, at=at, but=actor.account_id)
    return holder


@transaction.atomic
def refuse_stallholder(*, actor: Actor, at: datetime, holder: Stallholder, words: str) -> Stallholder:
    """Say no to a team that asks, and why. Raises NotYourActivities, SayWhy, NoFair, FairOver, StallholderMovedOn."""
    return _told_no(actor, at, holder, words, verb="refuse", kind="stall_refused")


@transaction.atomic
def take_stall_back(*, actor: Actor, at: datetime, holder: Stallholder, words: str) -> Stallholder:
    """Free a stall that was given. Raises NotYourActivities, SayWhy, NoFair, FairOver, StallholderMovedOn."""
    return _told_no(actor, at, holder, words, verb="take_back", kind="stall_taken_back")


@transaction.atomic
def mark_came(*, actor: Actor, at: datetime, holder: Stallholder) -> Stallholder:
    """Say that it stands there. Raises NotYourActivities, NoFair, FairNotBegun, StallholderMovedOn."""
    return _marked(actor, at, holder, "come")


@transaction.atomic
def mark_absent(*, actor: Actor, at: datetime, holder: Stallholder) -> Stallholder:
    """Say that it did not come. Raises NotYourActivities, NoFair, FairNotBegun, StallholderMovedOn."""
    return _marked(actor, at, holder, "miss")


@transaction.atomic
def unmark(*, actor: Actor, at: datetime, holder: Stallholder) -> Stallholder:
    """Take a mark back that was wrong. Raises NotYourActivities, NoFair, FairNotBegun, StallholderMovedOn."""
    return _marked(actor, at, holder, "unmark")


def require_team_of(*, team: Team, county_id: int | None) -> None:
    """Refuse a team that is not at work, or of another county. Raises TeamNotOfFair."""
    if team.state != TeamState.ACTIVE or (county_id is not None and team.county_id != county_id):
        raise TeamNotOfFair


def placed(
    *, actor: Actor, at: datetime, activity: Activity, stall: Stall, team: Team | None, organisation: str
) -> Stallholder:
    """Write down who has a stall, within the caller's transaction, which holds the lock of the fair."""
    made = Stallholder.unscoped.create(
        activity=activity, place_id=activity.place_id, county_id=activity.county_id, stall=stall, team=team,
        organisation=organisation, state=HolderState.GIVEN, state_since=at, created_at=at, created_by=person_of(actor),
    )  # fmt: skip
    append_step(holder=made, actor=actor, at=at, verb="place", from_state="")
    return made


def _placed(
    actor: Actor, at: datetime, fair: Activity, stall: Stall, *, team: Team | None, organisation: str
) -> Stallholder:
    _require_free(stall)
    made = placed(actor=actor, at=at, activity=fair, stall=stall, team=team, organisation=organisation)
    tell_team(kind="stall_given", holder=made, activity=fair, at=at, but=actor.account_id)
    return made


def _require_free(stall: Stall) -> None:
    if not Stall.unscoped.filter(pk=stall.pk).exists():
        raise NoSuchStall
    if Stallholder.unscoped.filter(stall=stall, state__in=sorted(HELD)).exists():
        raise StallTaken


def _told_no(
    actor: Actor, at: datetime, holder: Stallholder, words: str, *, verb: str, kind: str
) -> Stallholder:
    require_running(actor=actor, place_id=holder.place_id, county_id=holder.county_id)
    require_words(words)
    fair = lock_fair_to_lay_out(holder.activity_id)
    pass_door(holder=holder, actor=actor, at=at, verb=verb, words=words.strip())
    drop_services(holder)
    tell_team(kind=kind, holder=holder, activity=fair, at=at, but=actor.account_id)
    return holder


def drop_services(holder: Stallholder) -> None:
    """Leave no service at a stall whose team does not stand there any more."""
    if holder.state == HolderState.RETURNED and holder.stall_id is not None:
        StallService.objects.filter(stall=holder.stall_id).delete()


def _marked(actor: Actor, at: datetime, holder: Stallholder, verb: str) -> Stallholder:
    require_running(actor=actor, place_id=holder.place_id, county_id=holder.county_id)
    lock_fair_to_mark(holder.activity_id)
    pass_door(holder=holder, actor=actor, at=at, verb=verb)
    return holder
