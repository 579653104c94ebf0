"""Storing, seeing and removing pictures."""

import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.db import transaction
from django.test import RequestFactory

from sidan.core.actor import NOBODY, Actor
from sidan.core.errors import NotSignedIn
from sidan.core.ids import uuid7
from sidan.files import operations
from sidan.files.models import StoredFile
from sidan.files.permissions import FileNotYours, UnknownPurpose, check_may_see
from sidan.files.queries import own_files, visible_file
from sidan.files.stores import FolderStore, StoreUnavailable, active_store
from sidan.files.views import picture, thumb
from tests.files.conftest import AT, picture_bytes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folder")]


def store(actor: Actor, purpose: str = "test_photo") -> StoredFile:
    return operations.store_picture(actor=actor, at=AT, upload=io.BytesIO(picture_bytes()), purpose=purpose)


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.usefixtures("friend")
def test_a_picture_is_stored_with_its_row(uploader: Actor, folder: Path) -> None:
    file = store(uploader)
    assert active_store().get(key=file.storage_key)[:2] == b"\xff\xd8"
    assert file.size == len(active_store().get(key=file.storage_key))
    assert len(files_in(folder)) == 2
    assert (file.width, file.height, file.content_type) == (60, 40, "image/jpeg")


def test_who_may_see_it(uploader: Actor, friend: Actor, stranger: Actor) -> None:
    file = store(uploader)
    assert visible_file(actor=uploader, uuid=file.uuid) == file
    assert visible_file(actor=friend, uuid=file.uuid) == file
    for actor in (stranger, NOBODY):
        with pytest.raises(FileNotYours):
            visible_file(actor=actor, uuid=file.uuid)


def test_who_uploaded_it_sees_it_until_something_uses_it(
    uploader: Actor, friend: Actor, used_ids: set[int]
) -> None:
    file = store(uploader)
    assert visible_file(actor=uploader, uuid=file.uuid) == file
    used_ids.add(file.pk)
    assert visible_file(actor=friend, uuid=file.uuid) == file
    with pytest.raises(FileNotYours):
        visible_file(actor=uploader, uuid=file.uuid)


@pytest.mark.usefixtures("friend")
def test_a_visitor_and_an_unknown_purpose_store_nothing(uploader: Actor, folder: Path) -> None:
    with pytest.raises(NotSignedIn):
        store(NOBODY)
    with pytest.raises(UnknownPurpose):
        store(uploader, purpose="nobody_knows")
    assert files_in(folder) == []


@pytest.mark.usefixtures("friend")
def test_a_purpose_whose_app_is_gone_is_refused_even_to_its_uploader(uploader: Actor) -> None:
    file = store(uploader)
    file.purpose = "gone"
    with pytest.raises(FileNotYours):
        check_may_see(actor=uploader, file=file)


@pytest.mark.usefixtures("friend")
def test_only_own_pictures_may_be_attached(uploader: Actor, stranger: Actor) -> None:
    first, second = store(uploader), store(uploader)
    asked = [second.uuid, first.uuid]
    assert own_files(actor=uploader, uuids=asked, purpose="test_photo") == [second, first]
    for actor, uuids, purpose in (
        (stranger, asked, "test_photo"), (uploader, [uuid7()], "test_photo"), (uploader, asked, "other"),
        (NOBODY, [], "test_photo"),
    ):  # fmt: skip
        with pytest.raises(FileNotYours):
            own_files(actor=actor, uuids=uuids, purpose=purpose)


@pytest.mark.usefixtures("friend")
def test_removing_takes_the_bytes_after_the_commit(
    uploader: Actor, stranger: Actor, folder: Path, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    file = store(uploader)
    with pytest.raises(FileNotYours):
        operations.remove_picture(actor=stranger, at=AT, uuid=file.uuid)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined] # a context manager
        operations.remove_picture(actor=uploader, at=AT, uuid=file.uuid)
        assert len(files_in(folder)) == 2
    assert files_in(folder) == []
    with pytest.raises(FileNotYours):
        operations.remove_picture(actor=uploader, at=AT, uuid=file.uuid)


@pytest.mark.usefixtures("friend")
def test_what_nobody_uses_a_day_later_is_removed(
    uploader: Actor, used_ids: set[int], django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    used, orphan = store(uploader), store(uploader)
    used_ids.add(used.pk)
    assert operations.remove_orphans(at=AT + timedelta(hours=23)) == 0
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined] # a context manager
        assert operations.remove_orphans(at=AT + timedelta(hours=25)) == 1
    orphan.refresh_from_db()
    assert orphan.deleted_at is not None
    assert active_store().get(key=used.storage_key)


@pytest.mark.usefixtures("friend")
def test_without_an_app_that_tells_its_use_nothing_is_an_orphan(
    uploader: Actor, used_ids: set[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    store(uploader)
    monkeypatch.setattr("sidan.files.permissions._users", [])
    assert operations.remove_orphans(at=AT + timedelta(days=9)) == 0


@pytest.mark.usefixtures("friend")
def test_bytes_of_a_failed_transaction_are_swept_up_later(uploader: Actor, folder: Path) -> None:
    kept = store(uploader)
    with transaction.atomic():
        store(uploader)
        transaction.set_rollback(True)
    assert len(files_in(folder)) == 4
    made_at = kept.at.now(tz=kept.at.tzinfo)
    assert operations.remove_stray_bytes(at=made_at) == 0
    assert operations.remove_stray_bytes(at=made_at + timedelta(days=2)) == 2
    assert len(files_in(folder)) == 2


def test_a_disk_that_refuses_is_told_and_leaves_nothing_half(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("sidan.files.stores.os.fsync", full)
    with pytest.raises(StoreUnavailable):
        FolderStore(tmp_path).put(key="ab/abcdefgh", content=b"x")
    assert files_in(tmp_path) == []


@pytest.mark.parametrize(
    "key", ["../../etc/passwd", "ab/../../x", "/etc/passwd", "ab/x", "", "ab/abcdefgh\0"]
)
def test_a_strange_key_never_leaves_the_folder(tmp_path: Path, key: str) -> None:
    for verb in ("get", "remove"):
        with pytest.raises(ValueError, match="storage key"):
            getattr(FolderStore(tmp_path), verb)(key=key)


def ask(actor: Actor, **headers: str) -> object:
    request = RequestFactory().get("/", headers=headers)
    request.actor = actor  # type: ignore[attr-defined] # as the middleware of people does
    return request


def test_it_is_served_so_that_a_browser_only_shows_it(
    uploader: Actor, friend: Actor, stranger: Actor
) -> None:
    file = store(uploader)
    answer = picture(ask(friend), file.uuid)  # type: ignore[arg-type] # a request
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    small = thumb(ask(friend), file.uuid)  # type: ignore[arg-type] # a request
    assert small.headers["ETag"] != answer.headers["ETag"]
    again = picture(ask(friend, **{"If-None-Match": answer.headers["ETag"]}), file.uuid)  # type: ignore[arg-type] # a request
    assert (again.status_code, again.content) == (304, b"")
    for actor, uuid in ((stranger, file.uuid), (friend, UUID(int=1))):
        with pytest.raises(FileNotYours):
            picture(ask(actor), uuid)  # type: ignore[arg-type] # a request
