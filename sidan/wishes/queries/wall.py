"""The public wall, my wishes, and what I adopted."""

from django.db.models import Count, Q, QuerySet

from sidan.core.actor import Actor
from sidan.core.search import search_q
from sidan.places.models import Place
from sidan.wishes.enums import SHOWN, WishState
from sidan.wishes.models import Wish


def _with_adopters(rows: QuerySet[Wish]) -> QuerySet[Wish]:
    live = Count("adoptions", filter=Q(adoptions__released_at=None))
    return rows.select_related("place", "fulfilment__photo").annotate(adopters=live)


def wall(*, near: Place | None, chip: str = "", for_whom: str = "", text: str = "") -> QuerySet[Wish]:
    """Return what stands on the wall of a place's county: waiting for adopters, or fulfilled."""
    rows = Wish.objects.filter(search_q("search", text)).exclude(sentence="")
    if for_whom:
        rows = rows.filter(for_whom=for_whom)
    if near is not None:
        rows = rows.filter(county=near.county_id) if near.county_id else rows
    if chip == "fulfilled":
        rows = rows.filter(state=WishState.FULFILLED)
    elif chip == "adopted":
        rows = rows.filter(state=WishState.ADOPTED)
    else:
        rows = rows.filter(state=WishState.ON_WALL)
    return _with_adopters(rows.filter(state__in=sorted(SHOWN)))


def my_wishes(*, actor: Actor) -> QuerySet[Wish]:
    """Return what I wished for."""
    return _with_adopters(Wish.objects.filter(wisher=actor.person_id or 0).select_related("text"))


def my_adoptions(*, actor: Actor) -> QuerySet[Wish]:
    """Return what I adopted, or the teams I lead."""
    mine = Q(adoptions__person=actor.person_id or 0, adoptions__team=None)
    mine |= Q(adoptions__team__in=actor.led_team_ids)
    found = Wish.objects.filter(mine & Q(adoptions__released_at=None)).values("pk")
    return _with_adopters(Wish.objects.filter(pk__in=found))


def open_slots(*, wish: Wish) -> int:
    """Return how many more adopters a wish takes."""
    return max(0, wish.takes - wish.adoptions.filter(released_at=None).count())
