"""The ledger of what was held lately: photographs, minutes and news of most, and of some something lacks."""

from datetime import datetime, timedelta
from typing import Final

from django.utils import translation

from sidan.activities.enums import OVER
from sidan.activities.models import Activity
from sidan.activities.queries import text_of
from sidan.core.actor import Actor
from sidan.dossiers import operations, queries
from sidan.dossiers.models import Photo
from sidan.dossiers.operations import PublishedNews
from sidan.dossiers.permissions import PURPOSE
from sidan.dossiers.words import proposed_words
from sidan.people.enums import Role
from sidan.people.queries import actor_for_account
from sidan.web.demo.drawings import landscape
from sidan.web.demo.people import People
from sidan.web.demo.pictures import stored

LATEST: Final = 24
"""Of the latest something is kept; more would only fill the disk."""
PICTURED: Final = 12
CAPTIONS: Final = ("活动现场", "志愿者在服务", "大家在听", "合影")
MINUTES: Final = (
    "按时开始，秩序好，没有意外。有人问下次什么时候办，已答复。",
    "来的人比预计的多，椅子不够，下次多备二十把。",
    "先讲后问，问得最多的是医保报销，已请镇里下周派人来讲。",
    "音响坏了一阵，换了备用的。其余顺利。",
)


def make_dossiers(*, people: People, now: datetime) -> None:
    """Let who manages the center keep the ledger of the latest, each an hour after it ended."""
    manager = actor_for_account(people.by_role[Role.MANAGER].pk)
    if manager is None:
        raise LookupError("the manager of the demo is closed")
    rows = Activity.unscoped.filter(state__in=sorted(OVER), during__endswith__lte=now - timedelta(hours=2))
    for nth, activity in enumerate(rows.order_by("-during", "id").select_related("place", "team")[:LATEST]):
        _keep(manager, activity, nth, at=activity.span.ends + timedelta(hours=1))


def _keep(manager: Actor, activity: Activity, nth: int, *, at: datetime) -> None:
    """Leave each fourth without minutes, each third without news, and the older half without photographs."""
    photos: list[Photo] = []
    if nth < PICTURED:
        files = [
            stored(landscape(nth + more), actor=manager, at=at, purpose=PURPOSE)
            for more in range(1 + nth % 2)
        ]
        photos = operations.add_photos(
            actor=manager, at=at, activity=activity, files=files, caption=CAPTIONS[nth % len(CAPTIONS)]
        )
    if nth % 4 != 3:
        operations.write_minutes(actor=manager, at=at, activity=activity, words=MINUTES[nth % len(MINUTES)])
    if nth % 3 != 2:
        text = text_of(activity=activity)
        with translation.override("zh-hans"):
            words = proposed_words(queries.dossier_of(activity=activity), about=text.about if text else "")
        told = PublishedNews(activity.title, words, [photo.uuid for photo in photos])
        operations.publish_news(actor=manager, at=at, activity=activity, told=told)
