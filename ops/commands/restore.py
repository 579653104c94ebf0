"""`sidan restore FILE`: a backup into an installation that is empty; anything else is refused."""

import argparse
import os
import shutil
import tempfile
from pathlib import Path

from ops import dump, envfile
from ops.archive import DUMP, FILES, Manifest, extract, read_keys, verify_archive
from ops.commands.migrate import STAMP
from ops.errors import OpsError
from ops.installation import data_folder, held_alone, running_installation

UNFINISHED = "restore.unfinished"


def configure(parser: argparse.ArgumentParser) -> None:
    """Take the file."""
    parser.add_argument("archive", type=Path, help="a file that `sidan backup` wrote")


def run(options: argparse.Namespace) -> int:
    """Check the whole backup first, then put back keys, files and database, in this order.

    The database is last and one transaction: as long as it is empty an interrupted restore can be repeated.
    """
    archive = options.archive.resolve()
    manifest = verify_archive(archive)
    folder = data_folder()
    outside = dict(os.environ)
    with held_alone("supervisor.lock", sentence="the installation is running; stop it before restoring"):
        envfile.ensure_env(data_dir=folder)
        with running_installation(create=True) as urls:
            _check_empty(urls.owner, archive)
            _check_version(urls.owner, manifest)
            (folder / UNFINISHED).write_text(f"{archive.name}\n", encoding="utf-8")
            _put_keys(read_keys(archive), outside=outside)
            files = _put_files(archive)
            with tempfile.TemporaryDirectory(dir=folder, prefix=".dump-") as scratch:
                extract(archive, prefix=DUMP, into=Path(scratch))
                dump.restore(urls.owner, dumped=Path(scratch) / DUMP)
            (folder / STAMP).unlink(missing_ok=True)
            (folder / UNFINISHED).unlink()
    print(
        f"Restored from {manifest.made_at} (version {manifest.version}), {files} files. Now run `sidan upgrade`."
    )
    _say_what_is_elsewhere(manifest)
    return 0


def _check_empty(url: str, archive: Path) -> None:
    if not dump.is_empty(url):
        raise OpsError(
            "the database is not empty; a backup is only restored into a new one. Nothing was changed"
        )
    unfinished = data_folder() / UNFINISHED
    repeats = unfinished.exists() and unfinished.read_text(encoding="utf-8").strip() == archive.name
    folder = data_folder() / FILES
    if folder.is_dir() and any(folder.iterdir()) and not repeats:
        raise OpsError(f"the folder {folder} is not empty; a backup is only restored into a new one")


def _check_version(url: str, manifest: Manifest) -> None:
    major = dump.server_major(url)
    if major < manifest.server_major:
        raise OpsError(
            f"the backup comes from PostgreSQL {manifest.server_major} and this server is {major}; "
            "restore into the same version or a newer one"
        )


def _put_keys(text: str, *, outside: dict[str, str]) -> None:
    """Take over the backup's keys, unless the surroundings (systemd, a container) set others, which would win."""
    saved = dict(line.split("=", 1) for line in text.splitlines() if line)
    for name, value in saved.items():
        if outside.get(name, value) != value:
            raise OpsError(
                f"{name} is set in the environment and differs from the backup's; put the backup's there"
            )
    values = envfile.read_env(data_dir=data_folder())
    envfile.write_env(data_dir=data_folder(), values={**values, **saved})
    os.environ.update(saved)


def _put_files(archive: Path) -> int:
    partial = data_folder() / "files.partial"
    shutil.rmtree(partial, ignore_errors=True)
    count = extract(archive, prefix=FILES, into=partial)
    if count:
        shutil.rmtree(data_folder() / FILES, ignore_errors=True)
        (partial / FILES).replace(data_folder() / FILES)
    shutil.rmtree(partial, ignore_errors=True)
    return count


def _say_what_is_elsewhere(manifest: Manifest) -> None:
    if manifest.files != "folder":
        print(f"Pictures and papers are {manifest.files}: set SIDAN_FILES_URL as it was.")


VERBS = {"restore": ("put a backup into an empty installation", configure, run)}
