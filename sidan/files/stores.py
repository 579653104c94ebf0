"""Where the bytes lie: a folder of this machine, or a store that speaks S3. Chosen by SIDAN_FILES_URL."""

import os
import re
import secrets
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Protocol
from urllib.parse import parse_qs, unquote, urlsplit

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings

from sidan.core.errors import Unavailable

_KEY: Final = re.compile(r"[a-z0-9]{2}/[a-z0-9-]{8,80}(?:\.[a-z]+)?")
_SECONDS: Final = 10


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
    if not _KEY.fullmatch(key):
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
            if _KEY.fullmatch(key := path.relative_to(self._root).as_posix()):
                yield key


class S3Store:
    """A bucket: `s3://bucket/prefix?endpoint=https://store.example.cn&region=cn-north-1&path_style=yes`.

    Credentials come from the environment in the way of the S3 libraries, or as user and password of the address.
    """

    def __init__(self, url: str) -> None:
        parts, query = urlsplit(url), parse_qs(urlsplit(url).query)
        self._bucket, self._prefix = parts.hostname or "", parts.path.strip("/")
        is_path_style = query.get("path_style") == ["yes"]
        options: dict[str, Any] = {}
        if parts.username:
            options["aws_access_key_id"] = unquote(parts.username)
            options["aws_secret_access_key"] = unquote(parts.password or "")
        self._client = boto3.client(
            "s3",
            endpoint_url=query["endpoint"][0] if "endpoint" in query else None,
            region_name=query.get("region", ["us-east-1"])[0],
            config=Config(
                connect_timeout=_SECONDS,
                read_timeout=_SECONDS,
                retries={"max_attempts": 3},
                s3={"addressing_style": "path" if is_path_style else "auto"},
            ),
            **options,
        )

    def _name(self, key: str) -> str:
        return f"{self._prefix}/{check_key(key)}" if self._prefix else check_key(key)

    def put(self, *, key: str, content: bytes) -> None:
        """Store the bytes; raises StoreUnavailable."""
        try:
            self._client.put_object(Bucket=self._bucket, Key=self._name(key), Body=content)
        except (BotoCoreError, ClientError) as exc:
            raise StoreUnavailable() from exc

    def get(self, *, key: str) -> bytes:
        """Return the bytes; raises Missing or StoreUnavailable."""
        try:
            content: bytes = self._client.get_object(Bucket=self._bucket, Key=self._name(key))["Body"].read()
        except ClientError as exc:
            if exc.response["Error"]["Code"] in {"NoSuchKey", "404"}:
                raise Missing(key) from None
            raise StoreUnavailable() from exc
        except BotoCoreError as exc:
            raise StoreUnavailable() from exc
        return content

    def remove(self, *, key: str) -> None:
        """Remove the bytes; nothing there is fine. Raises StoreUnavailable."""
        try:
            self._client.delete_object(Bucket=self._bucket, Key=self._name(key))
        except (BotoCoreError, ClientError) as exc:
            raise StoreUnavailable() from exc

    def walk(self) -> Iterator[str]:
        """Walk over all keys."""
        prefix = f"{self._prefix}/" if self._prefix else ""
        pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=prefix)
        for page in pages:
            for entry in page.get("Contents", []):
                if _KEY.fullmatch(key := entry["Key"].removeprefix(prefix)):
                    yield key


@lru_cache(maxsize=4)
def _store(url: str, folder: Path) -> Store:
    if url.startswith("s3://"):
        return S3Store(url)
    return FolderStore(Path(url.removeprefix("file://")) if url else folder)


def active_store() -> Store:
    """Return the store of this installation."""
    return _store(settings.FILES_URL, settings.DATA_DIR / "files")
