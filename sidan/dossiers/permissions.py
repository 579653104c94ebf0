"""Who reads a ledger, who adds to it, and who sees its pictures."""

from collections.abc import Iterable, Sequence
from typing import Final

from sidan.activities.models import Activity
from sidan.activities.permissions import NotYourActivities, may_run
from sidan.core.actor import Actor
from sidan.core.errors import NotFound
from sidan.dossiers.models import NewsPhoto, Photo
from sidan.files.models import StoredFile

PURPOSE: Final = "activity_photo"


class NoSuchPhoto(NotFound):
    code = "no_such_photo"


class NoNews(NotFound):
    """Nothing was published of it, or it was withdrawn, or there is no such activity: the same answer for all."""

    code = "no_news"


def keeps(*, actor: Actor, activity: Activity) -> bool:
    """Tell whether the actor adds to the ledger of an activity: who runs the activities of its place."""
    return may_run(actor=actor, place_id=activity.place_id, county_id=activity.county_id)


def require_keeping(*, actor: Actor, activity: Activity) -> None:
    """Let pass who adds to the ledger. Raises NotYourActivities."""
    if not keeps(actor=actor, activity=activity):
        raise NotYourActivities


def may_see_photo(actor: Actor, file: StoredFile) -> bool:
    """Everybody sees what standing news show; the rest only who runs the activity: there are people on pictures."""
    photo = Photo.objects.select_related("activity").filter(file=file, removed_at=None).first()
    if photo is None:
        return False
    if NewsPhoto.objects.filter(photo=photo, news__withdrawn_at=None).exists():
        return True
    return keeps(actor=actor, activity=photo.activity)


def photos_in_use(ids: Sequence[int]) -> Iterable[int]:
    """Return which files hang in a ledger: what was taken off is removed with the orphans."""
    return Photo.objects.filter(file__in=ids, removed_at=None).values_list("file_id", flat=True)
