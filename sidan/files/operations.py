"""Storing and removing pictures. Bytes first, row second: a row never points at nothing."""

from datetime import datetime
from typing import BinaryIO, Final
from uuid import UUID

from django.db import transaction

from sidan.audit.operations import record
from sidan.core.actor import SYSTEM, Actor
from sidan.core.errors import NotSignedIn
from sidan.core.ids import uuid7
from sidan.core.logs import logger
from sidan.files.models import StoredFile
from sidan.files.permissions import FileNotYours, UnknownPurpose, is_known, write_look_down
from sidan.files.pictures import CONTENT_TYPE, make_picture
from sidan.files.queries import orphans, visible_file
from sidan.files.stores import active_store

BATCH: Final = 500
log = logger("sidan.files")


def thumb_key(storage_key: str) -> str:
    """Return the key of a picture's thumbnail."""
    return f"{storage_key}.thumb"


def _new_key() -> str:
    # The end of a UUIDv7 is random: folders fill evenly, and the key tells nothing of what it is.
    name = str(uuid7())
    return f"{name[-2:]}/{name}"


def look_at_file(*, actor: Actor, at: datetime, uuid: UUID) -> StoredFile:
    """Return a file that the actor may see; where its app keeps who looked, the look is written down.

    Raises:
        FileNotYours: there is none.
    """
    file = visible_file(actor=actor, uuid=uuid)
    with transaction.atomic():
        write_look_down(actor=actor, at=at, file=file)
    return file


def store_picture(*, actor: Actor, at: datetime, upload: BinaryIO, purpose: str) -> StoredFile:
    """Store a picture that somebody sent, for a purpose that an app registered.

    The bytes are on the disk before the row is written; if the transaction around this fails, they are orphans that a
    periodic job removes.

    Raises:
        NotSignedIn: visitors store nothing.
        PictureTooLarge, NotAPicture: see `pictures`.
        StoreUnavailable: the disk is full or the store does not answer.
        UnknownPurpose: a fault of the calling code.
    """
    if not actor.is_signed_in:
        raise NotSignedIn()
    if not is_known(purpose):
        raise UnknownPurpose(purpose)
    picture = make_picture(source=upload)
    key, store = _new_key(), active_store()
    store.put(key=key, content=picture.content)
    store.put(key=thumb_key(key), content=picture.thumb)
    with transaction.atomic():
        file = StoredFile.objects.create(
            uploaded_by_id=actor.account_id,
            purpose=purpose,
            content_type=CONTENT_TYPE,
            size=len(picture.content),
            width=picture.width,
            height=picture.height,
            sha256=picture.sha256,
            storage_key=key,
            at=at,
        )
        record(
            actor=actor,
            at=at,
            verb="store_picture",
            subject=("file", file.pk),
            purpose=purpose,
            size=file.size,
        )
    return file


def remove_picture(*, actor: Actor, at: datetime, uuid: UUID) -> None:
    """Remove a picture that the actor uploaded: the row stays as a trace, the bytes go.

    Raises:
        FileNotYours: there is none, or another uploaded it.
    """
    with transaction.atomic():
        mine = StoredFile.objects.select_for_update().filter(uuid=uuid, deleted_at=None)
        file = mine.filter(uploaded_by_id=actor.account_id).first() if actor.is_signed_in else None
        if file is None:
            raise FileNotYours()
        _forget(file, actor=actor, at=at)


def _forget(file: StoredFile, *, actor: Actor, at: datetime) -> None:
    file.deleted_at = at
    file.save(update_fields=["deleted_at"])
    record(actor=actor, at=at, verb="remove_picture", subject=("file", file.pk), purpose=file.purpose)
    # Only after the commit: a rolled-back removal must find its bytes again.
    transaction.on_commit(lambda: _remove_bytes(file.storage_key))


def _remove_bytes(key: str) -> None:
    store = active_store()
    store.remove(key=key)
    store.remove(key=thumb_key(key))


def remove_orphans(*, at: datetime) -> int:
    """Remove pictures that were uploaded more than a day ago and are used by no app; returns how many."""
    removed, last_id = 0, 0
    while True:
        found, last_id = orphans(at=at, after_id=last_id, limit=BATCH)
        for file in found:
            with transaction.atomic():
                _forget(file, actor=SYSTEM, at=at)
        removed += len(found)
        if not last_id:
            break
    log.info("orphans removed", pictures=removed)
    return removed


def remove_stray_bytes(*, at: datetime) -> int:
    """Remove bytes in the store that no row knows: what a failed transaction left behind; returns how many.

    A key holds the moment it was made (UUIDv7), so what is being stored just now is left alone.
    """
    removed = 0
    keys: list[str] = []
    for key in active_store().walk():
        keys.append(key)
        if len(keys) == BATCH:
            removed += _remove_unknown(keys, at=at)
            keys = []
    return removed + _remove_unknown(keys, at=at)


def _age_seconds(key: str, *, at: datetime) -> float:
    milliseconds = UUID(key.partition("/")[2].removesuffix(".thumb")).int >> 80
    return at.timestamp() - milliseconds / 1000


def _remove_unknown(keys: list[str], *, at: datetime) -> int:
    names = {key.removesuffix(".thumb") for key in keys}
    known = set(
        StoredFile.objects.filter(storage_key__in=names, deleted_at=None).values_list(
            "storage_key", flat=True
        )
    )
    strays = [
        key
        for key in keys
        if key.removesuffix(".thumb") not in known and _age_seconds(key, at=at) > 24 * 3600
    ]
    for key in strays:
        active_store().remove(key=key)
    return len(strays)
