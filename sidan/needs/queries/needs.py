"""The list of needs, and what the menu offers for each."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce

from sidan.catalogue.enums import ProjectState
from sidan.catalogue.models import Project
from sidan.core.errors import NotFound
from sidan.core.search import search_q
from sidan.needs.enums import NeedState
from sidan.needs.models import Need, NeedTrace
from sidan.needs.permissions import NoSuchNeed
from sidan.orders.models import Order, OrderMerge
from sidan.places.models import Place, PlaceLink
from sidan.places.queries import places_to_choose, within

MOST_ALIKE = 30


@dataclass(frozen=True, slots=True)
class NeedFilter:
    """What the reader chose above the list."""

    category: str = ""
    place_id: int | None = None
    state: str = ""
    text: str = ""


def needs(*, chosen: NeedFilter) -> QuerySet[Need]:
    """Return the needs in scope, each once with all its voices, and how many services the library has for it."""
    rows = Need.objects.filter(same_as=None).select_related("place", "category")
    if chosen.category:
        rows = rows.filter(category=chosen.category)
    if chosen.place_id:
        rows = rows.filter(within(field="place", root_ids=(chosen.place_id,)))
    if chosen.state:
        rows = rows.filter(state=chosen.state)
    if chosen.text:
        rows = rows.filter(search_q("search", chosen.text))
    covers = PlaceLink.objects.filter(
        descendant=OuterRef(OuterRef("place")), ancestor=OuterRef("area"), during__upper_inf=True
    )
    offers = (
        Project.unscoped.filter(
            Q(category=OuterRef("category")) | Q(category__parent=OuterRef("category")),
            Exists(covers),
            state=ProjectState.PUBLISHED,
        )
        .order_by()
        .values("state")
    )
    offered = Subquery(offers.annotate(count=Count("pk")).values("count"), output_field=IntegerField())
    return with_voices(rows).annotate(
        offers=Coalesce(offered, 0),
        trace_count=Coalesce(_traces(), 0),
        place_key=F("place__path_names"),
        kind_key=Coalesce("category_id", Value("")),
    )


def with_voices(rows: QuerySet[Need]) -> QuerySet[Need]:
    """Add to each need the voices of all that are counted with it, and how many these are."""
    likes = Need.unscoped.filter(same_as=OuterRef("pk")).order_by().values("same_as")
    added = likes.annotate(sum=Sum("voices"), count=Count("pk"))
    return rows.annotate(
        all_voices=F("voices") + Coalesce(Subquery(added.values("sum"), output_field=IntegerField()), 0),
        like_count=Coalesce(Subquery(added.values("count"), output_field=IntegerField()), 0),
    )


def _traces() -> Subquery:
    """How much came of a need and of all that are counted with it: one order once, by however many links."""
    head = OuterRef(OuterRef("pk"))
    alike = Need.unscoped.filter(Q(pk=head) | Q(same_as=head)).values("pk")
    rows = NeedTrace.objects.filter(NeedTrace.standing_q(), need__in=alike)
    told = rows.order_by().annotate(one=Value(1)).values("one")
    counted = told.annotate(count=Count(NeedTrace.leads_to(), distinct=True)).values("count")
    return Subquery(counted, output_field=IntegerField())


@dataclass(frozen=True, slots=True)
class CameOfIt:
    """What a need led to, once, by however many links: the link that counts for it."""

    trace: NeedTrace
    order: Order | None = None
    """As which it goes on, where it was merged since; None where the reader may not see it."""
    stands: bool = True
    """No more where nothing came of its order."""


def traces_of(*, need: Need) -> list[CameOfIt]:
    """Return what a need and all that are counted with it led to, in the order of telling; not what was taken back."""
    head_id = need.same_as_id or need.pk
    links = NeedTrace.objects.filter(Q(need=head_id) | Q(need__same_as=head_id), end=None).annotate(
        stands=ExpressionWrapper(NeedTrace.standing_q(), output_field=BooleanField()),
        goal=NeedTrace.leads_to(), last_order=OrderMerge.goes_on_as("order_id"),
    )  # fmt: skip
    by_goal: dict[str, Any] = {}
    for link in links.select_related("project"):
        told = by_goal.setdefault(link.goal, link)
        if link.stands and not told.stands:
            by_goal[link.goal] = link
    found = by_goal.values()
    of_links = {pk for link in found for pk in (link.order_id, link.last_order) if pk}
    orders = Order.objects.select_related("project", "category").in_bulk(of_links)
    return [
        CameOfIt(
            trace=link, order=orders.get(link.last_order) or orders.get(link.order_id), stands=link.stands
        )
        for link in found
    ]


@dataclass(frozen=True, slots=True)
class OpenNeed:
    """A need that nothing came of yet: where, of which kind (or none), by how many, and what the library has for it."""

    place_id: int
    kind: str
    voices: int
    offers: int


def open_needs(*, place_id: int) -> list[OpenNeed]:
    """Return the needs of a place and of all below it that nothing came of yet.

    Of the list in the reader's scope: merging and tracing change what is open, so no counter holds it.
    """
    rows: Any = needs(chosen=NeedFilter(place_id=place_id, state=NeedState.NOTED)).order_by()
    found = rows.values_list("place_id", "category", "all_voices", "offers")
    return [OpenNeed(place, kind or "", voices, offers) for place, kind, voices, offers in found]


def need_by_uuid(*, uuid: UUID) -> Need:
    """Find a need in scope. Raises NoSuchNeed."""
    rows = Need.objects.select_related("place", "category", "same_as", "survey", "text")
    found = with_voices(rows).filter(uuid=uuid).first()
    if found is None:
        raise NoSuchNeed
    return found


def order_of(*, need: Need) -> Order | None:
    """Return of which order's visit or talk a need was heard, where that is known and the reader may see the order."""
    return Order.objects.filter(pk=need.order_id).first() if need.order_id else None


def alike(*, need: Need, text: str = "") -> list[Need]:
    """Return needs of the same county that it could be counted with: the newest of its category, or found by words."""
    rows = Need.objects.filter(county=need.county_id, same_as=None).exclude(pk=need.pk)
    if text:
        rows = rows.filter(search_q("search", text))
    elif need.category_id:
        rows = rows.filter(category=need.category_id)
    return list(rows.select_related("place").order_by("-id")[:MOST_ALIKE])


def offered_for(*, need: Need) -> list[Project]:
    """Return the published services of the need's category that serve its place: the list beside the menu.

    Without a category nothing is known to be for it, as in the list of needs.
    """
    return linkable(need=need) if need.category_id else []


def linkable(*, need: Need) -> list[Project]:
    """Return the published services that a need can be linked to: of its category, or all, that serve its place."""
    covers = PlaceLink.objects.filter(
        descendant=need.place_id, ancestor=OuterRef("area"), during__upper_inf=True
    )
    rows: Any = Project.unscoped.filter(Exists(covers), state=ProjectState.PUBLISHED)
    if need.category_id:
        rows = rows.filter(Q(category=need.category_id) | Q(category__parent=need.category_id))
    return list(rows.select_related("team").order_by("title", "id"))


def linkable_by_uuid(*, need: Need, uuid: UUID) -> Project:
    """Return one of the services that a need can be linked to. Raises NotFound."""
    found = next((one for one in linkable(need=need) if one.uuid == uuid), None)
    if found is None:
        raise NotFound
    return found


def places_to_note(*, root_ids: Iterable[int]) -> list[Place]:
    """Return the places at or below one's office, where a need can be written down or a survey be held."""
    return list(places_to_choose(root_ids=root_ids, kinds=["center", "institute", "station"]))
