"""What the ledger of some activities holds: read from where it stands, for many at a time."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, Max, OuterRef, QuerySet, Subquery, Sum

from sidan.activities.enums import STANDING, TOLD, ActivityState
from sidan.activities.models import Activity, Enrolment, Gathering, HeadCount
from sidan.attendance.enums import Direction
from sidan.attendance.models import Mark
from sidan.attendance.queries import HOLDS
from sidan.dossiers.models import Minutes, News, Photo, Tally
from sidan.dossiers.permissions import NoSuchPhoto
from sidan.dossiers.policies import Completeness, Held, completeness_of
from sidan.hours.models import Entry
from sidan.plans.models import PlanHeld, PlanLine


@dataclass(frozen=True, slots=True)
class Numbers:
    """How many signed up, came and helped, how many heads were counted, and what was served."""

    signed_up: int = 0
    guests: int = 0
    helpers: int = 0
    heads: int | None = None
    minutes: int = 0

    @property
    def came(self) -> int:
        return self.guests + self.helpers

    @property
    def hours(self) -> float:
        return round(self.minutes / 60, 1)


@dataclass(frozen=True)
class Dossier:
    """What there is of one activity."""

    activity: Activity
    live: Numbers
    """As it is counted now."""
    filed: Tally | None = None
    """As it was counted for the file, where it is filed."""
    lines: tuple[PlanLine, ...] = ()
    """Of the plans for which it stands."""
    photos: tuple[Photo, ...] = ()
    minutes: Minutes | None = None
    news: News | None = None

    @property
    def numbers(self) -> Numbers:
        """The numbers of the file, or of now where it is not filed yet."""
        kept = self.filed
        if kept is None:
            return self.live
        return Numbers(kept.signed_up, kept.guests, kept.helpers, kept.heads, kept.minutes)

    @property
    def has_changed(self) -> bool:
        """Tell whether it would be counted otherwise today than for the file."""
        return self.filed is not None and self.numbers != self.live

    @cached_property
    def parts(self) -> Completeness:
        numbers = self.numbers
        return completeness_of(
            Held(
                is_planned=bool(self.lines) or self.activity.series_id is not None,
                is_told=self.activity.state in TOLD, listed=numbers.signed_up + numbers.came, came=numbers.came,
                heads=numbers.heads, photos=len(self.photos), has_minutes=self.minutes is not None,
                has_news=self.news is not None,
            )
        )  # fmt: skip

    @property
    def words(self) -> str:
        """The minutes as they stand; nothing where there are none or where they were erased."""
        return str(self.minutes.text.words) if self.minutes and hasattr(self.minutes, "text") else ""


def dossier_of(*, activity: Activity) -> Dossier:
    """Return what there is of an activity."""
    return dossiers_of(activities=[activity])[activity.pk]


def dossiers_of(*, activities: Sequence[Activity]) -> dict[int, Dossier]:
    """Return what there is of some activities, by their ids; the number of queries does not grow with them."""
    ids = [activity.pk for activity in activities]
    numbers, photos, lines = _numbers(ids), defaultdict[int, list[Photo]](list), _lines(ids)
    for photo in photos_of(activity_ids=ids):
        photos[photo.activity_id].append(photo)
    filed = {tally.activity_id: tally for tally in Tally.objects.filter(activity__in=ids)}
    minutes = {one.activity_id: one for one in _standing_minutes(ids)}
    news = {one.activity_id: one for one in standing_news().filter(activity__in=ids).select_related("text")}
    return {
        one.pk: Dossier(
            one, numbers[one.pk], filed.get(one.pk) if one.state == ActivityState.FILED else None,
            tuple(lines[one.pk]), tuple(photos[one.pk]), minutes.get(one.pk), news.get(one.pk),
        )
        for one in activities
    }  # fmt: skip


def photos_of(*, activity_ids: Sequence[int]) -> QuerySet[Photo]:
    """Return the photos that hang, in their order."""
    rows = Photo.objects.filter(activity__in=activity_ids, removed_at=None).select_related("file")
    return rows.order_by("activity", "position", "id")


def photo_of(*, activity: Activity, uuid: UUID) -> Photo:
    """Find a photo that hangs. Raises NoSuchPhoto."""
    found = Photo.objects.filter(activity=activity, uuid=uuid, removed_at=None).first()
    if found is None:
        raise NoSuchPhoto
    return found


def standing_news() -> QuerySet[News]:
    """Return the news that can be read now."""
    return News.objects.filter(withdrawn_at=None)


def minutes_versions(*, activity: Activity) -> list[Minutes]:
    """Return every version of the minutes with who wrote it, the last one first."""
    rows = Minutes.objects.filter(activity=activity).select_related("text", "written_by__person")
    return list(rows.order_by("-version"))


def _standing_minutes(ids: Sequence[int]) -> Iterable[Minutes]:
    later = Minutes.objects.filter(activity=OuterRef("activity"), version__gt=OuterRef("version"))
    return Minutes.objects.filter(~Exists(later), activity__in=ids).select_related(
        "text", "written_by__person"
    )


def _lines(ids: Sequence[int]) -> dict[int, list[PlanLine]]:
    found = defaultdict[int, list[PlanLine]](list)
    for held in PlanHeld.objects.filter(activity__in=ids).select_related("line__plan"):
        found[held.activity_id].append(held.line)
    return found


def _numbers(ids: Sequence[int]) -> dict[int, Numbers]:
    """Count who signed up and came, heads and minutes, of each of some activities.

    As `attendance_of` does for one; but who was only written down counts once a second person has confirmed it.
    """
    gathered = {one.pk: one for one in Gathering.objects.filter(activity__in=ids)}
    helpers = _came([one.helpers_id for one in gathered.values()])
    guests = _guests([one.guests_id for one in gathered.values()])
    served = _minutes([one.helpers_id for one in gathered.values()])
    signed = _by(
        Enrolment.unscoped.filter(activity__in=ids, state__in=sorted(STANDING)), "activity", Count("id")
    )
    heads = _by(HeadCount.objects.filter(activity__in=ids, replaced_by=None), "activity", Max("people"))
    found: dict[int, Numbers] = {}
    for pk in ids:
        one = gathered.get(pk)
        found[pk] = Numbers(
            signed_up=signed.get(pk, 0), heads=heads.get(pk),
            guests=guests.get(one.guests_id, 0) if one else 0, helpers=helpers.get(one.helpers_id, 0) if one else 0,
            minutes=served.get(one.helpers_id, 0) if one else 0,
        )  # fmt: skip
    return found


def _by(rows: QuerySet[Any], key: str, what: Any) -> dict[int, int]:
    return dict(rows.order_by().values(key).annotate(told=what).values_list(key, "told"))


def _comings(causes: Sequence[int]) -> QuerySet[Mark]:
    return Mark.objects.filter(HOLDS, cause__in=causes, direction=Direction.IN)


def _came(causes: Sequence[int]) -> dict[int, int]:
    return _by(_comings(causes), "cause", Count("person", distinct=True))


def _guests(causes: Sequence[int]) -> dict[int, int]:
    """Count guests; whoever came as one and was then asked to help is counted as helping."""
    beside = Gathering.objects.filter(guests=OuterRef("cause")).values("helpers")[:1]
    helped = Mark.objects.filter(
        HOLDS, cause=OuterRef("helping"), person=OuterRef("person"), direction=Direction.IN
    )
    rows = _comings(causes).annotate(helping=Subquery(beside)).filter(~Exists(helped))
    return _by(rows, "cause", Count("person", distinct=True))


def _minutes(causes: Sequence[int]) -> dict[int, int]:
    return _by(Entry.unscoped.filter(occasion__cause__in=causes), "occasion__cause", Sum("minutes"))
