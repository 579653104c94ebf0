"""`sidan rotate-keys`: a new version of the field or the lookup keys, and everything moved to it."""

import argparse
import os

from ops import envfile
from ops.errors import OpsError
from ops.installation import data_folder, follow_django, held_alone, running_installation

SETTING = {"field": "SIDAN_FIELD_KEYS", "lookup": "SIDAN_LOOKUP_KEYS", "signing": "SIDAN_SIGNING_KEYS"}
REWRITTEN = frozenset({"field", "lookup"})
"""What was signed stays as it is: the old key is published beside the new one."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Take which keys, and whether to go on with an interrupted rotation."""
    parser.add_argument(
        "which",
        choices=sorted(SETTING),
        help="field: what encrypts values; lookup: what finds them; signing: what signs certificates",
    )
    parser.add_argument(
        "--resume", action="store_true", help="no new key: go on where an interrupted rotation stopped"
    )


def run(options: argparse.Namespace) -> int:
    """Add a version to the installation's file, then rewrite all values; the services must be stopped.

    A web process started with the old setting could not read what is written under the new version.
    """
    setting = SETTING[options.which]
    with held_alone("supervisor.lock", sentence="the installation is running; stop it, then rotate its keys"):
        if not options.resume:
            _add_version(setting)
        status = _rewrite(options.which) if options.which in REWRITTEN else 0
    if status:
        raise OpsError(
            f"the rotation is not finished; go on with `sidan rotate-keys {options.which} --resume`"
        )
    print(f"The old version stays in {envfile.ENV_NAME} for what was made with it, backups too.")
    return 0


def _rewrite(which: str) -> int:
    with running_installation():
        return follow_django(f"rotate_{which}_keys")


def _add_version(setting: str) -> None:
    values = envfile.read_env(data_dir=data_folder())
    if setting in os.environ or setting not in values:
        raise OpsError(
            f"{setting} is set outside {data_folder() / envfile.ENV_NAME}: add a version there, restart, and run "
            f"`sidan rotate-keys … --resume`"
        )
    newest = max(int(part.split(":", 1)[0]) for part in values[setting].split(","))
    values[setting] += f",{envfile.new_key(version=newest + 1)}"
    envfile.write_env(data_dir=data_folder(), values=values)


VERBS = {"rotate-keys": ("encrypt or hash everything under a new key", configure, run)}
