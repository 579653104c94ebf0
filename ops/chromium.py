"""Make sure there is a Chromium for the browser tests: `python -m ops.chromium`. Root on Debian gets it by apt."""

import os
import shutil
import sys

from ops.debian import ensure_packages

NAMES = ("chromium", "chromium-browser", "google-chrome")
PACKAGES = ("chromium", "fonts-noto-cjk")


def find_chromium() -> str | None:
    """Return the path of a Chromium, the one that SIDAN_CHROMIUM names first."""
    candidates = [os.environ.get("SIDAN_CHROMIUM", ""), *NAMES]
    return next((path for name in candidates if name and (path := shutil.which(name))), None)


def main() -> int:
    """Install it when absent and possible."""
    return ensure_packages(
        packages=PACKAGES,
        is_there=lambda: find_chromium() is not None,
        name="Chromium",
        use="the browser tests",
    )


if __name__ == "__main__":
    sys.exit(main())
