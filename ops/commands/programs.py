"""`sidan serve`, `sidan worker`, `sidan live`: one program each, for systemd or any other keeper of processes."""

import argparse
import os
from collections.abc import Callable

from ops import programs
from ops.commands import Verb, no_options
from ops.commands.running import supervise
from ops.installation import ROOT, load_environment, running_installation
from ops.preflight import check_settings
from ops.programs import Program, check_ports


def run_program(make: Callable[[], Program]) -> int:
    """Become the program where a database is given; else run it beside the installation's own database."""
    load_environment()
    check_settings()
    program = make()
    check_ports([program])
    if "DATABASE_URL" in os.environ:
        os.chdir(ROOT)
        os.environ["PYTHONPATH"] = str(ROOT)
        os.execv(program.argv[0], program.argv)
    with running_installation() as urls:
        supervise([program], urls)
    return 0


def _verb(words: str, make: Callable[[], Program]) -> Verb:
    def run(_options: argparse.Namespace) -> int:
        return run_program(make)

    return words, no_options, run


VERBS = {
    "serve": _verb("serve pages and the API", programs.web),
    "worker": _verb("do deferred and periodic jobs", programs.worker),
    "live": _verb("send what changes to open pages", programs.live),
}
