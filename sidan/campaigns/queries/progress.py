"""How far a campaign is: always asked of the records, never kept as a total."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    IntegerField,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)

from sidan.campaigns.enums import IN_HAND, StopState, Unit, Way
from sidan.campaigns.models import Allotment, Campaign, Site, SiteKind, Stop, StopRecord, Target
from sidan.campaigns.permissions import NoSuchSite
from sidan.campaigns.policies import Amounts, Progress
from sidan.campaigns.queries.finding import townships_of
from sidan.core.search import search_q
from sidan.places.models import Place
from sidan.places.queries import within

COUNTED: Final = Q(counter=None) & (~Q(way=Way.SPOT) | Q(photo__isnull=False) | Q(word__isnull=False))
"""A record counts that is proven and was not taken back."""
TYPED: Final = ~Q(way=Way.SPOT) & (Q(leaflets__gt=0) | Q(checks__gt=0) | Q(way=Way.ORDER, people__gt=1))
"""Something was typed beside an activity or an order, which does not say it."""
WAITS: Final = Q(counter=None, word=None) & (Q(way=Way.SPOT, photo=None) | TYPED)
"""A record, or what was typed beside its proof, waits for a second person."""
STANDINGS: Final = ("missing", "reached", "")


@dataclass(frozen=True, slots=True)
class Bar:
    """One target and how far it is."""

    target: Target
    kind: SiteKind | None
    progress: Progress
    waits: int = 0
    """How much more waits for a second person's word."""


@dataclass(frozen=True, slots=True)
class Share:
    """What one place below has done of a target: of its share, or of the sites that lie there."""

    target: Target
    kind: SiteKind | None
    progress: Progress
    is_shared: bool
    """It has a share; else what it is measured by is only what lies there."""


@dataclass(frozen=True, slots=True)
class Row:
    """A place below that of the campaign, and how far each target is there."""

    place: Place
    shares: list[Share]
    lacking: int
    """How many sites of the kinds to be reached it still lacks."""


def counted(*, campaign: Campaign) -> QuerySet[StopRecord]:
    """Return the records of a campaign that count."""
    return StopRecord.objects.filter(COUNTED, stop__campaign=campaign)


_UNSAID: Final = Q(word=None) & ~Q(way=Way.SPOT)
"""Of these records, which a proof stands for, nobody has said that what was typed beside it is right."""


def _once_said(name: str) -> Case:
    return Case(When(_UNSAID, then=Value(0)), default=F(name), output_field=IntegerField())


SAID: Final[dict[str, Case]] = {
    "people": Case(
        When(way=Way.ORDER, word=None, then=Value(1)), default=F("people"), output_field=IntegerField()
    ),
    "leaflets": _once_said("leaflets"),
    "checks": _once_said("checks"),
}
"""Of what was written down in a record, what its proof or a second person says."""
_BESIDE: Final = Case(
    When(way=Way.SPOT, then=F("people")), When(way=Way.ORDER, then=F("people") - Value(1)), default=Value(0),
    output_field=IntegerField(),
)  # fmt: skip
_SUMS: Final[dict[str, Any]] = {
    "places": Count("stop__site", distinct=True), "sessions": Count("pk"),
    **{name: Sum(words) for name, words in SAID.items()},
}  # fmt: skip
_WAITING: Final[dict[str, Any]] = {
    "places": Count("stop__site", distinct=True, filter=Q(way=Way.SPOT, is_new=True)),
    "sessions": Count("pk", filter=Q(way=Way.SPOT)), "people": Sum(_BESIDE),
    "leaflets": Sum("leaflets"), "checks": Sum("checks"),
}  # fmt: skip


def _amounts(row: Mapping[str, Any]) -> Amounts:
    return Amounts(**{name: row[name] or 0 for name in _SUMS})


def amounts_by_kind(*, campaign: Campaign) -> dict[int, Amounts]:
    """Return what was done by kind of site: one query."""
    rows = counted(campaign=campaign).order_by().values("stop__site__kind").annotate(**_SUMS)
    return {row["stop__site__kind"]: _amounts(row) for row in rows}


def waiting_by_kind(*, campaign: Campaign) -> dict[int, Amounts]:
    """Return what waits for a second person's word by kind of site: one query."""
    reached = StopRecord.objects.filter(COUNTED, stop__site=OuterRef("stop__site"))
    rows = StopRecord.objects.filter(WAITS, stop__campaign=campaign).annotate(is_new=~Exists(reached))
    counts = rows.order_by().values("stop__site__kind").annotate(**_WAITING)
    return {row["stop__site__kind"]: _amounts(row) for row in counts}


def targets_of(*, campaign: Campaign) -> list[Target]:
    """Return what a campaign means to do, in the order of its kinds, places first."""
    rows = Target.objects.filter(campaign=campaign).select_related("kind")
    order = list(Unit)
    return sorted(
        rows, key=lambda each: (order.index(Unit(each.unit)), each.kind.position if each.kind else 0, each.pk)
    )


def bars(*, campaign: Campaign) -> list[Bar]:
    """Return how far each target is, and what waits: three queries."""
    by_kind, waiting = amounts_by_kind(campaign=campaign), waiting_by_kind(campaign=campaign)
    return [
        Bar(each, each.kind, Progress(_done(each, by_kind), each.amount), _done(each, waiting))
        for each in targets_of(campaign=campaign)
    ]


