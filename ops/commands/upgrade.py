"""`sidan upgrade`: after new code has been put in place. A backup first, then the database, static files and words."""

import argparse

from ops.commands import no_options
from ops.commands.backup import make_backup
from ops.commands.migrate import prepare
from ops.dump import is_empty
from ops.errors import OpsError
from ops.installation import data_folder, held_alone, running_installation


def run(_options: argparse.Namespace) -> int:
    """Back up, migrate, collect."""
    with (
        held_alone("supervisor.lock", sentence="the installation is running; stop it, then upgrade"),
        running_installation() as urls,
    ):
        if is_empty(urls.owner):
            raise OpsError("there is nothing to upgrade: the database is empty; use `sidan migrate`")
        saved = make_backup(urls, folder=data_folder() / "backups", reason="before-upgrade")
        print(f"Saved first: {saved}", flush=True)
        try:
            prepare()
        except OpsError as error:
            raise OpsError(f"{error}. The state before is in {saved}") from None
    print("Upgraded. Start the services again.")
    return 0


VERBS = {"upgrade": ("back up, then bring the database in step with new code", no_options, run)}
