"""The command `sidan`: every verb of running an installation. `sidan help` lists them."""

import argparse
import signal
import sys
from collections.abc import Sequence
from types import FrameType, ModuleType

from ops.commands import (
    backup,
    demo,
    doctor,
    keys,
    manage,
    migrate,
    programs,
    reset,
    restore,
    upgrade,
)
from ops.errors import OpsError

# Each module says what it offers: VERBS maps a name to (help, configure, run).
MODULES: tuple[ModuleType, ...] = (
    demo,
    programs,
    migrate,
    manage,
    backup,
    restore,
    upgrade,
    doctor,
    keys,
    reset,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb and return the exit status; what stops it is said in one sentence."""
    options = _parser().parse_args(arguments)
    # As with Ctrl-C, everything that was begun is put in order before the end.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    try:
        status: int = options.run(options)
        return status
    except OpsError as error:
        print(f"sidan: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        # A full disk or a folder without rights can show at any write.
        print(f"sidan: {error.strerror or error}: {error.filename or 'no file named'}", file=sys.stderr)
        return 1


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="sidan", description="Run an installation of Sidan.")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="verb")
    for module in MODULES:
        for name, (words, configure, run) in module.VERBS.items():
            verb = verbs.add_parser(name, help=words, description=words)
            configure(verb)
            verb.set_defaults(run=run)
    return parser


if __name__ == "__main__":
    sys.exit(main())
