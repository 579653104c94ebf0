"""An activity of Chengbei as its ledger finds it: people came, one helped, it is over."""

import io
from datetime import datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from sidan.activities import operations as activities
from sidan.activities.models import Activity
from sidan.attendance.enums import Direction
from sidan.core.clock import business_date
from sidan.dossiers import operations, queries
from sidan.dossiers.models import News, Photo
from sidan.dossiers.operations import PublishedNews
from sidan.dossiers.permissions import PURPOSE
from sidan.files.operations import store_picture
from sidan.plans.models import PlanLine
from sidan.plans.operations import link_activity
from tests.activities.test_activities import announced, at
from tests.activities.test_door import by_code, end, fresh, helping
from tests.cast import Cast
from tests.files.conftest import picture_bytes
from tests.matrix.stage_plans import make_plan

OVER = at(11)
NEXT = OVER + timedelta(hours=1)


def held(cast: Cast) -> Activity:
    """One helped for an hour and a half, one listened, forty heads were counted; it is over."""
    activity = helping(cast)
    for who in (cast.volunteer, cast.zhou):
        by_code(who, activity, at(9))
    activities.count_heads(actor=cast.practitioner.actor, at=at(10), activity=activity, people=40)
    for who in (cast.volunteer, cast.zhou):
        by_code(who, activity, at(10, minute=30), Direction.OUT)
    end(activity)
    return fresh(activity)


def bare(cast: Cast) -> Activity:
    """It is over, and nobody wrote anything down."""
    activity = announced(cast)
    activities.advance_activity(at=at(9), activity_id=activity.pk)
    end(activity)
    return fresh(activity)


def hung(cast: Cast, activity: Activity, caption: str = "", when: datetime = NEXT) -> Photo:
    file = store_picture(
        actor=cast.practitioner.actor, at=when, upload=io.BytesIO(picture_bytes()), purpose=PURPOSE
    )
    return operations.add_photos(
        actor=cast.practitioner.actor, at=when, activity=activity, files=[file], caption=caption
    )[0]


def minuted(cast: Cast, activity: Activity, words: str = "讲了三个案例。", when: datetime = NEXT) -> None:
    operations.write_minutes(actor=cast.practitioner.actor, at=when, activity=activity, words=words)


def published(cast: Cast, activity: Activity, *photos: Photo, words: str = "四十多位老人来听课。") -> News:
    told = PublishedNews("反诈宣讲进社区", words, [photo.uuid for photo in photos])
    return operations.publish_news(actor=cast.practitioner.actor, at=NEXT, activity=activity, told=told)


def parts(activity: Activity) -> tuple[str, ...]:
    """Return what lacks."""
    return tuple(part.value for part in queries.dossier_of(activity=fresh(activity)).parts.lacking)


def upload(name: str = "a.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture_bytes(), content_type="image/jpeg")


def planned(cast: Cast, activity: Activity) -> None:
    """Let it stand for a line of the year's plan of its station."""
    plan = make_plan(cast, "published", business_date(activity.span.begins))
    line = PlanLine.objects.filter(plan=plan)[0]
    link_activity(actor=cast.practitioner.actor, at=NEXT, plan=plan, line=line, activity=activity)
