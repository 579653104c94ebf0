"""The stops of a campaign: where it comes next, what happened, the list of staff."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, When

from sidan.campaigns.enums import OPEN, StopState
from sidan.campaigns.models import Campaign, Site, Stop, StopRecord
from sidan.campaigns.queries.progress import SAID, WAITS, counted
from sidan.core.search import search_q
from sidan.places.queries import within

MOST_AHEAD: Final = 100
MOST_BEHIND: Final = 50


def stops_at(*, site: Site) -> list[Stop]:
    """Return the stops of a site, the latest first."""
    return list(Stop.unscoped.filter(site=site).select_related("activity").order_by("-day", "-id"))


def _with_site(rows: QuerySet[Stop]) -> QuerySet[Stop]:
    return rows.select_related("site__place", "site__kind", "activity")


def ahead_of(*, campaign: Campaign, today: date) -> list[Stop]:
    """Return where a campaign comes next, in order: nowhere once it is over or broken off."""
    if campaign.state not in OPEN:
        return []
    rows = Stop.unscoped.filter(campaign=campaign, state=StopState.PLANNED, day__gte=today)
    return list(_with_site(rows).order_by("day", "clock", "id")[:MOST_AHEAD])


def happened(*, campaign: Campaign) -> list[StopRecord]:
    """Return what happened last: the records that count, the latest first."""
    rows = counted(campaign=campaign).select_related(
        "stop__site__place", "stop__site__kind", "stop__activity", "activity", "word"
    )
    return list(rows.order_by("-day", "-id")[:MOST_BEHIND])


@dataclass(frozen=True, slots=True)
class StopFilter:
    """What the reader chose above the list of stops."""

    state: str = ""
    kind_id: int | None = None
    place_id: int | None = None
    text: str = ""


_STANDING: Final[dict[str, tuple[str, ...]]] = {
    "": (StopState.PLANNED, StopState.WAITING),
    **{state: (state,) for state in StopState},
}


_NEEDS_WORD: Final = Exists(StopRecord.objects.filter(WAITS, stop=OuterRef("pk")))
"""A second person has something to say to it, also where it counts and only numbers beside its proof wait."""


def _behind(rows: QuerySet[Stop], chip: str) -> QuerySet[Stop]:
    """Return the stops behind a chip; what waits for a word stands among what is to be done, whatever proves it."""
    is_there = Q(state__in=_STANDING[chip])
    if StopState.WAITING in _STANDING[chip]:
        is_there |= Q(_NEEDS_WORD)
    return rows.filter(is_there)


def stops(*, campaign: Campaign, chosen: StopFilter) -> QuerySet[Stop]:
    """Return the stops of a campaign in scope by their state: what is to come or waits, unless one is named."""
    live = StopRecord.objects.filter(stop=OuterRef("pk"), counter=None)
    shown = {name: Subquery(live.annotate(shown=words).values("shown")[:1]) for name, words in SAID.items()}
    rows = _behind(Stop.objects.filter(campaign=campaign), chosen.state)
    rows = _with_site(rows).annotate(
        name_key=Case(
            When(site__name="", then=F("site__place__short_name")), default=F("site__name"),
            output_field=CharField(),
        ),
        place_key=F("site__place__path_names"),
        needs_word=_NEEDS_WORD, **shown,
    )  # fmt: skip
    if chosen.kind_id:
        rows = rows.filter(site__kind=chosen.kind_id)
    if chosen.place_id:
        rows = rows.filter(within(field="site__place", root_ids=(chosen.place_id,)))
    if chosen.text:
        words = search_q("site__search", chosen.text) | search_q("site__place__search", chosen.text)
        rows = rows.filter(words)
    return rows


def stop_counts(*, campaign: Campaign, chosen: StopFilter) -> dict[str, int]:
    """Return how many stops in scope are in each state."""
    rows = Stop.objects.filter(campaign=campaign).order_by().values("state")
    counts = rows.annotate(count=Count("id"), beside=Count("id", filter=Q(_NEEDS_WORD)))
    by_state = {row["state"]: row["count"] for row in counts}
    beside = sum(row["beside"] for row in counts if row["state"] == StopState.DONE)
    return {
        state: sum(by_state.get(each, 0) for each in states) + (beside if StopState.WAITING in states else 0)
        for state, states in _STANDING.items()
    }


def sites_in_all(*, campaign: Campaign) -> int:
    """Return how many sites a campaign has."""
    return Site.unscoped.filter(campaign=campaign).count()


def late_stops(*, campaign: Campaign, today: date) -> int:
    """Return how many planned stops in scope have passed without anybody writing down what came of them."""
    if campaign.state not in OPEN:
        return 0
    return Stop.objects.filter(campaign=campaign, state=StopState.PLANNED, day__lt=today).count()
