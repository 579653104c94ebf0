"""The installation's own secrets: `<data>/sidan.env`, KEY=value lines that only their owner may read.

Written at the first run and part of every backup: without it encrypted fields cannot be read.
"""

import base64
import os
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path

from ops.errors import OpsError

ENV_NAME = "sidan.env"

# What a new installation needs and nobody should have to think of. A key is "version:base64 of 32 bytes".
GENERATED: Mapping[str, Callable[[], str]] = {
    "SIDAN_SECRET_KEY": lambda: secrets.token_urlsafe(48),
    "SIDAN_FIELD_KEYS": lambda: new_key(version=1),
    "SIDAN_LOOKUP_KEYS": lambda: new_key(version=1),
    "SIDAN_SIGNING_KEYS": lambda: new_key(version=1),
}


def new_key(*, version: int) -> str:
    """Return one fresh 256-bit key in the form "version:base64"."""
    return f"{version}:{base64.b64encode(secrets.token_bytes(32)).decode()}"


def read_env(*, data_dir: Path) -> dict[str, str]:
    """Read the installation's file; an absent file is an empty one. Raises OpsError for a line without '='."""
    path = data_dir / ENV_NAME
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    except PermissionError:
        raise OpsError(f"{path} belongs to another user; run as the user who made it") from None
    found: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        key, equals, value = line.partition("=")
        if not equals:
            raise OpsError(f"{path}, line {number}: expected KEY=value")
        found[key.strip()] = value.strip()
    return found


def write_env(*, data_dir: Path, values: Mapping[str, str]) -> None:
    """Replace the file in one step, so that a kill leaves the old one or the new one."""
    data_dir.mkdir(parents=True, exist_ok=True)
    path = data_dir / ENV_NAME
    partial = path.with_suffix(".env.partial")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write("# Secrets of this installation. Keep a copy with the backups; never commit or send it.\n")
        file.writelines(f"{key}={value}\n" for key, value in values.items())
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)


def planned_env(
    *, data_dir: Path, generators: Mapping[str, Callable[[], str]] = GENERATED
) -> tuple[dict[str, str], bool]:
    """Return the file's values with the missing ones made, and whether any was: nothing is written yet."""
    values = read_env(data_dir=data_dir)
    missing = {key: make() for key, make in generators.items() if key not in values}
    return {**values, **missing}, bool(missing)


def ensure_env(*, data_dir: Path, generators: Mapping[str, Callable[[], str]] = GENERATED) -> dict[str, str]:
    """Return the file's values, after adding those that are missing. What is there is never changed."""
    values, changed = planned_env(data_dir=data_dir, generators=generators)
    if changed:
        write_env(data_dir=data_dir, values=values)
    return values
