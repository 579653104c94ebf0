"""Backup, restore and upgrade with real databases, real files and real keys."""

import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from ops import envfile, postgres
from tests.ops.installations import A_PERSON, READ_PERSON, Installation

pytestmark = pytest.mark.slow
PICTURE = "files/ab/照片.jpg"


@pytest.fixture(scope="module")
def kept() -> Iterator[Installation]:
    """An installation with one person and one picture in it, and one backup."""
    base = Path(tempfile.mkdtemp(prefix="sidan test 备份 "))
    base.chmod(0o755)
    made = Installation(base / "old")
    made.must("migrate")
    made.must("manage", "shell", "--no-startup", "-c", A_PERSON)
    (made.folder / PICTURE).parent.mkdir(parents=True)
    (made.folder / PICTURE).write_bytes(b"picture")
    made.must("backup")
    yield made
    postgres.stop(made.folder)
    shutil.rmtree(base, ignore_errors=True)


def backup_of(installation: Installation) -> Path:
    return next((installation.folder / "backups").glob("sidan-*.tar"))


def test_a_backup_holds_database_keys_and_files_and_only_its_owner_may_read_it(kept: Installation) -> None:
    archive = backup_of(kept)
    assert archive.stat().st_mode & 0o777 == 0o600
    with tarfile.open(archive) as tar:
        assert set(tar.getnames()) == {"manifest.json", "keys.env", "database.dump", PICTURE}
        keys = tar.extractfile("keys.env")
        assert keys
        assert b"PG_" not in keys.read()
    assert [path.suffix for path in archive.parent.iterdir()] == [".tar"]


def test_what_was_encrypted_can_be_read_after_a_restore_elsewhere(
    kept: Installation, open_folder: Path
) -> None:
    other = Installation(open_folder / "new")
    said = other.must("restore", str(backup_of(kept)))
    assert "1 files" in said
    assert (other.folder / PICTURE).read_bytes() == b"picture"
    assert "phone 12012345678 address 长宁镇某路" in other.must(
        "manage", "shell", "--no-startup", "-c", READ_PERSON
    )
    old, new = (envfile.read_env(data_dir=one.folder) for one in (kept, other))
    assert old["SIDAN_FIELD_KEYS"] == new["SIDAN_FIELD_KEYS"]
    assert old["SIDAN_PG_APP_PASSWORD"] != new["SIDAN_PG_APP_PASSWORD"]
    assert "Saved first" in other.must("upgrade")
    assert postgres.postmaster_pid(other.folder) is None


def test_a_restore_into_a_database_with_tables_is_refused(kept: Installation) -> None:
    before = envfile.read_env(data_dir=kept.folder)
    assert "not empty" in kept.refused("restore", str(backup_of(kept)))
    assert envfile.read_env(data_dir=kept.folder) == before
    assert "phone 12012345678" in kept.must("manage", "shell", "--no-startup", "-c", READ_PERSON)


def test_a_damaged_backup_is_refused_before_anything_is_touched(
    kept: Installation, open_folder: Path
) -> None:
    whole = backup_of(kept).read_bytes()
    damaged = open_folder / "damaged.tar"
    damaged.write_bytes(whole.replace(b"picture", b"forgery"))
    other = Installation(open_folder / "new")
    assert "damaged" in other.refused("restore", str(damaged))
    damaged.write_bytes(whole[: len(whole) // 2])
    assert "not a whole backup" in other.refused("restore", str(damaged))
    assert "no file" in other.refused("restore", str(open_folder / "absent.tar"))
    assert not other.folder.exists()


def test_other_keys_in_the_environment_stop_a_restore(kept: Installation, open_folder: Path) -> None:
    other = Installation(open_folder / "new", {"SIDAN_FIELD_KEYS": envfile.new_key(version=1)})
    assert "differs from the backup's" in other.refused("restore", str(backup_of(kept)))
