"""What can be known to fail before anything is written or started: a wrong setting, a full disk, a port in use."""

import os
import runpy

from ops import postgres
from ops.errors import OpsError
from ops.installation import ROOT, data_folder, database_kind
from ops.programs import Program, check_ports
from sidan.core.crypto import KeyFormatError, parse_keys

LOCK = "supervisor.lock"
ADDRESSES = ("DATABASE_URL", "DATABASE_OWNER_URL")


def check_settings() -> None:
    """Read every setting once, as the programs will. Raises OpsError with the sentence of the first wrong one.

    The file is run by its path: nothing of it stays loaded, and no other part of Django is needed for it.
    """
    unknown = [name for name in ADDRESSES if name not in os.environ]
    # The own server's addresses are known when it runs; reading the others does not wait for that.
    os.environ.update(dict.fromkeys(unknown, "postgresql://nobody@/nowhere"))
    try:
        read = runpy.run_path(str(ROOT / "config" / "settings.py"))
        for name in ("FIELD_KEYS", "LOOKUP_KEYS"):
            parse_keys(text=read[name], name=f"SIDAN_{name}")
        if read["SIGNING_KEYS"]:
            parse_keys(text=read["SIGNING_KEYS"], name="SIDAN_SIGNING_KEYS")
    except SystemExit as wrong:
        raise OpsError(str(wrong).removeprefix("sidan: ")) from None
    except KeyFormatError as wrong:
        raise OpsError(str(wrong)) from None
    finally:
        for name in unknown:
            del os.environ[name]


def check_before_start(programs: list[Program], *, content: int = 0) -> None:
    """Raise OpsError for whatever stands in the way, with nothing written yet.

    `content` is what will be loaded into a new database, in megabytes.
    """
    check_settings()
    postgres.check_room(data_folder(), kind=database_kind(), content=content)
    # Where a supervisor has run, its lock comes first: what a killed one left may still hold the ports.
    if not (data_folder() / LOCK).exists():
        check_ports(programs)
