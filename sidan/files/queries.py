"""Finding stored files."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sidan.core.actor import Actor
from sidan.files.models import StoredFile
from sidan.files.permissions import FileNotYours, check_may_see, ids_in_use, knows_uses

ORPHAN_AFTER: Final = timedelta(days=1)


def visible_file(*, actor: Actor, uuid: UUID) -> StoredFile:
    """Return a file that the actor may see.

    Raises:
        FileNotYours: there is none.
    """
    file = StoredFile.objects.filter(uuid=uuid, deleted_at=None).first()
    if file is None:
        raise FileNotYours()
    check_may_see(actor=actor, file=file)
    return file


def own_files(*, actor: Actor, uuids: Sequence[UUID], purpose: str) -> list[StoredFile]:
    """Return files that the actor uploaded for a purpose, in the order given: what a form may attach.

    Raises:
        FileNotYours: one of them is not.
    """
    rows = StoredFile.objects.filter(
        uuid__in=uuids, uploaded_by_id=actor.account_id, purpose=purpose, deleted_at=None
    )
    found = {row.uuid: row for row in rows}
    if actor.account_id is None or set(found) != set(uuids):
        raise FileNotYours()
    return [found[uuid] for uuid in uuids]


def orphans(*, at: datetime, after_id: int, limit: int) -> tuple[list[StoredFile], int]:
    """Return files that no app uses, looking at some ids after a given one, and the last id looked at (0: the end).

    Without a registered user nothing is an orphan: a missing registration must not delete pictures.
    """
    if not knows_uses():
        return [], 0
    old = StoredFile.objects.filter(at__lt=at - ORPHAN_AFTER, deleted_at=None, pk__gt=after_id)
    rows = list(old.order_by("pk")[:limit])
    ids = [row.pk for row in rows]
    used = ids_in_use(ids)
    return [row for row in rows if row.pk not in used], ids[-1] if len(ids) == limit else 0
