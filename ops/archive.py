"""The form of a backup: one tar with the database, the keys, the files, and a list of what must be in it.

manifest.json   version of this form, when, from which server, and the SHA-256 of every other member
keys.env        what encrypts fields and signs sessions: without it the database cannot be read
database.dump   PostgreSQL's custom format (compressed)
files/…         the folder of pictures and papers, absent when they lie in an S3 store
"""

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO

from ops.errors import OpsError

FORM = 1
MANIFEST, KEYS, DUMP, FILES = "manifest.json", "keys.env", "database.dump", "files"
CHUNK = 2**20


@dataclass
class Manifest:
    """What a backup says about itself."""

    made_at: str
    version: str
    server_major: int
    files: str
    form: int = FORM
    sha256: dict[str, str] = field(default_factory=dict)


def write_archive(*, target: Path, manifest: Manifest, keys: str, dump: Path, files: Path | None) -> None:
    """Write the tar beside its place and rename it when it is whole and on the disk. Only its owner may read it."""
    partial = target.with_name(target.name + ".partial")
    partial.touch(mode=0o600)
    partial.chmod(0o600)
    with partial.open("wb") as raw:
        with tarfile.open(fileobj=raw, mode="w") as tar:
            _add_text(tar, KEYS, keys)
            manifest.sha256[KEYS] = hashlib.sha256(keys.encode()).hexdigest()
            for name, path in [(DUMP, dump), *_files_under(files)]:
                manifest.sha256[name] = _add_file(tar, name, path)
            _add_text(tar, MANIFEST, json.dumps(asdict(manifest), indent=1, ensure_ascii=False))
        raw.flush()
        _sync(raw)
    partial.replace(target)


def read_manifest(archive: Path) -> Manifest:
    """Read the manifest. Raises OpsError for a file that is no backup, is cut short, or has a newer form."""
    try:
        with tarfile.open(archive) as tar:
            values = json.loads(_read(tar, MANIFEST).read())
    except FileNotFoundError:
        raise OpsError(f"there is no file {archive}") from None
    except (tarfile.TarError, KeyError, ValueError):
        raise OpsError(f"{archive} is not a whole backup") from None
    if values.get("form") != FORM:
        raise OpsError(f"{archive} has the form {values.get('form')}; this version reads form {FORM}")
    return Manifest(**values)


def verify_archive(archive: Path) -> Manifest:
    """Compare every member with its hash. Raises OpsError when one is missing or was changed."""
    manifest = read_manifest(archive)
    with tarfile.open(archive) as tar:
        found = {
            member.name: _hash(_read(tar, member.name))
            for member in tar
            if member.isfile() and member.name != MANIFEST
        }
    if found != manifest.sha256:
        wrong = sorted(set(found.items()) ^ set(manifest.sha256.items()))[0][0]
        raise OpsError(f"{archive} is damaged: {wrong} is not what was saved")
    return manifest


def read_keys(archive: Path) -> str:
    """Return the text of the keys."""
    with tarfile.open(archive) as tar:
        return _read(tar, KEYS).read().decode()


def extract(archive: Path, *, prefix: str, into: Path) -> int:
    """Write the members under `prefix` below `into` and return how many; a name that leads out of it is refused."""
    count = 0
    with tarfile.open(archive) as tar:
        for member in tar:
            name = PurePosixPath(member.name)
            if not member.isfile() or not name.is_relative_to(prefix):
                continue
            if name.is_absolute() or ".." in name.parts:
                raise OpsError(f"{archive} holds a file that leads outside: {member.name}")
            path = into / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as file:
                for chunk in _chunks(_read(tar, member.name)):
                    file.write(chunk)
                _sync(file)
            path.chmod(0o600)
            count += 1
    return count


def _files_under(folder: Path | None) -> Iterator[tuple[str, Path]]:
    if folder is None or not folder.is_dir():
        return
    for path in sorted(folder.rglob("*")):
        # Half-written uploads are nobody's yet.
        if path.is_file() and not path.is_symlink() and path.suffix != ".partial":
            yield f"{FILES}/{path.relative_to(folder).as_posix()}", path


def _add_file(tar: tarfile.TarFile, name: str, path: Path) -> str:
    with path.open("rb") as file:
        entry = tar.gettarinfo(arcname=name, fileobj=file)
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = ""
        hashing = _Hashing(file)
        tar.addfile(entry, hashing)
    return hashing.digest.hexdigest()


class _Hashing:
    """A file that is hashed while it is read, so that a big dump is read once."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        chunk = self._file.read(size)
        self.digest.update(chunk)
        return chunk


def _add_text(tar: tarfile.TarFile, name: str, text: str) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = len(text.encode())
    entry.mode = 0o600
    tar.addfile(entry, io.BytesIO(text.encode()))


def _read(tar: tarfile.TarFile, name: str) -> IO[bytes]:
    found = tar.extractfile(name)
    if found is None:
        raise KeyError(name)
    return found


def _hash(file: IO[bytes]) -> str:
    digest = hashlib.sha256()
    for chunk in _chunks(file):
        digest.update(chunk)
    return digest.hexdigest()


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    while chunk := file.read(CHUNK):
        yield chunk


def _sync(file: IO[bytes]) -> None:
    file.flush()
    os.fsync(file.fileno())
