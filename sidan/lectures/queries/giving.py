"""Where talks were given, how many heard them, and what a month passes on."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Lower

from sidan.activities.enums import OVER, TOLD
from sidan.activities.models import Activity, Gathering, HeadCount
from sidan.attendance.enums import Direction
from sidan.attendance.models import Mark
from sidan.attendance.queries import STANDS
from sidan.core.actor import Actor
from sidan.core.errors import NotFound
from sidan.lectures.models import Given, PassedOn, Received, Talk
from sidan.lectures.permissions import WRITING_ROLES
from sidan.places.models import Place
from sidan.places.queries import ids_within, open_places

MOST_SHOWN: Final = 50


@dataclass(frozen=True, slots=True)
class Heard:
    """A lecture at which a talk was given, and how many were there."""

    activity: Activity
    marked: int
    heads: int | None


@dataclass(frozen=True, slots=True)
class PlaceTold:
    """A place to which a talk was passed on: whether it has read it, and how often it has given it in that month."""

    place: Place
    has_read: bool
    times: int


def given_at(*, activity: Activity) -> list[Given]:
    """Return the talks of an activity with who gives them."""
    return list(
        Given.objects.filter(activity=activity).select_related("talk", "lecturer__person", "activity")
    )


def given_by_uuid(*, activity: Activity, uuid: UUID) -> Given:
    """Find a talk of an activity. Raises NotFound."""
    found = Given.objects.filter(activity=activity, uuid=uuid).select_related("talk", "activity").first()
    if found is None:
        raise NotFound
    return found


def coming_with(*, talk: Talk) -> list[Activity]:
    """Return what is announced and not over at which a talk is given, the next first."""
    ids = Given.objects.filter(talk=talk).values("activity")
    rows = Activity.objects.filter(pk__in=ids, state__in=sorted(TOLD - OVER)).exclude(state="cancelled")
    return list(rows.select_related("place").order_by(Lower("during"), "id")[:MOST_SHOWN])


def heard(*, talk: Talk) -> list[Heard]:
    """Return the last lectures at which a talk was given, with how many came and were counted: three queries."""
    ids = Given.objects.filter(talk=talk).values("activity")
    rows = Activity.objects.filter(pk__in=ids, state__in=sorted(OVER)).select_related("place")
    held = list(rows.order_by(Lower("during").desc(), "-id")[:MOST_SHOWN])
    marked, heads = _marked(held), _heads(held)
    return [Heard(one, marked.get(one.pk, 0), heads.get(one.pk)) for one in held]


def _marked(held: Collection[Activity]) -> dict[int, int]:
    """Count the people who came: who came as a guest and then helped is one person."""
    causes = Q(cause=OuterRef("helpers")) | Q(cause=OuterRef("guests"))
    came = Mark.objects.filter(STANDS, causes, direction=Direction.IN).order_by().values(one=Value(1))
    count = Subquery(came.annotate(people=Count("person", distinct=True)).values("people"))
    return dict(Gathering.objects.filter(activity__in=held).values_list("activity_id", Coalesce(count, 0)))


def _heads(held: Collection[Activity]) -> dict[int, int]:
    """Return the most heads that somebody counted at a time."""
    counts = HeadCount.objects.filter(activity__in=held, replaced_by=None).order_by().values("activity")
    return dict(counts.annotate(most=Max("people")).values_list("activity", "most"))


def passed_on() -> QuerySet[PassedOn]:
    """Return what is passed on by or to one's office, with what a row shows."""
    rows = PassedOn.objects.select_related("place", "talk")
    return rows.annotate(title_key=F("talk__title"), place_key=F("place__path_names"))


def passed_on_of(*, talk: Talk) -> list[PassedOn]:
    """Return for which months a talk is passed on, as far as one's office knows of it."""
    return list(passed_on().filter(talk=talk).order_by("-month", "id")[:MOST_SHOWN])


def passed_by_uuid(*, uuid: UUID) -> PassedOn:
    """Find what is passed on, within the scope. Raises NotFound."""
    found = passed_on().filter(uuid=uuid).first()
    if found is None:
        raise NotFound
    return found


def places_told(*, passed: PassedOn) -> list[PlaceTold]:
    """Return every open place below, in official order: who has read it, who has given it in that month."""
    below = ids_within(root_ids=[passed.place_id])
    places = open_places().filter(pk__in=below).exclude(pk=passed.place_id).order_by("sort_code", "id")
    read = set(Received.objects.filter(passed_on=passed).values_list("place_id", flat=True))
    times = _times_in_month(passed.talk_id, passed.month)
    return [PlaceTold(place, place.pk in read, times.get(place.pk, 0)) for place in places]


def _times_in_month(talk_id: int, month: date) -> dict[int, int]:
    rows = Given.objects.filter(
        talk=talk_id, activity__state__in=sorted(OVER), activity__during__startswith__year=month.year,
        activity__during__startswith__month=month.month,
    ).values_list("activity__place_id", flat=True)  # fmt: skip
    counted: dict[int, int] = {}
    for place_id in rows:
        counted[place_id] = counted.get(place_id, 0) + 1
    return counted


def own_places(*, actor: Actor, passed: PassedOn) -> list[Place]:
    """Return the very places of one's office to which something was passed on and which have not read it yet."""
    mine: Collection[int] = actor.places_kept(frozenset(WRITING_ROLES))
    below = ids_within(root_ids=[passed.place_id])
    read = Received.objects.filter(passed_on=passed).values("place")
    rows = (
        open_places()
        .filter(pk__in=below)
        .filter(pk__in=mine)
        .exclude(pk=passed.place_id)
        .exclude(pk__in=read)
    )
    return list(rows.order_by("sort_code", "id"))
