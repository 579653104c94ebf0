"""Make the virtual environment: `python3 -m ops.bootstrap [--dev]`, from nothing but Python 3.11.

The packages are those of the lock file, by hash. A second run that finds nothing changed ends at once.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOG = ROOT / "var" / "logs" / "install.log"
# Only a faster pip: what is installed is fixed by the lock's hashes, and pip itself takes over if uv is not to be had.
UV = "uv>=0.9,<1"
OLDEST = (3, 11)
# Measured: the packages of each lock file, 550 and 960 MB, and the front end's, 120 MB, with a little air.
NEEDED_MEGABYTES = {"run": 700, "dev": 1100}
# What a new lock file may change where most of it is installed already.
LEAST_MEGABYTES = 50


class BootstrapError(Exception):
    """The environment cannot be made; the text is one sentence for the person at the keyboard."""


def main() -> int:
    """Make or refresh the environment and return the exit status."""
    kind = "dev" if "--dev" in sys.argv[1:] else "run"
    try:
        if sys.version_info < OLDEST:
            raise BootstrapError(f"Python 3.11 or newer is needed, and this is {sys.version.split()[0]}")
        if not any(_is_fresh(one) for one in {kind, "dev"}):
            _check_room(kind)
            _begin_log()
            _make_venv()
            _install(kind)
            _stamp(kind).write_text(_state(kind), encoding="utf-8")
    except BootstrapError as error:
        print(f"sidan: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        # A disk that fills up all the same, or a folder without rights, can show at any write.
        print(f"sidan: {error.strerror or error}: {error.filename or ROOT}", file=sys.stderr)
        return 1
    return 0


def _check_room(kind: str) -> None:
    """Raise BootstrapError when the disk cannot hold what is about to be installed; nothing is written before."""
    missing = NEEDED_MEGABYTES[kind] - sum(_megabytes(one) for one in (VENV, ROOT / "frontend/node_modules"))
    free, needed = shutil.disk_usage(ROOT).free // 2**20, max(missing, LEAST_MEGABYTES)
    if free < needed:
        raise BootstrapError(
            f"the disk that holds {ROOT} is full: {free} MB are free and {needed} MB are needed for the packages; "
            "make room and try again"
        )


def _megabytes(folder: Path) -> int:
    """Return what a folder takes on its disk."""
    files = (Path(base, name) for base, _, names in os.walk(folder) for name in names)
    return sum(path.lstat().st_blocks * 512 for path in files) // 2**20


def _begin_log() -> None:
    """Empty the log, so that the reason of a failure is looked for among the lines of this run only."""
    LOG.parent.mkdir(parents=True, exist_ok=True)
    LOG.write_text("", encoding="utf-8")


def _lock(kind: str) -> Path:
    return ROOT / ("requirements-dev.lock" if kind == "dev" else "requirements.lock")


def _stamp(kind: str) -> Path:
    return VENV / f"sidan-{kind}.stamp"


def _state(kind: str) -> str:
    """Return what the environment depends on; the path is part of it because an environment cannot be moved."""
    digest = hashlib.sha256(bytes(VENV))
    digest.update(sys.version.encode())
    for path in (_lock(kind), ROOT / "pyproject.toml"):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _is_fresh(kind: str) -> bool:
    stamp = _stamp(kind)
    return PYTHON.exists() and stamp.exists() and stamp.read_text(encoding="utf-8") == _state(kind)


def _make_venv() -> None:
    # The same folder may hold an environment of another Python, or one whose Python is gone.
    usable = PYTHON.exists() and _run([PYTHON, "-c", f"import sys, pip; assert sys.prefix == {str(VENV)!r}"])
    if usable:
        return
    print("Making the virtual environment …", flush=True)
    if not _run([sys.executable, "-m", "venv", "--clear", VENV]):
        raise BootstrapError(
            f"the virtual environment could not be made; on Debian: apt install python3-venv ({_why()})"
        )


def _install(kind: str) -> None:
    print("Installing packages (once, and again when the lock file changes) …", flush=True)
    pip: list[str | Path] = [
        PYTHON,
        "-m",
        "pip",
        "--disable-pip-version-check",
        "install",
        "-q",
        "--retries=2",
    ]
    uv: list[str | Path] = [PYTHON, "-m", "uv", "pip", "install", "-q", f"--python={PYTHON}"]
    locked: list[str | Path] = ["--require-hashes", "-r", _lock(kind)]
    has_uv = _run([PYTHON, "-m", "uv", "--version"]) or _run([*pip, UV])
    if not (has_uv and _run([*uv, *locked])) and not _run([*pip, *locked]):
        raise BootstrapError(
            f"the packages could not be fetched; is the network there? Nothing was started ({_why()})"
        )
    # Without isolation setuptools comes from the lock as well.
    if not _run([*pip, "--no-deps", "--no-build-isolation", "-e", ROOT]):
        raise BootstrapError(f"the package itself could not be installed ({_why()})")


def _run(argv: list[str | Path]) -> bool:
    """Run a command with its output in the log; say whether it succeeded."""
    with LOG.open("a", encoding="utf-8") as log:
        log.write(f"\n$ {' '.join(map(str, argv))}\n")
        log.flush()
        environment = {**os.environ, "VIRTUAL_ENV": str(VENV), "PYTHONUTF8": "1"}
        done = subprocess.run(
            argv,
            stdout=log,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            cwd=ROOT,
            env=environment,
            check=False,
        )
    return done.returncode == 0


def _why() -> str:
    """Return the line that says why: a full disk before anything else, then the last error, then the last line."""
    lines = [
        line.strip()
        for line in LOG.read_text(encoding="utf-8", errors="replace").splitlines()
        if line.strip()
    ]
    full = [line for line in lines if re.search(r"no space left|disk quota", line, re.IGNORECASE)]
    wrong = [line for line in lines if re.match(r"(ERROR|error|× )", line)]
    said = (full or wrong or lines or ["it said nothing"])[-1]
    return f"{said[:200]}; all of it in {LOG}"


if __name__ == "__main__":
    sys.exit(main())
