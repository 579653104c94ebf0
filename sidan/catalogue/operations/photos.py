"""Pictures of a project. The bytes are stored by `files`; here is which, and in what order."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from sidan.audit.operations import record
from sidan.catalogue import permissions
from sidan.catalogue.enums import ProjectState
from sidan.catalogue.models import Project, ProjectPhoto
from sidan.catalogue.operations.errors import NoSuchPhoto, NotEditableNow, PhotosChanged, TooManyPhotos
from sidan.catalogue.operations.projects import locked_project
from sidan.catalogue.policies import Step, exchanged
from sidan.core.actor import Actor
from sidan.files.models import StoredFile

MAX_PHOTOS: Final = 6


def add_photo(*, actor: Actor, at: datetime, project_uuid: UUID, file: StoredFile) -> ProjectPhoto:
    """Put a stored picture behind the ones the project has.

    Raises:
        NoSuchProject, NotYourProject, NotYourLibrary, NotEditableNow
        TooManyPhotos: there are six.
    """
    with transaction.atomic():
        project = _editable(actor, project_uuid)
        positions = list(project.photos.values_list("position", flat=True))
        if len(positions) >= MAX_PHOTOS:
            raise TooManyPhotos(limit=MAX_PHOTOS)
        photo = ProjectPhoto.objects.create(
            project=project, file=file, position=max(positions, default=-1) + 1
        )
        _record(actor, at, project, "photo_add", photo=photo.pk)
    return photo


def remove_photo(*, actor: Actor, at: datetime, project_uuid: UUID, photo_id: int) -> None:
    """Take a picture off the project; `files` clears away what nobody uses.

    Raises:
        NoSuchProject, NotYourProject, NotYourLibrary, NotEditableNow, NoSuchPhoto
    """
    with transaction.atomic():
        project = _editable(actor, project_uuid)
        removed, _by_model = project.photos.filter(pk=photo_id).delete()
        if not removed:
            raise NoSuchPhoto
        _record(actor, at, project, "photo_remove", photo=photo_id)


def order_photos(*, actor: Actor, at: datetime, project_uuid: UUID, photo_ids: Sequence[int]) -> None:
    """Put the pictures in this order; the first stands on the card.

    Raises:
        NoSuchProject, NotYourProject, NotYourLibrary, NotEditableNow
        PhotosChanged: these are not exactly the project's pictures.
    """
    with transaction.atomic():
        project = _editable(actor, project_uuid)
        photos = {photo.pk: photo for photo in project.photos.all()}
        if len(photo_ids) != len(photos) or set(photo_ids) != set(photos):
            raise PhotosChanged
        for position, photo_id in enumerate(photo_ids):
            photos[photo_id].position = position
        ProjectPhoto.objects.bulk_update(photos.values(), ["position"])
        _record(actor, at, project, "photo_order")


def move_photo(*, actor: Actor, at: datetime, project_uuid: UUID, photo_id: int, step: Step) -> None:
    """Exchange a picture with its neighbour; the first stands on the card.

    Raises:
        as `order_photos`
    """
    with transaction.atomic():
        project = _editable(actor, project_uuid)
        ids = exchanged(list(project.photos.values_list("pk", flat=True)), photo_id, step)
        order_photos(actor=actor, at=at, project_uuid=project_uuid, photo_ids=ids)


def _editable(actor: Actor, project_uuid: UUID) -> Project:
    """Pictures may also be changed on a published project, by those who could suspend it."""
    project = locked_project(project_uuid)
    permissions.require_edit(actor=actor, project=project)
    if project.state in {ProjectState.PUBLISHED, ProjectState.SUSPENDED}:
        permissions.require_review(actor=actor, project=project)
    elif project.state != ProjectState.DRAFT:
        raise NotEditableNow(state=project.state, state_words=ProjectState(project.state).label)
    return project


def _record(actor: Actor, at: datetime, project: Project, what: str, **facts: int) -> None:
    record(
        actor=actor, at=at, verb=f"project.{what}", subject=("project", project.pk),
        place_id=project.place_id, county_id=project.county_id, **facts,
    )  # fmt: skip
