"""Make the fixture of the version that is checked out: `python -m tests.ops.upgrade.make_fixture v0.1.0`.

Done once for each released version, at its tag; the file is committed and never made again. The keys in it open nothing
but the invented county beside them. It is a backup made small: the dump packed by xz instead of by PostgreSQL, and a
few of the pictures, for one tells as much about an upgrade as fifty.
"""

import lzma
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Final

from ops import dump, postgres
from ops.archive import DUMP, FILES, extract, read_keys, read_manifest, write_archive
from tests.ops.installations import A_PERSON, Installation

HERE: Final = Path(__file__).resolve().parent
PICTURES: Final = 4
"""Each with its thumbnail."""


def main() -> int:
    """Load a small county, back it up, and leave the backup, made small, in this folder."""
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
        target = HERE / f"{sys.argv[1]}.tar.xz"
        make_small(backup, target=target, base=base)
        print(f"{target.name}: {target.stat().st_size / 2**20:.1f} MB")
    finally:
        postgres.stop(installation.folder)
        shutil.rmtree(base, ignore_errors=True)
    return 0


def make_small(backup: Path, *, target: Path, base: Path) -> None:
    """Write a backup anew with an unpacked dump and few pictures, then pack the whole; restored below `base` for it."""
    installation = Installation(base / "small")
    installation.must("restore", str(backup))
    dumped = base / DUMP
    with postgres.running_database(installation.folder) as urls:
        dump.dump(urls.owner, into=dumped, compress=False)
    extract(backup, prefix=FILES, into=base)
    kept = sorted(thumb.stem for thumb in (base / FILES).rglob("*.thumb"))[:PICTURES]
    for picture in list((base / FILES).rglob("*")):
        if picture.is_file() and picture.stem not in kept:
            picture.unlink()
    plain = base / "small.tar"
    manifest = read_manifest(backup)
    manifest.sha256.clear()
    write_archive(target=plain, manifest=manifest, keys=read_keys(backup), dump=dumped, files=base / FILES)
    with plain.open("rb") as source, lzma.open(target, "wb", preset=9 | lzma.PRESET_EXTREME) as packed:
        shutil.copyfileobj(source, packed)


if __name__ == "__main__":
    sys.exit(main())
