"""What stands on the stage of the ledger of activities."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from sidan.activities.models import Activity
from sidan.activities.operations import file_activity
from sidan.core.clock import now
from sidan.dossiers import operations
from sidan.dossiers.models import Photo, Tally
from sidan.dossiers.operations import PublishedNews
from sidan.dossiers.permissions import PURPOSE
from sidan.files.operations import store_picture
from tests.cast import Cast
from tests.matrix.stage_activities import make_activity


def build_dossiers(cast: Cast, things: dict[str, Any], upload: SimpleUploadedFile) -> None:
    """One that is over with a photo, one of which news stand, and one filed with other numbers than today's."""
    actor, over = cast.practitioner.actor, make_activity(cast, "ended", "办完的活动")
    photo = hang(cast, over, upload)
    told = tell(cast, "报道过的活动")
    filed = make_activity(cast, "ended", "归了档的活动")
    file_activity(actor=actor, at=now(), activity=filed)
    Tally.objects.create(activity=filed, version=2, at=now(), signed_up=9, guests=9, helpers=0, minutes=0)
    things |= {
        "activity_over": over.uuid, "activity_photo": photo.uuid, "activity_picture": photo.file.uuid,
        "activity_told": told.uuid, "activity_filed": filed.uuid,
    }  # fmt: skip


def hang(cast: Cast, activity: Activity, upload: SimpleUploadedFile) -> Photo:
    actor = cast.practitioner.actor
    file = store_picture(actor=actor, at=now(), upload=upload.file, purpose=PURPOSE)
    return operations.add_photos(actor=actor, at=now(), activity=activity, files=[file], caption="开场")[0]


def tell(cast: Cast, title: str) -> Activity:
    """Hold something, write its minutes and publish what happened."""
    actor, made = cast.practitioner.actor, make_activity(cast, "ended", title)
    operations.write_minutes(actor=actor, at=now(), activity=made, words="来了三十多人。")
    operations.publish_news(actor=actor, at=now(), activity=made, told=PublishedNews(title, "热热闹闹。"))
    return made
