"""The ledger of one activity: what is there, what lacks, and what its keeper adds."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sidan.activities import queries as activities
from sidan.activities.enums import OVER, ActivityState
from sidan.core.actor import Actor
from sidan.core.errors import NotFound
from sidan.core.pages import keep_typed
from sidan.core.requests import actor_of
from sidan.dossiers import queries
from sidan.dossiers.enums import MOST_PHOTOS
from sidan.dossiers.forms import DescribeForm, MinutesForm, NewsForm, PhotosForm
from sidan.dossiers.permissions import keeps
from sidan.dossiers.queries import Dossier
from sidan.dossiers.sheet import parts_words, plan_words
from sidan.dossiers.views.shared import parts_shown, photos_shown, staff_page
from sidan.dossiers.words import proposed_words
from sidan.orders.policies import veiled

HELD = OVER | {ActivityState.RUNNING}


@require_safe
@staff_page
def dossier(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One activity's ledger."""
    return shown(request, uuid)


def shown(
    request: HttpRequest, uuid: UUID, *, name: str = "", form: forms.Form | None = None
) -> HttpResponse:
    """Show the ledger as it is; a refused form stands under its `name`. Raises NoSuchActivity."""
    actor, activity = actor_of(request), activities.activity_by_uuid(uuid=uuid)
    if activity.state not in HELD:
        raise NotFound
    found = queries.dossier_of(activity=activity)
    is_mine = keeps(actor=actor, activity=activity)
    photos = photos_shown(found.photos, title=activity.shown_title)
    context: dict[str, Any] = {
        "activity": activity,
        "found": found,
        "parts": parts_shown(found, is_mine=is_mine),
        "parts_words": parts_words(found),
        "plan": plan_words(found),
        "text": activities.text_of(activity=activity),
        "is_mine": is_mine,
        "is_over": activity.state in OVER,
        "photos": photos if is_mine else [],
        "minutes": found.words if is_mine else veiled(found.words),
        "versions": queries.minutes_versions(activity=activity)[1:] if is_mine else [],
        "news": found.news,
    }
    if is_mine:
        context |= _forms(actor, found, photos)
    if isinstance(form, MinutesForm):
        form.after(_version(found))
    keep_typed(context, name=name, form=form)
    return render(request, "dossiers/dossier.html", context)


def _forms(_actor: Actor, found: Dossier, photos: list[Any]) -> dict[str, Any]:
    """Return what can be added now."""
    told: dict[str, Any] = {
        "minutes_form": MinutesForm(
            auto_id="minutes_%s", initial={"words": found.words, "seen": _version(found)}
        ),
        "describe_forms": [
            (
                one,
                DescribeForm(
                    auto_id=f"photo{nth}_%s", initial={"caption": one.photo.caption, "alt": one.photo.alt}
                ),
            )
            for nth, one in enumerate(photos)
        ],
    }
    if len(found.photos) < MOST_PHOTOS:
        told["photos_form"] = PhotosForm(auto_id="photos_%s")
    if found.activity.state in OVER and found.news is None:
        told["news_form"] = news_form(None, found)
    return told


def _version(found: Dossier) -> int:
    return found.minutes.version if found.minutes else 0


def news_form(posted: Any, found: Dossier) -> NewsForm:
    """Return the form of news, filled in with what is known."""
    activity = found.activity
    text = activities.text_of(activity=activity)
    title = activity.shown_title
    choices = [(one.photo.uuid, one.alt) for one in photos_shown(found.photos, title=title)]
    initial = {
        "title": title[:60], "words": proposed_words(found, about=text.shown_about if text else ""),
        "photos": [str(uuid) for uuid, _words in choices],
    }  # fmt: skip
    return NewsForm(posted, auto_id="news_%s", initial=initial, photos=choices)
