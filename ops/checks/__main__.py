"""Everything that can be known about the code without running it: `python -m ops.checks [name …]` (make check).

All checks run even if one fails, so that one look shows all that is wrong; the exit status is non-zero then.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PYTHON = sys.executable
DJANGO = (PYTHON, "-W", "ignore::RuntimeWarning", "-m", "django")
BESIDE_PYTHON = Path(PYTHON).parent
CHECKS: dict[str, tuple[str, ...]] = {
    "lint": (PYTHON, "-m", "ruff", "check", "--quiet", "."),
    "format": (PYTHON, "-m", "ruff", "format", "--check", "--quiet", "."),
    "types": (PYTHON, "-m", "mypy", "--no-error-summary"),
    "layers": (
        PYTHON,
        "-c",
        "import sys; from importlinter.cli import lint_imports_command as c; sys.exit(c())",
    ),
    "words": (PYTHON, "-m", "ops.words", "check"),
    "django": (*DJANGO, "check", "--fail-level=WARNING"),
    "migrations": (*DJANGO, "makemigrations", "--check", "--dry-run", "--skip-checks"),
}


def main() -> int:
    """Run the named checks, or all, and return the exit status."""
    chosen = sys.argv[1:] or list(CHECKS)
    unknown = [name for name in chosen if name not in CHECKS]
    if unknown:
        print(f"no such check: {', '.join(unknown)}; there are {', '.join(CHECKS)}", file=sys.stderr)
        return 2
    failed = [name for name in chosen if not _passes(name)]
    print(
        f"checks: {len(failed)} of {len(chosen)} failed: {', '.join(failed)}"
        if failed
        else "checks: all passed"
    )
    return 1 if failed else 0


def _passes(name: str) -> bool:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "ops.checks.settings", "PYTHONPATH": str(ROOT)}
    began = time.monotonic()
    done = subprocess.run(
        CHECKS[name],
        cwd=ROOT,
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    verdict = "ok" if done.returncode == 0 else "FAILED"
    print(f"{name:<12} {verdict:<7} {time.monotonic() - began:5.1f} s", flush=True)
    if done.returncode:
        print(done.stdout.rstrip(), flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
