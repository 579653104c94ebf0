"""Writing down the stalls of many fairs that were held before they were kept here: all at once, set by set."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sidan.activities.enums import OVER, ActivityKind
from sidan.activities.models import Activity
from sidan.audit.operations import record
from sidan.core.actor import Actor
from sidan.core.errors import Conflict
from sidan.fairs.enums import HolderState
from sidan.fairs.models import ServiceKind, Stall, StallCount, Stallholder, StallholderStep, StallKind
from sidan.fairs.operations.copying import StallsThere
from sidan.fairs.operations.locking import NoFair
from sidan.fairs.permissions import require_running
from sidan.people.models import Team
from sidan.people.permissions import require_signed_in


class FairNotOver(Conflict):
    code = "fair_not_over"
    sentence = _("Only fairs that are over are written down afterwards.")


@dataclass(frozen=True, slots=True)
class PastStall:
    """A stall of a fair that is over: who stood there, with what, and how many it served."""

    number: int
    team: Team
    kinds: Sequence[ServiceKind]
    served: int = 0
    spot: str = ""


@dataclass(frozen=True, slots=True)
class PastFair:
    """The stalls of a fair that is over."""

    activity: Activity
    stalls: Sequence[PastStall]


@transaction.atomic
def record_past_fairs(*, actor: Actor, at: datetime, fairs: Sequence[PastFair]) -> int:
    """Write the stalls of many fairs that are over, with who stood there and whom they served; return how many stalls.

    Each of them came, and its one count stands at the end of its fair. Six statements, however many fairs.

    Raises:
        NotSignedIn, NotYourActivities, NoFair, FairNotOver, StallsThere (one of them has stalls: none is written)
    """
    account_id, _person_id = require_signed_in(actor=actor)
    for place_id, county_id in {(one.activity.place_id, one.activity.county_id) for one in fairs}:
        require_running(actor=actor, place_id=place_id, county_id=county_id)
    _require_over([one.activity for one in fairs])
    rows = [(fair.activity, past) for fair in fairs for past in fair.stalls]
    stalls = Stall.unscoped.bulk_create(
        Stall(
            activity=fair, place_id=fair.place_id, county_id=fair.county_id, number=past.number, spot=past.spot,
            created_at=at,
        )
        for fair, past in rows
    )  # fmt: skip
    told = list(zip(stalls, (past for _fair, past in rows), strict=True))
    StallKind.objects.bulk_create(
        StallKind(stall=stall, kind=kind) for stall, past in told for kind in past.kinds
    )
    _record_holders(actor, at, told)
    StallCount.objects.bulk_create(
        StallCount(
            stall=stall, at=stall.activity.span.ends, served=past.served, counted_by_id=account_id, recorded_at=at
        )
        for stall, past in told
        if past.served
    )  # fmt: skip
    record(
        actor=actor,
        at=at,
        verb="fair.recorded",
        subject=("fairs", None),
        fairs=len(fairs),
        stalls=len(stalls),
    )
    return len(stalls)


def _require_over(activities: Sequence[Activity]) -> None:
    if any(one.kind != ActivityKind.FAIR for one in activities):
        raise NoFair
    if any(one.state not in OVER for one in activities):
        raise FairNotOver
    if Stall.unscoped.filter(activity__in=activities).exists():
        raise StallsThere


def _record_holders(actor: Actor, at: datetime, told: Iterable[tuple[Stall, PastStall]]) -> None:
    holders = Stallholder.unscoped.bulk_create(
        Stallholder(
            activity_id=stall.activity_id, place_id=stall.place_id, county_id=stall.county_id, stall=stall,
            team=past.team, state=HolderState.CAME, state_since=at, created_at=at, created_by_id=actor.person_id,
        )
        for stall, past in told
    )  # fmt: skip
    StallholderStep.objects.bulk_create(
        StallholderStep(
            holder=holder, turn=holder.turn, verb="record", from_state="", to_state=holder.state,
            actor_id=actor.account_id, at=at,
        )
        for holder in holders
    )  # fmt: skip
