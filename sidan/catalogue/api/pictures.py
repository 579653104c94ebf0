"""Pictures of a project over the API. A picture is named by its public id, the same as in its address."""

from typing import BinaryIO, cast
from uuid import UUID

from django.http import HttpRequest
from ninja import File, Router, Status, UploadedFile

from sidan.catalogue import operations, permissions, queries
from sidan.catalogue.api.shared import detail_of, own_project, worker_of
from sidan.catalogue.operations.errors import NoSuchPhoto, PhotosChanged
from sidan.catalogue.permissions import PHOTO_PURPOSE
from sidan.catalogue.schemas import PhotosIn, ProjectDetailOut
from sidan.core.clock import now
from sidan.files.operations import store_picture

router = Router(tags=["catalogue"])


@router.post(
    "/projects/{uuid:project_id}/photos",
    response={201: ProjectDetailOut},
    summary="Add a picture to a project",
)
def add_photo(
    request: HttpRequest, project_id: UUID, picture: File[UploadedFile]
) -> Status[ProjectDetailOut]:
    """Hang a picture (JPEG, PNG or WebP, at most 12 MB) behind the others."""
    actor = worker_of(request)
    # Before the picture is stored: who may not hang it shall leave nothing here.
    permissions.require_edit(actor=actor, project=own_project(project_id))
    file = store_picture(actor=actor, at=now(), upload=cast("BinaryIO", picture.file), purpose=PHOTO_PURPOSE)
    operations.add_photo(actor=actor, at=now(), project_uuid=project_id, file=file)
    return Status(201, detail_of(project_id))


@router.put(
    "/projects/{uuid:project_id}/photos",
    response=ProjectDetailOut,
    summary="Put a project's pictures in order",
)
def order_photos(request: HttpRequest, project_id: UUID, payload: PhotosIn) -> ProjectDetailOut:
    """Set the order of exactly the pictures there are; the first stands on the card."""
    actor = worker_of(request)
    ids = queries.photo_ids(project_uuid=project_id)
    if not set(payload.photos) <= set(ids):
        raise PhotosChanged
    operations.order_photos(
        actor=actor, at=now(), project_uuid=project_id, photo_ids=[ids[photo] for photo in payload.photos]
    )
    return detail_of(project_id)


@router.delete(
    "/projects/{uuid:project_id}/photos/{uuid:photo_id}",
    response={204: None},
    summary="Take a picture off a project",
)
def remove_photo(request: HttpRequest, project_id: UUID, photo_id: UUID) -> Status[None]:
    """Take a picture off."""
    actor = worker_of(request)
    permissions.require_edit(actor=actor, project=own_project(project_id))
    known = queries.photo_ids(project_uuid=project_id).get(photo_id)
    if known is None:
        raise NoSuchPhoto
    operations.remove_photo(actor=actor, at=now(), project_uuid=project_id, photo_id=known)
    return Status(204, None)
