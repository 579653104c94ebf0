"""Make sure there is a Chromium for the browser tests: `python -m ops.chromium`. Root on Debian gets it by apt."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome")
PACKAGES = ("chromium", "fonts-noto-cjk")


def find_chromium() -> str | None:
    """Return the path of a Chromium, the one that SIDAN_CHROMIUM names first."""
    candidates = [os.environ.get("SIDAN_CHROMIUM", ""), *NAMES]
    return next((path for name in candidates if name and (path := shutil.which(name))), None)


def main() -> int:
    """Install when absent and possible; say why not otherwise. In CI, where no test may be skipped, it is an error."""
    if find_chromium():
        return 0
    apt = shutil.which("apt-get")
    if os.geteuid() != 0 or not apt:
        print(
            "Chromium is not installed, so the browser tests will be skipped; on Debian: apt install chromium"
        )
        return 1 if os.environ.get("CI") else 0
    print("Installing Chromium for the browser tests …", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    command = [apt, "-qq", "-y", "-o", "DPkg::Lock::Timeout=600"]
    for arguments in (["update"], ["install", "--no-install-recommends", *PACKAGES]):
        done = subprocess.run(
            [*command, *arguments], env=environment, capture_output=True, text=True, check=False
        )
    if done.returncode or not find_chromium():
        last = (done.stderr.strip().splitlines() or ["apt gave no reason"])[-1]
        print(f"sidan: Chromium could not be installed: {last}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
