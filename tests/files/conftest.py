"""People and pictures for the tests of files."""

import io
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image
from pytest_django.fixtures import Settings

from sidan.core.actor import Actor
from sidan.files import permissions
from sidan.files.models import StoredFile
from sidan.people.models import Account, Person

AT = datetime(2026, 11, 21, 2, tzinfo=UTC)


def picture_bytes(
    width: int = 60, height: int = 40, kind: str = "JPEG", mode: str = "RGB", **options: object
) -> bytes:
    """Return a small picture whose left half is red and right half is blue."""
    image = Image.new(mode, (width, height), "red" if mode == "RGB" else None)
    if mode == "RGB":
        image.paste("blue", (width // 2, 0, width, height))
    target = io.BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    """A store of its own for each test."""
    settings.FILES_URL = f"file://{tmp_path}"
    return tmp_path


@pytest.fixture
def make_actor(db: None) -> Callable[[str], Actor]:
    """Make people with an account."""

    def make(phone: str) -> Actor:
        person = Person.unscoped.create(name="甲", created_at=AT)
        account = Account.objects.create(person=person, phone=phone, phone_hash=phone, created_at=AT)
        return Actor(account_id=account.pk, person_id=person.pk, account_uuid=str(account.uuid))

    return make


@pytest.fixture
def uploader(make_actor: Callable[[str], Actor]) -> Actor:
    """The one who uploads."""
    return make_actor("12000000001")


@pytest.fixture
def stranger(make_actor: Callable[[str], Actor]) -> Actor:
    """The one who must always be refused."""
    return make_actor("12000000009")


@pytest.fixture
def friend(make_actor: Callable[[str], Actor]) -> Iterator[Actor]:
    """The one whom the app that uses test pictures lets see them; the purpose exists only in these tests."""
    actor = make_actor("12000000002")

    def may_see(asking: Actor, file: StoredFile) -> bool:
        return asking.account_id == actor.account_id

    permissions.register_access("test_photo", may_see)
    yield actor
    permissions._access.pop("test_photo")


@pytest.fixture
def used_ids(monkeypatch: pytest.MonkeyPatch) -> set[int]:
    """What the using app says it uses."""
    ids: set[int] = set()
    monkeypatch.setattr(permissions, "_users", [lambda asked: ids & set(asked)])
    return ids
