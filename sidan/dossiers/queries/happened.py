"""What happened, as everybody reads it: activities of which news stand."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Lower

from sidan.activities.enums import OVER
from sidan.activities.models import Activity
from sidan.core.search import search_q
from sidan.dossiers.models import News, NewsText, Photo
from sidan.dossiers.permissions import NoNews
from sidan.dossiers.queries.holding import standing_news
from sidan.places.models import Place
from sidan.places.queries import within


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a visitor looks for among what happened."""

    place_id: int | None = None
    county_id: int | None = None
    kind: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """One piece of news with its photos."""

    activity: Activity
    news: News
    photos: list[Photo]
    at: datetime


def happened(*, wanted: Wanted) -> QuerySet[Activity]:
    """Return what is over and was told of, the last first."""
    news = standing_news().filter(activity=OuterRef("pk"))
    rows = Activity.objects.filter(Exists(news), state__in=sorted(OVER)).select_related("place", "team")
    rows = rows.annotate(begins_key=Lower("during"))
    if wanted.county_id:
        rows = rows.filter(county=wanted.county_id)
    if wanted.place_id and wanted.place_id != wanted.county_id:
        rows = rows.filter(within(field="place", root_ids=(wanted.place_id,)))
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.text:
        told = NewsText.objects.filter(search_q("search", wanted.text), news__withdrawn_at=None)
        rows = rows.filter(search_q("search", wanted.text) | Q(pk__in=told.values("news__activity")))
    return rows


def latest_of_place(*, place: Place, most: int) -> list[Activity]:
    """Return what happened last at a place and below it, with the news as `told`."""
    wanted = Wanted(county_id=place.county_id, place_id=place.pk)
    return list(happened(wanted=wanted).order_by(Lower("during").desc(), "-id")[:most])


def news_of(*, activities: list[Activity]) -> dict[int, Told]:
    """Return what stands to be read of some activities, with the photos it shows."""
    rows = standing_news().filter(activity__in=activities).select_related("text")
    news = {one.activity_id: one for one in rows if hasattr(one, "text")}
    photos: dict[int, list[Photo]] = {one.pk: [] for one in news.values()}
    shown = Photo.objects.filter(in_news__news__in=list(photos), removed_at=None).select_related("file")
    for photo in shown.annotate(of_news=F("in_news__news")).order_by("position", "id"):
        photos[photo.of_news].append(photo)
    return {
        one.pk: Told(one, news[one.pk], photos[news[one.pk].pk], news[one.pk].published_at)
        for one in activities if one.pk in news
    }  # fmt: skip


def told_by_uuid(*, uuid: UUID) -> Told:
    """Find what is to be read of one activity. Raises NoNews."""
    activity = happened(wanted=Wanted()).filter(uuid=uuid).first()
    found = news_of(activities=[activity]) if activity else {}
    if activity is None or activity.pk not in found:
        raise NoNews
    return found[activity.pk]
