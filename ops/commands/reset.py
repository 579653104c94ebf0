"""`sidan reset`: throw the installation's data away."""

import argparse
import shutil
import sys
from pathlib import Path

from ops import postgres
from ops.errors import OpsError
from ops.installation import data_folder, held_alone

# All that an installation makes in its folder; anything else there is not ours to delete.
OURS = (
    "postgres",
    "files",
    "static",
    "logs",
    "sidan.env",
    "postgres.location",
    "postgres.users",
    "restore.unfinished",
    "prepared.stamp",
    "demo-accounts.txt",
)


def configure(parser: argparse.ArgumentParser) -> None:
    """Offer to skip the question."""
    parser.add_argument("--yes", action="store_true", help="do not ask")


def run(options: argparse.Namespace) -> int:
    """Ask, stop the database, delete."""
    folder = data_folder()
    if not folder.exists():
        print(f"There is nothing in {folder}.")
        return 0
    with held_alone("supervisor.lock", sentence="the installation is running; stop it first (Ctrl-C there)"):
        if not options.yes and not _confirmed(folder):
            raise OpsError("nothing was deleted")
        postgres.stop(folder)
        note = folder / "postgres.location"
        if note.exists():
            shutil.rmtree(Path(note.read_text(encoding="utf-8").strip()).parent, ignore_errors=True)
        for name in OURS:
            _delete(folder / name)
    print(f"The database, files and keys in {folder} are gone; backups are kept.")
    return 0


def _confirmed(folder: Path) -> bool:
    if not sys.stdin.isatty():
        raise OpsError("reset deletes all data and asks first; without a terminal say `sidan reset --yes`")
    return input(f"Delete the database, the files and the keys in {folder}? Type yes: ").strip() == "yes"


def _delete(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


VERBS = {"reset": ("throw away the database, the files and the keys", configure, run)}
