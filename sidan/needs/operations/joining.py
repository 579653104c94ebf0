"""Counting needs together that say the same, and what all writes of needs share: their lock, their state, the trail."""

from datetime import datetime

from django.db import transaction
from django.db.models import BooleanField, ExpressionWrapper, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from sidan.audit.operations import record
from sidan.core.actor import Actor
from sidan.core.errors import Conflict, Invalid
from sidan.core.locks import wait_for
from sidan.core.transactions import draw_number
from sidan.needs.enums import NeedState
from sidan.needs.models import Need, NeedTrace, NeedTraceStanding
from sidan.needs.permissions import require_deciding


class MergedAlready(Conflict):
    code = "need_merged_already"
    sentence = _("This need was merged already. Please look at it again.")


class NotAlike(Invalid):
    code = "needs_not_alike"
    sentence = _("Only two needs of the same county can be merged, and not a need with itself.")


def merge_need(*, actor: Actor, at: datetime, need: Need, into: Need) -> Need:
    """Count a need with another that says the same: a link, nothing is rewritten, and it can be parted again.

    Raises:
        NotYourNeeds, NotAlike
        MergedAlready: one of the two is merged into a third.
    """
    for one in (need, into):
        require_deciding(actor=actor, place_id=one.place_id)
    if need.pk == into.pk or need.county_id != into.county_id:
        raise NotAlike
    with transaction.atomic():
        draw_number()
        wait_for_county(need)
        rows = {one.pk: one for one in Need.unscoped.filter(pk__in=[need.pk, into.pk])}
        if rows[need.pk].same_as_id is not None or rows[into.pk].same_as_id is not None:
            raise MergedAlready
        # What was merged into this one follows: a like is always one step away from what it is counted with.
        Need.unscoped.filter(same_as=need.pk).update(same_as=into.pk)
        Need.unscoped.filter(pk=need.pk).update(same_as=into.pk, merged_into=into.pk)
        into.state = settle(into.pk, at)
        leave_trail(need, actor, at, "merge", into=into.pk)
    need.same_as = into
    return need


def part_need(*, actor: Actor, at: datetime, need: Need) -> Need:
    """Undo a merging: what had been merged into this need before comes back with it.

    Raises:
        NotYourNeeds
        MergedAlready: it is not merged.
    """
    require_deciding(actor=actor, place_id=need.place_id)
    with transaction.atomic():
        draw_number()
        wait_for_county(need)
        head_id = head_of(need)
        if head_id == need.pk:
            raise MergedAlready
        brought = _brought_by(need, head_id)
        Need.unscoped.filter(pk=need.pk).update(same_as=None, merged_into=None)
        Need.unscoped.filter(pk__in=brought).update(same_as=need.pk)
        settle(head_id, at)
        need.state = settle(need.pk, at)
        leave_trail(need, actor, at, "part")
    need.same_as = None
    return need


def _brought_by(need: Need, head_id: int) -> set[int]:
    """Return what a need brought along when it was merged: all that was merged into it, or into one of these."""
    ways = dict(Need.unscoped.filter(same_as=head_id).values_list("pk", "merged_into"))
    found, newest = set[int](), {need.pk}
    while newest:
        newest = {pk for pk, into in ways.items() if into in newest}
        found |= newest
    return found


def counted_with(head_id: int) -> Q:
    return Q(need=head_id) | Q(need__same_as=head_id)


def wait_for_county(need: Need) -> None:
    """Let what joins, parts or traces needs of one county go one after the other.

    A need's row alone is no lock: who waits for it may find that it is counted with another meanwhile, and asking for
    that one's row while holding this one's is how two wait for each other.
    """
    wait_for(value=str(need.county_id or need.place_id), purpose="needs.joined")


def head_of(need: Need) -> int:
    return Need.unscoped.values_list("same_as", flat=True).get(pk=need.pk) or need.pk


def settle(head_id: int, at: datetime) -> str:
    """Something came of a need as soon as something came of one that is counted with it. Returns its state.

    Links that count otherwise than before say so by a row: of several that lead to the same, the first one counts.
    """
    told = NeedTraceStanding.objects.filter(trace=OuterRef("pk")).order_by("-pk").values("stands")[:1]
    links = NeedTrace.objects.filter(counted_with(head_id), end=None).annotate(
        stands=ExpressionWrapper(NeedTrace.standing_q(), output_field=BooleanField()),
        goal=NeedTrace.leads_to(), counted=Coalesce(Subquery(told), True),
    )  # fmt: skip
    goals, turns = set[str](), list[NeedTraceStanding]()
    for link in links.order_by("pk"):
        counts = link.stands and link.goal not in goals
        if counts:
            goals.add(link.goal)
        if counts != link.counted:
            turns.append(NeedTraceStanding(trace=link, stands=counts, at=at))
    NeedTraceStanding.objects.bulk_create(turns)
    state = NeedState.TRACED if goals else NeedState.NOTED
    Need.unscoped.filter(pk=head_id).update(state=state)
    return state


def leave_trail(need: Need, actor: Actor, at: datetime, verb: str, **facts: object) -> None:
    record(
        actor=actor, at=at, verb=f"need.{verb}", subject=("need", need.pk), place_id=need.place_id,
        county_id=need.county_id, **facts,
    )  # fmt: skip
