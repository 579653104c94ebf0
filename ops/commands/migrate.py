"""`sidan migrate`: bring tables, static files and words in step with the code; safe to repeat."""

import argparse

from ops import frontend
from ops.commands import no_options
from ops.installation import load_environment, run_django, running_installation
from ops.words.catalogue import compile_catalogues


def prepare() -> None:
    """Do all that must precede serving, on a running database."""
    compile_catalogues()
    run_django("migrate", "--verbosity=0", "--skip-checks", as_owner=True)
    run_django("collectstatic", "--noinput", "--clear", "--verbosity=0", "--skip-checks")


def run(_options: argparse.Namespace) -> int:
    """Migrate and collect."""
    load_environment(create=True)
    with running_installation():
        prepare()
    print("The database, the static files and the words are in step with the code.")
    return 0


def build(_options: argparse.Namespace) -> int:
    """Build what is made from the sources and not kept with them; needs no database."""
    frontend.build_frontend()
    compile_catalogues()
    print("The front end and the words are built.")
    return 0


VERBS = {
    "build": ("build the front end and the words from their sources", no_options, build),
    "migrate": ("bring database, static files and words in step with the code", no_options, run),
}
