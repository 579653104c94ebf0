"""`sidan migrate`: bring tables, static files and words in step with the code; safe to repeat."""

import argparse
import hashlib
import os

from ops import envfile, frontend
from ops.commands import no_options
from ops.installation import ROOT, adopt, data_folder, run_module, running_installation
from ops.preflight import check_before_start
from ops.static import compress_static

STAMP = "prepared.stamp"
# What the outcome depends on; the lock file stands for Django's own tables.
DEPENDS_ON = (
    "sidan/*/migrations/*.py",
    "sidan/*/locale/**/*.po",
    "sidan/**/*.sql",
    "frontend/dist/manifest.json",
    "requirements.lock",
)


def prepare(*, supervised: bool = False) -> None:
    """Do all that must precede serving, on a running database; `supervised` as in ops.installation."""
    _compile_words()
    run_module("ops.tables", supervised=supervised)
    compress_static(data_folder() / "static")
    (data_folder() / STAMP).write_text(_state(), encoding="utf-8")


def _compile_words() -> None:
    # Django's templates come with it: a third of a second that a start with nothing to prepare does not need.
    from ops.words.catalogue import compile_catalogues

    compile_catalogues()


def prepare_if_changed() -> None:
    """Do the same, holding the supervisor's lock, unless all is as it was: so that a demo starts at once."""
    stamp = data_folder() / STAMP
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != _state():
        prepare(supervised=True)


def _state() -> str:
    digest = hashlib.sha256(f"{ROOT}\0{os.environ['DATABASE_OWNER_URL']}".encode())
    for path in sorted(path for pattern in DEPENDS_ON for path in ROOT.glob(pattern)):
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def run(_options: argparse.Namespace) -> int:
    """Migrate and collect."""
    values, made = envfile.planned_env(data_dir=data_folder())
    adopt(values)
    check_before_start([])
    if made:
        envfile.write_env(data_dir=data_folder(), values=values)
    with running_installation():
        prepare()
    print("The database, the static files and the words are in step with the code.")
    return 0


def build(_options: argparse.Namespace) -> int:
    """Build what is made from the sources and not kept with them; needs no database."""
    frontend.build_frontend()
    _compile_words()
    print("The front end and the words are built.")
    return 0


VERBS = {
    "build": ("build the front end and the words from their sources", no_options, build),
    "migrate": ("bring database, static files and words in step with the code", no_options, run),
}
