"""`sidan manage …`, `load-divisions` and `forget-second-factor`: Django's own commands inside the installation."""

import argparse
from pathlib import Path

from ops.installation import follow_django, running_installation


def _configure_manage(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--as-owner", action="store_true", help="as the owner of the tables, not the serving role"
    )
    parser.add_argument("arguments", nargs=argparse.REMAINDER, help="the command and what it takes")


def _manage(options: argparse.Namespace) -> int:
    with running_installation():
        return follow_django(*options.arguments, as_owner=options.as_owner)


def _configure_divisions(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--source", type=Path, metavar="FILE|FOLDER", help="none: the compact file that comes with it"
    )


def _load_divisions(options: argparse.Namespace) -> int:
    source = [f"--source={options.source.resolve()}"] if options.source else []
    with running_installation():
        return follow_django("load_divisions", *source)


def _configure_forget(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("phone", help="the mobile number that the person signs in with")


def _forget(options: argparse.Namespace) -> int:
    with running_installation():
        return follow_django("forget_second_factor", options.phone)


VERBS = {
    "forget-second-factor": (
        "take the second factor off an account whose telephone was lost",
        _configure_forget,
        _forget,
    ),
    "load-divisions": (
        "load the official divisions of China by their codes",
        _configure_divisions,
        _load_divisions,
    ),
    "manage": ("run one of Django's commands in this installation", _configure_manage, _manage),
}
