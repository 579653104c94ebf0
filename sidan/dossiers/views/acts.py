"""What the keeper of a ledger does: each a POST of its own."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from sidan.activities.models import Activity
from sidan.core.actor import Actor
from sidan.core.clock import now
from sidan.core.idempotency import once_per_form
from sidan.core.pages import act, act_by_form, safe_next
from sidan.dossiers import operations, queries
from sidan.dossiers.forms import CameraForm, DescribeForm, MinutesForm, PhotosForm
from sidan.dossiers.models import Photo
from sidan.dossiers.permissions import PURPOSE
from sidan.dossiers.views.one import news_form, shown
from sidan.dossiers.views.shared import activity_of_ours, staff_page
from sidan.files.operations import store_picture


def _url(uuid: UUID) -> str:
    return reverse("dossiers:dossier", args=[uuid])


@require_POST
@staff_page
@once_per_form
def add_photos(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Hang some photos."""
    actor, found = activity_of_ours(request, uuid)
    return act_by_form(
        request, form=PhotosForm(request.POST, request.FILES), url=_url(uuid), done=_photos_words,
        write=lambda typed: _hang(actor, found, typed["pictures"], typed["caption"]),
        page=lambda refused: shown(request, uuid, name="photos_form", form=refused),
    )  # fmt: skip


@require_POST
@staff_page
@once_per_form
def take_photo(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Hang the photo that was just taken, and go back to where it was taken from."""
    actor, found = activity_of_ours(request, uuid)
    return act_by_form(
        request, form=CameraForm(request.POST, request.FILES), url=safe_next(request, _url(uuid)),
        done=_photos_words, write=lambda typed: _hang(actor, found, [typed["pictures"]], ""),
    )  # fmt: skip


def _hang(actor: Actor, found: Activity, sent: Sequence[Any], caption: str) -> list[Photo]:
    at = now()
    files = [store_picture(actor=actor, at=at, upload=each.file, purpose=PURPOSE) for each in sent]
    return operations.add_photos(actor=actor, at=at, activity=found, files=files, caption=caption)


def _photos_words(made: list[Photo]) -> str:
    return ngettext("The photo is in the ledger.", "The photos are in the ledger.", len(made))


@require_POST
@staff_page
@once_per_form
def describe_photo(request: HttpRequest, uuid: UUID, photo: UUID) -> HttpResponse:
    """Say what a photo shows."""
    actor, found = activity_of_ours(request, uuid)
    one = queries.photo_of(activity=found, uuid=photo)
    return act_by_form(
        request, form=DescribeForm(request.POST), url=_url(uuid), done=_("Kept."),
        write=lambda typed: operations.describe_photo(actor=actor, at=now(), photo=one, **typed),
    )  # fmt: skip


@require_POST
@staff_page
@once_per_form
def remove_photo(request: HttpRequest, uuid: UUID, photo: UUID) -> HttpResponse:
    """Take a photo off."""
    actor, found = activity_of_ours(request, uuid)
    one = queries.photo_of(activity=found, uuid=photo)
    return act(
        request, url=_url(uuid), done=_("Taken off. Nobody sees it any more, also not in the news."),
        write=lambda: operations.remove_photo(actor=actor, at=now(), photo=one),
    )  # fmt: skip


@require_POST
@staff_page
@once_per_form
def write_minutes(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Write the minutes, or a version that stands instead."""
    actor, found = activity_of_ours(request, uuid)
    return act_by_form(
        request, form=MinutesForm(request.POST), url=safe_next(request, _url(uuid)), done=_("The minutes are kept."),
        write=lambda typed: operations.write_minutes(actor=actor, at=now(), activity=found, **typed),
        page=lambda refused: shown(request, uuid, name="minutes_form", form=refused),
    )  # fmt: skip


@require_POST
@staff_page
@once_per_form
def publish_news(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Let everybody read what happened."""
    actor, found = activity_of_ours(request, uuid)
    form = news_form(request.POST, queries.dossier_of(activity=found))
    return act_by_form(
        request, form=form, url=_url(uuid), done=_("Published: everybody can read it now."),
        write=lambda _typed: operations.publish_news(actor=actor, at=now(), activity=found, told=form.told()),
        page=lambda refused: shown(request, uuid, name="news_form", form=refused),
    )  # fmt: skip


@require_POST
@staff_page
@once_per_form
def withdraw_news(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take away from everybody what was published."""
    actor, found = activity_of_ours(request, uuid)
    return act(
        request, url=_url(uuid), done=_("Withdrawn. You can publish it anew with other words."),
        write=lambda: operations.withdraw_news(actor=actor, at=now(), activity=found),
    )  # fmt: skip


@require_POST
@staff_page
@once_per_form
def count_again(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Keep the numbers of today beside those of the filing."""
    actor, found = activity_of_ours(request, uuid)
    return act(
        request, url=_url(uuid), done=_("Counted again; what was counted before stays known."),
        write=lambda: operations.count_again(actor=actor, at=now(), activity=found),
    )  # fmt: skip
