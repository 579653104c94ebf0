"""Photos of an activity: hung up, described, taken off."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from sidan.activities.models import Activity
from sidan.activities.operations.locking import lock_activity
from sidan.core.actor import Actor
from sidan.core.errors import Conflict
from sidan.dossiers.enums import MOST_PHOTOS
from sidan.dossiers.models import Photo
from sidan.dossiers.operations.shared import lock_held, require_plain, tell
from sidan.dossiers.permissions import NoSuchPhoto, require_keeping
from sidan.files.models import StoredFile


class TooManyPhotos(Conflict):
    code = "too_many_activity_photos"
    sentence = _("There are %(limit)s photos already. Take one off before you add another.")


@transaction.atomic
def add_photos(
    *, actor: Actor, at: datetime, activity: Activity, files: Sequence[StoredFile], caption: str = ""
) -> list[Photo]:
    """Hang pictures that were stored behind the others.

    Raises:
        NotYourActivities, NotHeldYet, TooManyPhotos, PersonalWords
    """
    require_keeping(actor=actor, activity=activity)
    require_plain(caption, field="caption")
    held = lock_held(activity)
    hanging = Photo.objects.filter(activity=held, removed_at=None).count()
    if hanging + len(files) > MOST_PHOTOS:
        raise TooManyPhotos(limit=MOST_PHOTOS)
    last = Photo.objects.filter(activity=held).aggregate(last=Max("position"))["last"]
    begin = 0 if last is None else last + 1
    made = [
        Photo.objects.create(
            activity=held, file=file, position=begin + nth, caption=caption, added_by_id=actor.account_id, added_at=at
        )
        for nth, file in enumerate(files)
    ]  # fmt: skip
    tell(actor, at, held, "photos_added", count=len(made))
    return made


@transaction.atomic
def describe_photo(*, actor: Actor, at: datetime, photo: Photo, caption: str, alt: str) -> Photo:
    """Say what is to be seen. Raises NotYourActivities, NoSuchPhoto, PersonalWords."""
    require_keeping(actor=actor, activity=photo.activity)
    require_plain(caption, field="caption")
    require_plain(alt, field="alt")
    found = _hanging(photo)
    found.caption, found.alt = caption, alt
    found.save(update_fields=["caption", "alt", "search"])
    tell(actor, at, photo.activity, "photo_described")
    return found


@transaction.atomic
def remove_photo(*, actor: Actor, at: datetime, photo: Photo) -> None:
    """Take a photo off, also out of the news that show it; its bytes go. Raises NotYourActivities, NoSuchPhoto."""
    require_keeping(actor=actor, activity=photo.activity)
    found = _hanging(photo)
    found.removed_at, found.removed_by_id = at, actor.account_id
    found.save(update_fields=["removed_at", "removed_by"])
    tell(actor, at, photo.activity, "photo_removed")


def _hanging(photo: Photo) -> Photo:
    lock_activity(photo.activity_id)
    found = Photo.objects.filter(pk=photo.pk, removed_at=None).first()
    if found is None:
        raise NoSuchPhoto
    return found
