"""`sidan backup`: database, files and keys into one file, while everything goes on running."""

import argparse
import os
import tempfile
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from ops import dump, envfile
from ops.archive import Manifest, write_archive
from ops.errors import OpsError
from ops.installation import data_folder, running_installation
from ops.postgres import Urls

# What another machine needs to read the restored data; the passwords of the database are not among it.
KEPT_KEYS = (
    "SIDAN_SECRET_KEY", "SIDAN_CIPHER", "SIDAN_FIELD_KEYS", "SIDAN_LOOKUP_KEYS", "SIDAN_SIGNING_KEYS",
)  # fmt: skip


def configure(parser: argparse.ArgumentParser) -> None:
    """Offer where to write and how many to keep."""
    parser.add_argument("--to", type=Path, help="folder, by default `backups` in the data folder")
    parser.add_argument(
        "--keep", type=int, default=0, metavar="N", help="delete all but the newest N afterwards"
    )


def run(options: argparse.Namespace) -> int:
    """Write one backup and say where it is."""
    folder = (options.to or data_folder() / "backups").resolve()
    with running_installation() as urls:
        target = make_backup(urls, folder=folder)
    print(
        f"{target} ({target.stat().st_size / 2**20:.1f} MB). It holds the keys: keep it where only you can read it."
    )
    if options.keep > 0:
        for old in sorted(folder.glob("sidan-*.tar"))[: -options.keep]:
            old.unlink()
            print(f"{old.name} deleted, as --keep {options.keep} says")
    return 0


def make_backup(urls: Urls, *, folder: Path, reason: str = "") -> Path:
    """Write a backup of a running installation into a folder and return the file. Raises OpsError."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    now = datetime.now(UTC)
    target = folder / f"sidan-{now:%Y%m%d-%H%M%S}{reason and '-' + reason}.tar"
    store = os.environ.get("SIDAN_FILES_URL", "")
    manifest = Manifest(
        made_at=now.isoformat(timespec="seconds"),
        version=sidan_version(),
        server_major=dump.server_major(urls.owner),
        files="folder" if not store else "in the S3 store, which is backed up by itself",
    )
    keys = "".join(f"{name}={os.environ[name]}\n" for name in KEPT_KEYS if os.environ.get(name))
    if "SIDAN_FIELD_KEYS" not in keys:
        raise OpsError(
            f"the keys of encrypted fields are not known here; is {envfile.ENV_NAME} or the environment missing?"
        )
    # The dump comes first: a file that it names is then surely in the folder when that is read.
    with tempfile.TemporaryDirectory(dir=folder, prefix=".dump-") as scratch:
        dumped = Path(scratch) / "database.dump"
        dump.dump(urls.owner, into=dumped)
        files = None if store else data_folder() / "files"
        write_archive(target=target, manifest=manifest, keys=keys, dump=dumped, files=files)
    return target


def sidan_version() -> str:
    """Return the version that is installed."""
    try:
        return version("sidan")
    except PackageNotFoundError:
        return "unknown"


VERBS = {"backup": ("write database, files and keys into one file", configure, run)}
