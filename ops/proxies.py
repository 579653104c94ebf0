"""Make sure nginx and PgBouncer are there for the test of a county's own server: `python -m ops.proxies`."""

import os
import shutil
import sys

from ops.debian import ensure_packages

PACKAGES = ("nginx", "pgbouncer")
# Debian keeps servers where an ordinary account's PATH does not look.
PLACES = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin", "/usr/local/sbin"])


def find_proxies() -> dict[str, str]:
    """Return the paths of those that are here."""
    return {name: path for name in PACKAGES if (path := shutil.which(name, path=PLACES))}


def main() -> int:
    """Install them when absent and possible."""
    return ensure_packages(
        packages=PACKAGES,
        is_there=lambda: len(find_proxies()) == len(PACKAGES),
        name="nginx and PgBouncer",
        use="the test of a county's own server",
    )


if __name__ == "__main__":
    sys.exit(main())
