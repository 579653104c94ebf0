"""What the ledger tells the apps below it when it starts."""

from collections.abc import Mapping
from typing import Any, Final

from django.http import HttpRequest

from sidan.activities.enums import OVER, ActivityState
from sidan.activities.models import Activity
from sidan.audit.registry import register_verbs
from sidan.core.requests import asker_of
from sidan.core.slots import register_piece
from sidan.dossiers import finder, queries
from sidan.dossiers.forms import CameraForm, MinutesForm
from sidan.dossiers.permissions import PURPOSE, keeps, may_see_photo, photos_in_use
from sidan.dossiers.sheet import parts_words
from sidan.dossiers.words import TRAIL, who_adds
from sidan.files.permissions import register_access, register_use
from sidan.places.models import Place

ON_A_PLACE: Final = 3
HELD: Final = OVER | {ActivityState.RUNNING}


def _of_activity(request: HttpRequest, activity: Activity) -> Mapping[str, Any] | None:
    """On the page of staff, once it has begun: what lacks, and a button for each thing that only they can add."""
    if activity.state not in HELD:
        return None
    found = queries.dossier_of(activity=activity)
    told: dict[str, Any] = {
        "activity": activity, "parts_words": parts_words(found), "parts": found.parts,
        "lacking": [(part, who_adds(part, state=activity.state)) for part in found.parts.lacking],
        "photos": len(found.photos),
    }  # fmt: skip
    if keeps(actor=asker_of(request), activity=activity):
        told["camera_form"] = CameraForm(auto_id="camera_%s")
        if found.minutes is None:
            told["minutes_form"] = MinutesForm(auto_id="quick_%s")
        told["may_publish"] = activity.state in OVER and found.news is None
    return told


def _of_public(_request: HttpRequest, activity: Activity) -> Mapping[str, Any] | None:
    """On the page for everybody: the way to what happened, where it is told."""
    if activity.state not in OVER:
        return None
    return {"told": told} if (told := queries.news_of(activities=[activity]).get(activity.pk)) else None


def _of_place(_request: HttpRequest, place: Place) -> Mapping[str, Any] | None:
    """On the page of a place: what happened there last."""
    activities = queries.latest_of_place(place=place, most=ON_A_PLACE)
    told = queries.news_of(activities=activities)
    return {"rows": list(told.values()), "place": place} if told else None


def _door(_request: HttpRequest, _nothing: object) -> Mapping[str, Any]:
    """Beside the list of what comes: the way to what was."""
    return {}


def register() -> None:
    """Register everything once."""
    finder.register()
    register_verbs(TRAIL)
    register_access(PURPOSE, may_see_photo)
    register_use(photos_in_use)
    register_piece(slot="activities.over", template="dossiers/_of_activity.html", context=_of_activity)
    register_piece(slot="activities.activity", template="dossiers/_of_public.html", context=_of_public)
    register_piece(slot="activities.activities", template="dossiers/_door.html", context=_door)
    register_piece(slot="places.place", template="dossiers/_of_place.html", context=_of_place)
