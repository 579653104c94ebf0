"""What the leader of a team does: asks for a stall, withdraws, gives back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sidan.activities.models import Activity
from sidan.core.actor import Actor
from sidan.core.errors import Conflict
from sidan.core.transactions import told_when
from sidan.fairs.enums import HELD, HolderState
from sidan.fairs.models import ONE_OPEN_ASK, Stall, Stallholder
from sidan.fairs.notices import tell_place
from sidan.fairs.operations.door import append_step, pass_door
from sidan.fairs.operations.giving import StallTaken, drop_services, require_team_of
from sidan.fairs.operations.locking import lock_fair_to_ask
from sidan.fairs.permissions import NoSuchStall, require_leading
from sidan.people.models import Team
from sidan.people.queries import person_of


class AskedAlready(Conflict):
    code = "stall_asked_already"
    sentence = _("Your team asks for a stall of this fair already. You will be told as soon as it is given.")


def ask_for_stall(
    *, actor: Actor, at: datetime, activity: Activity, team: Team, offers: str, stall: Stall | None = None
) -> Stallholder:
    """Ask for a stall, any or a certain one that nobody has. Who has one may ask for another.

    Raises:
        NotYourTeam, TeamNotOfFair, NoFair, FairBegun, NoSuchStall, StallTaken, AskedAlready
    """
    require_leading(actor=actor, team_id=team.pk)
    require_team_of(team=team, county_id=activity.county_id)
    with told_when(constraint=ONE_OPEN_ASK, refusal=AskedAlready), transaction.atomic():
        fair = lock_fair_to_ask(activity.pk)
        if stall is not None:
            _require_wishable(stall, fair)
        made = Stallholder.unscoped.create(
            activity=fair, place_id=fair.place_id, county_id=fair.county_id, stall=stall, team=team,
            offers=offers.strip(), state=HolderState.ASKED, state_since=at, created_at=at,
            created_by=person_of(actor),
        )  # fmt: skip
        append_step(holder=made, actor=actor, at=at, verb="ask", from_state="")
        tell_place(kind="stall_asked", holder=made, activity=fair, at=at)
    return made


@transaction.atomic
def withdraw_ask(*, actor: Actor, at: datetime, holder: Stallholder) -> Stallholder:
    """Not ask any more. Raises NotYourTeam, NoFair, FairBegun, StallholderMovedOn."""
    require_leading(actor=actor, team_id=holder.team_id or 0)
    lock_fair_to_ask(holder.activity_id)
    pass_door(holder=holder, actor=actor, at=at, verb="withdraw")
    return holder


@transaction.atomic
def give_stall_back(*, actor: Actor, at: datetime, holder: Stallholder, words: str = "") -> Stallholder:
    """Give a stall back before the fair begins: another team can have it.

    Raises:
        NotYourTeam, NoFair, FairBegun, StallholderMovedOn
    """
    require_leading(actor=actor, team_id=holder.team_id or 0)
    fair = lock_fair_to_ask(holder.activity_id)
    pass_door(holder=holder, actor=actor, at=at, verb="give_back", words=words.strip())
    drop_services(holder)
    tell_place(kind="stall_given_back", holder=holder, activity=fair, at=at)
    return holder


def _require_wishable(stall: Stall, fair: Activity) -> None:
    if not Stall.unscoped.filter(pk=stall.pk, activity=fair).exists():
        raise NoSuchStall
    if Stallholder.unscoped.filter(stall=stall, state__in=sorted(HELD)).exists():
        raise StallTaken
