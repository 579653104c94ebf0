"""What keeps the first command from making its environment is said in one sentence that names the reason."""

import shutil
from pathlib import Path

import pytest

from ops import bootstrap, frontend


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clone in which nothing is installed."""
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(bootstrap, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    monkeypatch.setattr(bootstrap, "LOG", tmp_path / "var" / "install.log")
    monkeypatch.setattr("sys.argv", ["bootstrap"])
    return tmp_path


def disk_with(megabytes: int, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage("/")._replace(free=megabytes * 2**20)
    monkeypatch.setattr("shutil.disk_usage", lambda _path: usage)


def test_a_small_disk_is_refused_before_the_first_byte(
    bare: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    disk_with(60, monkeypatch)
    assert bootstrap.main() == 1
    said = capsys.readouterr().err
    assert "is full: 60 MB are free and 700 MB are needed" in said
    assert said.count("\n") == 1
    assert list(bare.iterdir()) == []


def test_what_is_installed_already_needs_no_room(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    disk_with(60, monkeypatch)
    monkeypatch.setattr(bootstrap, "_megabytes", lambda _folder: 690)
    bootstrap._check_room("run")
    assert list(bare.iterdir()) == []


@pytest.mark.parametrize(
    ("log", "reason"),
    [
        (
            "error: No space left on device (os error 28)\nERROR: no wheel\nWARNING: Location",
            "error: No space",
        ),
        ("ERROR: one\nERROR: the last\nWARNING: Location 'file:/…'\n", "ERROR: the last"),
        ("something\nelse\n", "else"),
        ("", "it said nothing"),
    ],
)
def test_the_reason_is_the_full_disk_else_the_last_error(bare: Path, log: str, reason: str) -> None:
    bootstrap._begin_log()
    bootstrap.LOG.write_text(log, encoding="utf-8")
    assert bootstrap._why().startswith(reason)
    assert bare.exists()


def test_a_disk_that_fills_up_during_the_build_is_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full() -> bool:
        raise OSError(28, "No space left on device", "frontend/dist/.sidan-stamp")

    monkeypatch.setattr(frontend, "build_frontend", full)
    assert frontend.main() == 1
    assert capsys.readouterr().err == "sidan: No space left on device: frontend/dist/.sidan-stamp\n"