def _done(target: Target, by_kind: dict[int, Amounts]) -> int:
    if target.kind_id is not None:
        return by_kind.get(target.kind_id, Amounts()).of(target.unit)
    return sum((amounts.of(target.unit) for amounts in by_kind.values()), 0)


def by_place(*, campaign: Campaign, only: frozenset[int] | None = None) -> list[Row]:
    """Return how far each place right below is, and what it lacks: five queries, however many places.

    `only` names the places whose rows the reader sees.
    """
    places = [place for place in townships_of(campaign=campaign) if only is None or place.pk in only]
    ids = [place.pk for place in places]
    targets = targets_of(campaign=campaign)
    done = _done_by_place(campaign, ids)
    lying = _lying_by_place(campaign, ids)
    shares = {
        (row.target_id, row.place_id): row.amount
        for row in Allotment.objects.filter(target__campaign=campaign)
    }
    wanted = {each.kind_id for each in targets if each.unit == Unit.PLACES}
    return [
        Row(
            place,
            [_share(each, place, done[place.pk], lying[place.pk], shares) for each in targets],
            sum(
                total - reached for kind, (total, reached) in lying[place.pk].items()
                if kind in wanted or None in wanted
            ),
        )
        for place in places
    ]  # fmt: skip


def _share(
    target: Target, place: Place, done: dict[int, Amounts], lying: dict[int, tuple[int, int]],
    shares: dict[tuple[int, int], int],
) -> Share:  # fmt: skip
    share = shares.get((target.pk, place.pk))
    amount = share or 0
    if share is None and target.unit == Unit.PLACES:
        amount = sum(total for kind, (total, _) in lying.items() if target.kind_id in (None, kind))
    return Share(target, target.kind, Progress(_done(target, done), amount), is_shared=share is not None)


_UP: Final = "stop__site__place__links_up"


def _done_by_place(campaign: Campaign, ids: list[int]) -> dict[int, dict[int, Amounts]]:
    found: dict[int, dict[int, Amounts]] = defaultdict(dict)
    rows = counted(campaign=campaign).filter(
        **{f"{_UP}__ancestor__in": ids, f"{_UP}__during__upper_inf": True}
    )
    for row in rows.order_by().values(f"{_UP}__ancestor", "stop__site__kind").annotate(**_SUMS):
        found[row[f"{_UP}__ancestor"]][row["stop__site__kind"]] = _amounts(row)
    return found


def _lying_by_place(campaign: Campaign, ids: list[int]) -> dict[int, dict[int, tuple[int, int]]]:
    found: dict[int, dict[int, tuple[int, int]]] = defaultdict(dict)
    rows = standing_sites(Site.unscoped.filter(campaign=campaign)).filter(
        place__links_up__ancestor__in=ids, place__links_up__during__upper_inf=True
    )
    kept = rows.filter(~GONE | Q(is_reached=True))
    counts = kept.order_by().values("place__links_up__ancestor", "kind").annotate(
        total=Count("pk"), reached=Count("pk", filter=Q(is_reached=True))
    )  # fmt: skip
    for row in counts:
        found[row["place__links_up__ancestor"]][row["kind"]] = (row["total"], row["reached"])
    return found


GONE: Final = Q(name="", place__state="closed")
"""A place that was closed is not missing any more."""


def standing_sites(rows: QuerySet[Site]) -> QuerySet[Any]:
    """Add whether each was reached, when last, when next, and by what a list is sorted."""
    reached = StopRecord.objects.filter(COUNTED, stop__site=OuterRef("pk"))
    to_come = Stop.unscoped.filter(
        site=OuterRef("pk"), state=StopState.PLANNED, campaign__state__in=sorted(IN_HAND)
    )
    ahead = to_come.order_by().values("site")
    last = reached.order_by().values("stop__site")
    return rows.annotate(
        is_reached=Exists(reached),
        last_day=Subquery(last.annotate(day=Max("day")).values("day")),
        next_day=Subquery(ahead.annotate(day=Min("day")).values("day")),
        name_key=Case(
            When(name="", then=F("place__short_name")), default=F("name"), output_field=CharField()
        ),
        kind_key=F("kind__position"),
        place_key=F("place__path_names"),
    )


@dataclass(frozen=True, slots=True)
class SiteFilter:
    """What the reader chose above the list of sites."""

    standing: str = "missing"
    kind_id: int | None = None
    place_id: int | None = None
    text: str = ""


def sites(*, campaign: Campaign, chosen: SiteFilter) -> QuerySet[Any]:
    """Return the sites of a campaign in scope: those that are missing, those that were reached, or all."""
    rows = standing_sites(Site.objects.filter(campaign=campaign)).select_related("kind", "place")
    if chosen.standing == "missing":
        rows = rows.filter(is_reached=False).exclude(GONE)
    elif chosen.standing == "reached":
        rows = rows.filter(is_reached=True)
    if chosen.kind_id:
        rows = rows.filter(kind=chosen.kind_id)
    if chosen.place_id:
        rows = rows.filter(within(field="place", root_ids=(chosen.place_id,)))
    if chosen.text:
        rows = rows.filter(
            search_q("search", chosen.text) | search_q("place__search", chosen.text) & Q(name="")
        )
    return rows


def site_by_uuid(*, campaign: Campaign, uuid: Any) -> Site:
    """Find a site of a campaign in scope. Raises NoSuchSite."""
    rows = standing_sites(Site.objects.filter(campaign=campaign, uuid=uuid))
    found: Site | None = rows.select_related("kind", "place", "campaign").first()
    if found is None:
        raise NoSuchSite
    return found
