"""One installation: its folder, its environment, its database, and Django on top of them."""

import contextlib
import fcntl
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, cast

from ops import postgres
from ops.children import MARK, ends_with_us
from ops.envfile import ensure_env, read_env
from ops.errors import OpsError
from ops.postgres.binaries import Kind

ROOT = Path(__file__).resolve().parent.parent


def data_folder() -> Path:
    """Return where this installation keeps all that it must not lose: SIDAN_DATA, or `var` beside the code."""
    given = os.environ.get("SIDAN_DATA", "")
    return Path(given).expanduser().resolve() if given else ROOT / "var"


def database_kind() -> Kind:
    """Return which PostgreSQL may be used (SIDAN_POSTGRES)."""
    kind = os.environ.get("SIDAN_POSTGRES", "auto")
    if kind not in ("auto", "wheel", "system"):
        raise OpsError(f"SIDAN_POSTGRES must be auto, wheel or system, not {kind!r}")
    return cast(Kind, kind)


def number_from_environment(name: str, default: int) -> int:
    """Read a whole number such as a port; raises OpsError when it is none."""
    text = os.environ.get(name, "") or str(default)
    if not text.isdecimal():
        raise OpsError(f"the setting {name} must be a whole number, not {text!r}")
    return int(text)


def load_environment(*, create: bool = False) -> None:
    """Put the installation's file into the environment; what is set already wins. `create` makes missing secrets."""
    folder = data_folder()
    values = ensure_env(data_dir=folder) if create else read_env(data_dir=folder)
    if not values and "SIDAN_SECRET_KEY" not in os.environ:
        raise OpsError(f"there is no installation in {folder} yet; `sidan demo` or `sidan migrate` makes one")
    adopt(values)


def adopt(values: Mapping[str, str]) -> None:
    """Put an installation's own values into the environment; what is set already wins."""
    for key, value in values.items():
        os.environ.setdefault(key, value)
    os.environ["SIDAN_DATA"] = str(data_folder())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


@contextlib.contextmanager
def running_installation(*, create: bool = False) -> Iterator[postgres.Urls]:
    """Give the installation with its database up; the addresses are in the environment while it lasts."""
    load_environment(create=create)
    with postgres.running_database(data_folder(), kind=database_kind()) as urls:
        before = {name: os.environ.get(name) for name in urls.as_environment()}
        os.environ.update(urls.as_environment())
        try:
            yield urls
        finally:
            for name, value in before.items():
                os.environ.pop(name) if value is None else os.environ.update({name: value})


def run_django(*arguments: str, as_owner: bool = False) -> None:
    """Run one of Django's commands in a process of its own, as the serving role or as the owner of the tables.

    Raises OpsError with the command's last line when it fails.
    """
    _run(_django(arguments), name=arguments[0], as_owner=as_owner)


def run_module(module: str, *, supervised: bool = False) -> None:
    """Run one of our own modules that needs Django, as the owner of the tables. Raises OpsError like `run_django`."""
    _run([sys.executable, "-m", module], name=module, as_owner=True, supervised=supervised)


def _run(argv: list[str], *, name: str, as_owner: bool, supervised: bool = False) -> None:
    done = subprocess.run(
        argv,
        cwd=ROOT,
        env=_django_environment(as_owner=as_owner, supervised=supervised),
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        preexec_fn=ends_with_us(),
    )
    if done.returncode:
        lines = [line for line in done.stderr.splitlines() if line.strip()]
        raise OpsError(f"{name} failed: {lines[-1].strip() if lines else 'it said nothing'}")


def follow_django(*arguments: str, as_owner: bool = False, supervised: bool = False) -> int:
    """Run one of Django's commands with all that it prints shown as it comes, and return its exit status."""
    environment = _django_environment(as_owner=as_owner, supervised=supervised)
    done = subprocess.run(
        _django(arguments), cwd=ROOT, env=environment, check=False, preexec_fn=ends_with_us()
    )
    return done.returncode


def _django(arguments: tuple[str, ...]) -> list[str]:
    return [sys.executable, "-m", "django", *arguments]


def _django_environment(*, as_owner: bool, supervised: bool) -> dict[str, str]:
    """Return the child's environment. `supervised`: we hold the supervisor's lock, and its next holder may end it."""
    mark = {MARK: str(data_folder())} if supervised else {}
    role = "owner" if as_owner else "app"
    return {**os.environ, **mark, "SIDAN_DB_ROLE": role, "PYTHONPATH": str(ROOT)}


@contextlib.contextmanager
def held_alone(name: str, *, sentence: str) -> Iterator[IO[str]]:
    """Hold a lock file of the installation; raises OpsError with `sentence` when another process has it."""
    folder = data_folder()
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / name).open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise OpsError(sentence) from None
        yield file
