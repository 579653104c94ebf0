"""Pictures in a bucket of a store that speaks S3."""

from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import parse_qs, unquote, urlsplit

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from sidan.files.stores import KEY, Missing, StoreUnavailable, check_key

_SECONDS: Final = 10


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
                if KEY.fullmatch(key := entry["Key"].removeprefix(prefix)):
                    yield key
