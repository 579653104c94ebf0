"""What stands in the way is said in one sentence before anything is written or started."""

import contextlib
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from ops.echo import MessageEcho
from ops.postgres.account import server_account
from tests.ops.installations import Installation


def free_ports() -> dict[str, str]:
    with socket.socket() as one, socket.socket() as two:
        one.bind(("127.0.0.1", 0))
        two.bind(("127.0.0.1", 0))
        return {"SIDAN_PORT": str(one.getsockname()[1]), "SIDAN_LIVE_PORT": str(two.getsockname()[1])}


@contextlib.contextmanager
def port_in_use() -> Iterator[str]:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield str(server.getsockname()[1])


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"SIDAN_PORT": "99999"}, "SIDAN_PORT must be a port from 1 to 65535, not 99999"),
        ({"SIDAN_LIVE_PORT": "0"}, "SIDAN_LIVE_PORT must be a port from 1 to 65535, not 0"),
        ({"SIDAN_PORT": "none"}, "SIDAN_PORT must be a whole number"),
        ({"SIDAN_PORT": "18765", "SIDAN_LIVE_PORT": "18765"}, "are both 18765"),
        ({"SIDAN_REQUIRE_TOTP": "true"}, "SIDAN_REQUIRE_TOTP must be yes or no, not 'true'"),
        ({"SIDAN_IDLE_MINUTES": "long"}, "SIDAN_IDLE_MINUTES must be a whole number"),
        ({"SIDAN_FIELD_KEYS": "1:abc"}, "SIDAN_FIELD_KEYS"),
        ({"SIDAN_POSTGRES": "mine"}, "SIDAN_POSTGRES must be auto, wheel or system"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_a_wrong_setting_stops_the_demo_before_it_writes(
    tmp_path: Path, settings: dict[str, str], sentence: str
) -> None:
    installation = Installation(tmp_path / "demo", {**free_ports(), **settings})
    assert sentence in installation.refused("demo")
    assert not installation.folder.exists()


def test_a_wrong_setting_stops_one_program_and_a_migration_too(tmp_path: Path) -> None:
    installation = Installation(tmp_path / "site", {"SIDAN_MODE": "live", "SIDAN_SECRET_KEY": "given"})
    for verb in ("serve", "worker", "live", "migrate"):
        assert "SIDAN_MODE must be one of demo, test, production, not 'live'" in installation.refused(verb)
    assert not installation.folder.exists()


@pytest.mark.parametrize("name", ["SIDAN_PORT", "SIDAN_LIVE_PORT"])
def test_a_port_in_use_stops_the_demo_before_it_writes(tmp_path: Path, name: str) -> None:
    with port_in_use() as port:
        installation = Installation(tmp_path / "demo", {**free_ports(), name: port})
        assert f"port {port} is in use by another program; stop it, or set {name}" in installation.refused(
            "demo"
        )
    assert not installation.folder.exists()


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A disk of 205 MB: enough to begin, and not enough to end."""
    if not server_account().lent:
        pytest.xfail("only root can mount a small disk")
    folder = Path(tempfile.mkdtemp(prefix="sidan-disk-"))
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=205m,mode=0755", "tmpfs", folder],
        check=False,
        capture_output=True,
    )
    if mounted.returncode:
        folder.rmdir()
        pytest.xfail("this machine does not let root mount a disk")
    yield folder
    subprocess.run(["umount", folder], check=True)
    folder.rmdir()


def test_a_disk_that_would_fill_up_half_way_is_refused_before_the_first_byte(small_disk: Path) -> None:
    for verb in ("demo", "migrate"):
        installation = Installation(small_disk / verb, free_ports())
        assert "is full: 205 MB are free and" in installation.refused(verb)
    assert list(small_disk.iterdir()) == []


def test_a_folder_of_another_postgresql_is_refused_before_the_first_byte(tmp_path: Path) -> None:
    made = tmp_path / "site" / "postgres" / "PG_VERSION"
    made.parent.mkdir(parents=True)
    made.write_text("14\n", encoding="ascii")
    for verb in ("demo", "migrate"):
        assert "was made by PostgreSQL 14" in Installation(tmp_path / "site", free_ports()).refused(verb)
    assert [path for path in (tmp_path / "site").rglob("*") if path.is_file()] == [made]


def test_messages_of_the_console_channel_are_shown_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = tmp_path / "worker.log"
    echo = MessageEcho(log)
    echo()
    line = '{"event": "message", "channel": "console", "to": "120****5678", "text": "验证码 123456"}\n'
    log.write_text('not json\n{"event": "other"}\n[1]\n' + line + line[:20], encoding="utf-8")
    echo()
    echo()
    assert capsys.readouterr().out == "Message to 120****5678: 验证码 123456\n"
    with log.open("a", encoding="utf-8") as file:
        file.write(line[20:])
    echo()
    assert capsys.readouterr().out == "Message to 120****5678: 验证码 123456\n"
    log.write_text(line, encoding="utf-8")
    echo()
    assert capsys.readouterr().out == "Message to 120****5678: 验证码 123456\n"


def test_messages_of_an_earlier_run_are_not_shown_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = tmp_path / "worker.log"
    log.write_text('{"channel": "console", "to": "120****5678", "text": "old"}\n', encoding="utf-8")
    MessageEcho(log)()
    assert capsys.readouterr().out == ""
