"""A disk that takes no more: the upload is refused in words, and nothing half written stays behind."""

import resource
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from sidan.files.stores import FolderStore, Missing, StoreUnavailable

KEY = "ab/0192f000-0000-7000-8000-0000000000ab"


@pytest.fixture
def small_files() -> Iterator[int]:
    """Let the kernel refuse every byte beyond the first thousands: the same error path as a full disk, without one."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    yield 4096
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
    signal.signal(signal.SIGXFSZ, ignored)


def test_an_upload_that_does_not_fit_is_refused_and_leaves_nothing(tmp_path: Path, small_files: int) -> None:
    store = FolderStore(tmp_path)
    with pytest.raises(StoreUnavailable) as refused:
        store.put(key=KEY, content=b"x" * (small_files + 1))
    assert refused.value.status == 503
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    with pytest.raises(Missing):
        store.get(key=KEY)


def test_what_fits_is_still_stored(tmp_path: Path, small_files: int) -> None:
    store = FolderStore(tmp_path)
    store.put(key=KEY, content=b"x" * (small_files - 1))
    assert len(store.get(key=KEY)) == small_files - 1
