"""News of an activity that is over: published for everybody, and withdrawn."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sidan.activities.enums import OVER
from sidan.activities.models import Activity
from sidan.activities.operations.locking import lock_activity
from sidan.core.actor import Actor
from sidan.core.errors import Conflict, require_words
from sidan.dossiers.models import News, NewsPhoto, NewsText, Photo
from sidan.dossiers.operations.shared import require_plain, tell
from sidan.dossiers.permissions import NoSuchPhoto, require_keeping


class NotOverYet(Conflict):
    code = "activity_not_over_yet"
    sentence = _("This activity is not over yet. What happened is told afterwards.")


class NewsStand(Conflict):
    code = "news_stand"
    sentence = _("News of this activity are published already. Withdraw them before you publish others.")


class NoNewsStand(Conflict):
    code = "no_news_stand"
    sentence = _("There are no news to withdraw.")


@dataclass(frozen=True, slots=True)
class PublishedNews:
    """What everybody is to read and see."""

    title: str
    words: str
    photos: Collection[UUID] = field(default_factory=tuple)


@transaction.atomic
def publish_news(*, actor: Actor, at: datetime, activity: Activity, told: PublishedNews) -> News:
    """Let everybody read what happened, with the chosen photos.

    Raises:
        NotYourActivities, NotOverYet, NewsStand, NoSuchPhoto, SayWhy (no words), PersonalWords
    """
    require_keeping(actor=actor, activity=activity)
    require_words(told.title)
    require_words(told.words)
    require_plain(told.title, field="title")
    require_plain(told.words, field="words")
    held = lock_activity(activity.pk)
    if held.state not in OVER:
        raise NotOverYet
    last = News.objects.filter(activity=held).order_by("-version").first()
    if last and last.withdrawn_at is None:
        raise NewsStand
    photos = list(Photo.objects.filter(activity=held, removed_at=None, uuid__in=set(told.photos)))
    if len(photos) != len(set(told.photos)):
        raise NoSuchPhoto
    made = News.objects.create(
        activity=held,
        version=last.version + 1 if last else 1,
        published_by_id=actor.account_id,
        published_at=at,
    )
    NewsText.objects.create(news=made, title=told.title, words=told.words)
    NewsPhoto.objects.bulk_create(NewsPhoto(news=made, photo=photo) for photo in photos)
    tell(actor, at, held, "news_published", version=made.version, photos=len(photos))
    return made


@transaction.atomic
def withdraw_news(*, actor: Actor, at: datetime, activity: Activity) -> News:
    """Take what was published away from everybody; what it said stays in the ledger.

    Raises:
        NotYourActivities, NoNewsStand
    """
    require_keeping(actor=actor, activity=activity)
    held = lock_activity(activity.pk)
    found = News.objects.filter(activity=held, withdrawn_at=None).first()
    if found is None:
        raise NoNewsStand
    found.withdrawn_at, found.withdrawn_by_id = at, actor.account_id
    found.save(update_fields=["withdrawn_at", "withdrawn_by"])
    tell(actor, at, held, "news_withdrawn", version=found.version)
    return found
