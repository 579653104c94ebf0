"""Who was with a class: in the room as marked there, from afar as pupils say, and viewers as somebody counted them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Aggregate, Count, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from sidan.activities.models import Gathering
from sidan.attendance.enums import Direction
from sidan.attendance.models import Mark
from sidan.attendance.queries import HOLDS, STANDS
from sidan.schools.enums import Way
from sidan.schools.models import OnlineMark, Session, ViewerCount

COUNTS: Final = Q(instead=None, words__is_right=True)
"""A number of viewers counts that a second person called right and that no other one stands instead of."""


@dataclass(frozen=True, slots=True)
class Attended:
    """A class of a school and how many were with it; the three are never added up."""

    session: Session
    room: int
    online: int
    viewers: int
    waiting: int
    """So many numbers of viewers wait for a second person."""


def came_to(*, activity_id: int, person_ids: Collection[int]) -> bool:
    """Tell whether somebody was marked in the room of an activity, by any of their rows."""
    causes = Gathering.objects.filter(activity=activity_id).values_list("helpers", "guests")
    ids = [cause for pair in causes for cause in pair]
    return Mark.objects.filter(STANDS, cause__in=ids, person__in=person_ids, direction=Direction.IN).exists()


def attended(*, sessions: Sequence[Session]) -> list[Attended]:
    """Return how many were with each of some classes: four queries."""
    ids = [one.pk for one in sessions]
    room = _in_room({one.activity_id for one in sessions if one.way == Way.ROOM})
    marks, counts = OnlineMark.objects.filter(session__in=ids), ViewerCount.objects.filter(session__in=ids)
    online = _by_session(marks, Count("pk"))
    viewers = _by_session(counts.filter(COUNTS), Sum("people"))
    waiting = _by_session(counts.filter(instead=None, words=None), Count("pk"))
    return [
        Attended(
            one, room.get(one.activity_id, 0) if one.way == Way.ROOM else 0, online.get(one.pk, 0),
            viewers.get(one.pk, 0), waiting.get(one.pk, 0),
        )
        for one in sessions
    ]  # fmt: skip


def _by_session(rows: QuerySet[Any], number: Aggregate) -> dict[int, int]:
    return dict(rows.order_by().values_list("session").annotate(number=number))


def _in_room(activity_ids: Collection[int]) -> dict[int, int]:
    """Count the people who came, each once, be it to help or as a guest; whom one only wrote down, once confirmed."""
    causes = Q(cause=OuterRef("helpers")) | Q(cause=OuterRef("guests"))
    came = Mark.objects.filter(HOLDS, causes, direction=Direction.IN).order_by().values(one=Value(1))
    people = Subquery(came.annotate(people=Count("person", distinct=True)).values("people"))
    rows = Gathering.objects.filter(activity__in=activity_ids)
    return dict(rows.values_list("activity_id", Coalesce(people, 0)))


def viewers_of(*, session: Session) -> list[ViewerCount]:
    """Return the numbers of viewers of a class by day, what was corrected among them, with who said what."""
    rows = ViewerCount.objects.filter(session=session).select_related("by__person")
    return list(rows.prefetch_related("words__by__person", "instead"))
