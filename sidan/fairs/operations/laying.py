"""Laying a fair out: stalls are added, described, taken away; helpers are asked for."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sidan.activities import operations as activities
from sidan.activities.enums import PostRole
from sidan.activities.models import Activity
from sidan.catalogue.enums import ProjectState
from sidan.catalogue.models import Project
from sidan.core.actor import Actor
from sidan.core.errors import AtField, Conflict
from sidan.core.transactions import told_when
from sidan.fairs.enums import HELD, MOST_AT_ONCE, MOST_STALLS
from sidan.fairs.models import (
    ONE_NUMBER,
    ServiceKind,
    Stall,
    StallCount,
    Stallholder,
    StallKind,
    StallService,
)
from sidan.fairs.operations.door import leave_trail
from sidan.fairs.operations.locking import lock_fair_to_lay_out
from sidan.fairs.permissions import NoSuchStall, require_running
from sidan.fairs.policies import next_numbers
from sidan.fairs.queries.kinds import kinds_of_county


class NumberTaken(AtField):
    code = "stall_number_taken"
    field = "number"
    sentence = _("This fair has a stall of this number already.")


class TooManyStalls(AtField):
    code = "too_many_stalls"
    field = "count"
    sentence = _("A fair has at most %(most)s stalls; at once %(at_once)s are added.")


class KindFromElsewhere(AtField):
    code = "kind_from_elsewhere"
    field = "kinds"
    sentence = _("Please choose kinds that your county offers now.")


class ServiceFromElsewhere(AtField):
    code = "service_from_elsewhere"
    field = "services"
    sentence = _("Please choose services of the team that has the stall.")


class StallUsed(Conflict):
    code = "stall_used"
    sentence = _("A team asks for this stall, has it or had it, or somebody was counted there: it stays.")


class HelpersThere(Conflict):
    code = "stall_helpers_there"
    sentence = _("Helpers are asked for already. Their number is changed among the posts of the fair.")


@dataclass(frozen=True, slots=True)
class StallText:
    """What a stall is: its number, where it stands, what is there."""

    number: int
    spot: str = ""
    about: str = ""
    about_en: str = ""
    kinds: Sequence[ServiceKind] = ()
    services: Sequence[Project] = field(default=())


def add_stalls(
    *, actor: Actor, at: datetime, activity: Activity, count: int, spot: str = "",
    kinds: Sequence[ServiceKind] = (),
) -> list[Stall]:  # fmt: skip
    """Add some stalls, numbered on from the highest.

    Raises:
        NotYourActivities, NoFair, FairOver, TooManyStalls, KindFromElsewhere
    """
    require_running(actor=actor, place_id=activity.place_id, county_id=activity.county_id)
    with transaction.atomic():
        fair = lock_fair_to_lay_out(activity.pk)
        _require_kinds(kinds, county_id=fair.county_id)
        taken = list(Stall.unscoped.filter(activity=fair).values_list("number", flat=True))
        numbers = next_numbers(taken=taken, count=count)
        if not 1 <= count <= MOST_AT_ONCE or numbers[-1] > MOST_STALLS:
            raise TooManyStalls(most=MOST_STALLS, at_once=MOST_AT_ONCE)
        made = Stall.unscoped.bulk_create(
            Stall(
                activity=fair, place_id=fair.place_id, county_id=fair.county_id, number=number, spot=spot, created_at=at
            )
            for number in numbers
        )  # fmt: skip
        StallKind.objects.bulk_create(StallKind(stall=stall, kind=kind) for stall in made for kind in kinds)
        leave_trail(activity=fair, actor=actor, at=at, verb="stalls_added", count=count)
    return made


def change_stall(*, actor: Actor, at: datetime, stall: Stall, text: StallText) -> Stall:
    """Say what a stall is anew.

    Raises:
        NotYourActivities, NoFair, FairOver, NoSuchStall, NumberTaken, KindFromElsewhere, ServiceFromElsewhere
    """
    require_running(actor=actor, place_id=stall.place_id, county_id=stall.county_id)
    with told_when(constraint=ONE_NUMBER, refusal=NumberTaken), transaction.atomic():
        fair = lock_fair_to_lay_out(stall.activity_id)
        found = _stall_now(stall)
        chosen = set(StallKind.objects.filter(stall=found).values_list("kind", flat=True))
        _require_kinds([kind for kind in text.kinds if kind.pk not in chosen], county_id=fair.county_id)
        _require_services(found, text.services)
        found.number, found.spot, found.about, found.about_en = (
            text.number,
            text.spot,
            text.about,
            text.about_en,
        )
        found.save(update_fields=["number", "spot", "about", "about_en"])
        _put(found, text)
        leave_trail(activity=fair, actor=actor, at=at, verb="stall_changed", number=found.number)
    return found


@transaction.atomic
def remove_stall(*, actor: Actor, at: datetime, stall: Stall) -> None:
    """Take away a stall that nobody asks for, has or had. Raises NotYourActivities, NoFair, FairOver, StallUsed."""
    require_running(actor=actor, place_id=stall.place_id, county_id=stall.county_id)
    fair = lock_fair_to_lay_out(stall.activity_id)
    found = _stall_now(stall)
    is_used = (
        Stallholder.unscoped.filter(stall=found).exists() or StallCount.objects.filter(stall=found).exists()
    )
    if is_used or found.post_id is not None:
        raise StallUsed
    found.delete()
    leave_trail(activity=fair, actor=actor, at=at, verb="stall_removed", number=stall.number)


def ask_for_helpers(*, actor: Actor, at: datetime, stall: Stall, places: int) -> Stall:
    """Let volunteers sign up to help at a stall: a post of the activity, through its own door.

    Raises:
        NotYourActivities, NoFair, FairOver, HelpersThere, what `add_post` raises
    """
    require_running(actor=actor, place_id=stall.place_id, county_id=stall.county_id)
    with transaction.atomic():
        fair = lock_fair_to_lay_out(stall.activity_id)
        found = _stall_now(stall)
        if found.post_id is not None:
            raise HelpersThere
        name = gettext("Stall %(number)s") % {"number": found.number}
        plan = activities.PostPlan(
            role=PostRole.VOLUNTEER, name=name, name_en=f"Stall {found.number}", places=places
        )
        found.post = activities.add_post(actor=actor, at=at, activity=fair, plan=plan)
        found.save(update_fields=["post"])
    return found


def _stall_now(stall: Stall) -> Stall:
    found = Stall.unscoped.select_for_update(of=("self",)).filter(pk=stall.pk).first()
    if found is None:
        raise NoSuchStall
    return found


def _require_kinds(kinds: Sequence[ServiceKind], *, county_id: int | None) -> None:
    if kinds and not {kind.pk for kind in kinds} <= {
        kind.pk for kind in kinds_of_county(county_id=county_id)
    }:
        raise KindFromElsewhere


def _require_services(stall: Stall, services: Sequence[Project]) -> None:
    if not services:
        return
    holder = Stallholder.unscoped.filter(stall=stall, state__in=sorted(HELD)).first()
    if any(
        holder is None or one.team_id != holder.team_id or one.state != ProjectState.PUBLISHED
        for one in services
    ):
        raise ServiceFromElsewhere


def _put(stall: Stall, text: StallText) -> None:
    """Write which kinds and services it has: what stays is left as it is."""
    StallKind.objects.filter(stall=stall).exclude(kind__in=text.kinds).delete()
    StallService.objects.filter(stall=stall).exclude(project__in=text.services).delete()
    StallKind.objects.bulk_create(
        (StallKind(stall=stall, kind=kind) for kind in text.kinds), ignore_conflicts=True
    )
    StallService.objects.bulk_create(
        (StallService(stall=stall, project=one) for one in text.services), ignore_conflicts=True
    )
