"""Where the bytes lie: a folder of this machine, or a store that speaks S3. Chosen by SIDAN_FILES_URL."""

import os
import re
import secrets
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final, Protocol

from django.conf import settings

from sidan.core.errors import Unavailable

KEY: Final = re.compile(r"[a-z0-9]{2}/[a-z0-9-]{8,80}(?:\.[a-z]+)?")


class StoreUnavailable(Unavailable):
    """The store does not answer, or the disk is full."""

    code = "store_unavailable"


class Missing(LookupError):
    """The store has nothing under a key."""


class Store(Protocol):
    """Keeps bytes under keys. `put` returns only when they would survive a power cut."""

    def put(self, *, key: str, content: bytes) -> None: ...

    def get(self, *, key: str) -> bytes: ...

    def remove(self, *, key: str) -> None: ...

    def walk(self) -> Iterator[str]: ...


def check_key(key: str) -> str:
    """Return a key that is ours; anything else could climb out of the folder.

    Raises:
        ValueError: it is not.
    """
    if not KEY.fullmatch(key):
        raise ValueError("not a storage key")
    return key


class FolderStore:
    """Files in two levels of folders."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, *, key: str, content: bytes) -> None:
        """Write beside the final name, flush to the disk, rename, and flush the folder too.

        Raises:
            StoreUnavailable: the disk is full or not writable.
        """
        target = self._root / check_key(key)
        partial = target.with_name(f"{target.name}.{secrets.token_hex(4)}.partial")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with partial.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            partial.replace(target)
            self._flush_folder(target.parent)
        except OSError as exc:
            partial.unlink(missing_ok=True)
            raise StoreUnavailable() from exc

    @staticmethod
    def _flush_folder(folder: Path) -> None:
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

    def get(self, *, key: str) -> bytes:
        """Return the bytes; raises Missing."""
        try:
            return (self._root / check_key(key)).read_bytes()
        except FileNotFoundError:
            raise Missing(key) from None

    def remove(self, *, key: str) -> None:
        """Remove the bytes; nothing there is fine."""
        (self._root / check_key(key)).unlink(missing_ok=True)

    def walk(self) -> Iterator[str]:
        """Walk over all keys."""
        for path in self._root.glob("??/*"):
            if KEY.fullmatch(key := path.relative_to(self._root).as_posix()):
                yield key


@lru_cache(maxsize=4)
def _store(url: str, folder: Path) -> Store:
    if url.startswith("s3://"):
        # boto3 takes most of a second to load, and most installations keep their pictures in a folder
        from sidan.files.s3 import S3Store

        return S3Store(url)
    return FolderStore(Path(url.removeprefix("file://")) if url else folder)


def active_store() -> Store:
    """Return the store of this installation."""
    return _store(settings.FILES_URL, settings.DATA_DIR / "files")
