"""Folders that PostgreSQL can reach as its own account: pytest's tmp_path is closed to it under root."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from ops import postgres


@pytest.fixture(autouse=True)
def own_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """These tests start servers of their own: the one that the whole run uses must not be taken for it."""
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "XDG_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Give a folder with a space and Chinese characters in its path, and leave no server on it behind."""
    base = Path(tempfile.mkdtemp(prefix="sidan test 四单 "))
    base.chmod(0o755)
    yield base
    for notes in base.glob("**/postgres.lock"):
        postgres.stop(notes.parent)
    shutil.rmtree(base, ignore_errors=True)


def processes_mentioning(text: str) -> list[str]:
    """List the command lines of living processes that contain `text`, this one and its parents left out."""
    listed = subprocess.run(["ps", "-eo", "pid=,args="], capture_output=True, text=True, check=True).stdout
    mine = {str(os.getpid()), str(os.getppid())}
    return [line.strip() for line in listed.splitlines() if text in line and line.split()[0] not in mine]
