"""The stalls of another fair of the same series: in one press, or for each that is made from now on."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sidan.activities.enums import COMING, ActivityKind
from sidan.activities.models import Activity
from sidan.core.actor import SYSTEM, Actor
from sidan.core.errors import Conflict
from sidan.fairs.enums import HELD
from sidan.fairs.models import SeriesLayout, Stall, Stallholder, StallKind
from sidan.fairs.notices import tell_team
from sidan.fairs.operations.door import leave_trail
from sidan.fairs.operations.giving import placed
from sidan.fairs.operations.locking import lock_fair_to_lay_out
from sidan.fairs.permissions import require_running
from sidan.fairs.queries.kinds import kinds_of_county
from sidan.people.enums import TeamState
from sidan.people.queries import person_of


class StallsThere(Conflict):
    code = "stalls_there"
    sentence = _("This fair has stalls already. Please take those away first that you do not need.")


class NothingToCopy(Conflict):
    code = "no_stalls_to_copy"
    sentence = _("There is no fair of the same series with stalls to copy from.")


class NoSeries(Conflict):
    code = "fair_without_series"
    sentence = _("This fair is held once: it has no series whose stalls could be the same.")


def copy_stalls(*, actor: Actor, at: datetime, activity: Activity, source: Activity) -> int:
    """Lay a fair out as another one, with nobody at the stalls yet; return how many.

    Raises:
        NotYourActivities, NoFair, FairOver, StallsThere, NothingToCopy
    """
    _require_ours(actor, activity, source)
    with transaction.atomic():
        fair = lock_fair_to_lay_out(activity.pk)
        return len(_copied(actor, at, fair, source))


def copy_stalls_and_teams(*, actor: Actor, at: datetime, activity: Activity, source: Activity) -> int:
    """The same with whoever had them, unless the team is not at work any more; each is told.

    Raises:
        NotYourActivities, NoFair, FairOver, StallsThere, NothingToCopy
    """
    _require_ours(actor, activity, source)
    with transaction.atomic():
        fair = lock_fair_to_lay_out(activity.pk)
        made = _copied(actor, at, fair, source)
        held = Stallholder.unscoped.filter(activity=source, state__in=sorted(HELD))
        for before in held.select_related("team", "stall").order_by("stall__number"):
            assert before.stall is not None, "the database keeps it so"
            if before.team is not None and before.team.state != TeamState.ACTIVE:
                continue
            holder = placed(
                actor=actor, at=at, activity=fair, stall=made[before.stall.number], team=before.team,
                organisation=before.organisation,
            )  # fmt: skip
            tell_team(kind="stall_given", holder=holder, activity=fair, at=at, but=actor.account_id)
    return len(made)


@transaction.atomic
def lay_out_series(*, actor: Actor, at: datetime, activity: Activity) -> int:
    """Let each fair of the series begin with the stalls of this one: those ahead without stalls, and those to come.

    Returns how many ahead were laid out now.

    Raises:
        NotYourActivities, NoFair, NoSeries, NothingToCopy
    """
    require_running(actor=actor, place_id=activity.place_id, county_id=activity.county_id)
    if activity.series_id is None:
        raise NoSeries
    if not Stall.unscoped.filter(activity=activity).exists():
        raise NothingToCopy
    told = {"source": activity, "set_at": at, "set_by": person_of(actor)}
    SeriesLayout.objects.update_or_create(series_id=activity.series_id, defaults=told)
    leave_trail(activity=activity, actor=actor, at=at, verb="series_laid_out")
    ahead = Activity.unscoped.filter(
        series=activity.series_id, kind=ActivityKind.FAIR, state__in=sorted(COMING), during__startswith__gt=at
    )
    with_stalls = Stall.unscoped.filter(activity__in=ahead).values("activity")
    bare = list(ahead.exclude(pk__in=with_stalls).order_by("pk"))
    for fair in bare:
        _copied(actor, at, lock_fair_to_lay_out(fair.pk), activity)
    return len(bare)


@transaction.atomic
def end_series_layout(*, actor: Actor, at: datetime, activity: Activity) -> None:
    """Let the fairs that are made from now on begin without stalls. Raises NotYourActivities, NoSeries."""
    require_running(actor=actor, place_id=activity.place_id, county_id=activity.county_id)
    if not SeriesLayout.objects.filter(series=activity.series_id).delete()[0]:
        raise NoSeries
    leave_trail(activity=activity, actor=actor, at=at, verb="series_left_bare")


@transaction.atomic
def lay_out_new(*, at: datetime, activity_id: int) -> None:
    """Lay out what was made from a rule a moment ago, where its series says so; laid out already, nothing is done."""
    fair = Activity.unscoped.select_related("place").get(pk=activity_id)
    layout = SeriesLayout.objects.filter(series=fair.series_id).select_related("source").first()
    if layout is None or fair.kind != ActivityKind.FAIR or Stall.unscoped.filter(activity=fair).exists():
        return
    _copied(SYSTEM, at, fair, layout.source)


def _require_ours(actor: Actor, activity: Activity, source: Activity) -> None:
    require_running(actor=actor, place_id=activity.place_id, county_id=activity.county_id)
    if source.pk == activity.pk or source.place_id != activity.place_id:
        raise NothingToCopy


def _copied(actor: Actor, at: datetime, fair: Activity, source: Activity) -> Mapping[int, Stall]:
    """Copy what the stalls are, by number, within the caller's transaction."""
    if Stall.unscoped.filter(activity=fair).exists():
        raise StallsThere
    before = list(Stall.unscoped.filter(activity=source))
    if not before:
        raise NothingToCopy
    made = Stall.unscoped.bulk_create(
        Stall(
            activity=fair, place_id=fair.place_id, county_id=fair.county_id, number=one.number, spot=one.spot,
            about=one.about, about_en=one.about_en, created_at=at,
        )
        for one in before
    )  # fmt: skip
    by_number = {one.number: one for one in made}
    _copy_kinds(before, by_number, county_id=fair.county_id)
    leave_trail(activity=fair, actor=actor, at=at, verb="stalls_copied", source=source.pk)
    return by_number


def _copy_kinds(before: Sequence[Stall], made: Mapping[int, Stall], *, county_id: int | None) -> None:
    offered = kinds_of_county(county_id=county_id)
    rows = StallKind.objects.filter(stall__in=before, kind__in=offered).values_list("stall__number", "kind")
    StallKind.objects.bulk_create(StallKind(stall=made[number], kind_id=kind) for number, kind in rows)
