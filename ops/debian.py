"""Packages of the machine that tests need and no wheel brings: installed by apt when absent, if that may be done."""

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

# What Debian's packages ask before they start a service at their installation; 101 forbids it.
POLICY = Path("/usr/sbin/policy-rc.d")


def ensure_packages(*, packages: tuple[str, ...], is_there: Callable[[], bool], name: str, use: str) -> int:
    """Install when absent and possible; say why not otherwise. In CI, where no test may be skipped, that is an error.

    Returns the exit status for the command line. `use` says what is left out without them.
    """
    if is_there():
        return 0
    apt = shutil.which("apt-get")
    if os.geteuid() != 0 or not apt:
        print(
            f"{name} is not installed, so {use} will be skipped; on Debian: apt install {' '.join(packages)}"
        )
        return 1 if os.environ.get("CI") else 0
    print(f"Installing {name} for {use} …", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    command = [apt, "-qq", "-y", "-o", "DPkg::Lock::Timeout=600"]
    with _no_service_starts():
        for arguments in (["update"], ["install", "--no-install-recommends", *packages]):
            done = subprocess.run(
                [*command, *arguments], env=environment, capture_output=True, text=True, check=False
            )
    if done.returncode or not is_there():
        last = (done.stderr.strip().splitlines() or ["apt gave no reason"])[-1]
        print(f"sidan: {name} could not be installed: {last}", file=sys.stderr)
        return 1
    return 0


@contextlib.contextmanager
def _no_service_starts() -> Iterator[None]:
    """A test run must not open a port of the machine to the world; a policy that is there already is kept."""
    if POLICY.exists():
        yield
        return
    POLICY.write_text("#!/bin/sh\nexit 101\n", encoding="ascii")
    POLICY.chmod(0o755)
    try:
        yield
    finally:
        POLICY.unlink(missing_ok=True)
