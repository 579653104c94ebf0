"""Make the fixture of the version that is checked out: `python -m tests.ops.upgrade.make_fixture v0.1.0`.

Done once for each released version, at its tag; the file is committed and never made again. The keys in it open nothing
but the invented county beside them.
"""

import gzip
import shutil
import sys
import tempfile
from pathlib import Path

from ops import postgres
from tests.ops.installations import A_PERSON, Installation

HERE = Path(__file__).resolve().parent


def main() -> int:
    """Load a small county, back it up, and leave the compressed backup in this folder."""
    if len(sys.argv) != 2 or not sys.argv[1].startswith("v"):
        print("say which version: python -m tests.ops.upgrade.make_fixture v0.1.0", file=sys.stderr)
        return 2
    base = Path(tempfile.mkdtemp(prefix="sidan-fixture-"))
    base.chmod(0o755)
    installation = Installation(base / "data")
    try:
        installation.must("demo", "--no-serve")
        installation.must("manage", "shell", "--no-startup", "-c", A_PERSON)
        installation.must("backup")
        backup = next((installation.folder / "backups").glob("*.tar"))
        target = HERE / f"{sys.argv[1]}.tar.gz"
        with backup.open("rb") as plain, gzip.open(target, "wb") as packed:
            shutil.copyfileobj(plain, packed)
        print(f"{target.name}: {target.stat().st_size / 2**20:.1f} MB")
    finally:
        postgres.stop(installation.folder)
        shutil.rmtree(base, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
