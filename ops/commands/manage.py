"""`sidan manage …` and `sidan load-divisions`: Django's own commands inside the installation."""

import argparse

from ops.installation import run_django, running_installation


def _configure_manage(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--as-owner", action="store_true", help="as the owner of the tables, not as the serving role"
    )
    parser.add_argument("arguments", nargs=argparse.REMAINDER, help="the command and what it takes")


def _manage(options: argparse.Namespace) -> int:
    with running_installation():
        run_django(*options.arguments, as_owner=options.as_owner)
    return 0


def _configure_divisions(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "arguments", nargs=argparse.REMAINDER, help="files or folder; none for those of the demo"
    )


def _load_divisions(options: argparse.Namespace) -> int:
    with running_installation():
        run_django("load_divisions", *options.arguments)
    return 0


VERBS = {
    "load-divisions": (
        "load the official divisions of China by their codes",
        _configure_divisions,
        _load_divisions,
    ),
    "manage": ("run one of Django's commands in this installation", _configure_manage, _manage),
}
