"""What the pages of the ledger have in common."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.http import HttpRequest

from sidan.activities import queries as activities
from sidan.activities.models import Activity
from sidan.activities.permissions import require_desk
from sidan.core.actor import Actor
from sidan.core.pages import staff_page as page_of
from sidan.core.requests import actor_of
from sidan.dossiers.enums import Part
from sidan.dossiers.models import Photo
from sidan.dossiers.permissions import require_keeping
from sidan.dossiers.policies import can_be_added
from sidan.dossiers.queries import Dossier
from sidan.dossiers.words import ICONS, alt_words, where_to_add, who_adds

staff_page = page_of(require_desk, public=False)


@dataclass(frozen=True, slots=True)
class PartShown:
    """A part as the page shows it."""

    part: Part
    icon: str
    is_there: bool
    hint: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class PhotoShown:
    """A photo with what is read aloud of it."""

    photo: Photo
    alt: str


def activity_of_ours(request: HttpRequest, uuid: UUID) -> tuple[Actor, Activity]:
    """Return who writes and an activity whose ledger they keep. Raises NoSuchActivity, NotYourActivities."""
    actor, found = actor_of(request), activities.activity_by_uuid(uuid=uuid)
    require_keeping(actor=actor, activity=found)
    return actor, found


def parts_shown(found: Dossier, *, is_mine: bool) -> list[PartShown]:
    """Return every part in its order; of what lacks, who adds it, and where it is oneself."""
    state, lacking = found.activity.state, set(found.parts.lacking)
    return [
        PartShown(
            part, ICONS[part], is_there=False, hint=who_adds(part, state=state),
            url=where_to_add(part, found.activity) if is_mine and can_be_added(part, state=state) else "",
        )
        if part in lacking
        else PartShown(part, ICONS[part], is_there=True)
        for part in Part
    ]  # fmt: skip


def photos_shown(photos: Iterable[Photo], *, title: str) -> list[PhotoShown]:
    """Return photos with their words for the reader of the screen."""
    return [
        PhotoShown(photo, alt_words(photo, title=title, number=number))
        for number, photo in enumerate(photos, start=1)
    ]


def month_asked(request: HttpRequest) -> date | None:
    """Return the month of the address by its first day; what cannot be understood is none."""
    try:
        return datetime.strptime(request.GET.get("month", ""), "%Y-%m").date()  # noqa: DTZ007 - a month has no zone
    except ValueError:
        return None
