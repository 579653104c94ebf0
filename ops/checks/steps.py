"""The steps of `make check`: what each runs and how its outcome is told."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DJANGO = ("-m", "django")
SETTINGS = "--settings=ops.checks.settings"


@dataclass(frozen=True)
class Step:
    """One check: a module of this very interpreter with its arguments."""

    name: str
    arguments: tuple[str, ...]
    mend: str


@dataclass(frozen=True)
class Outcome:
    """How a step ended, and what it said."""

    step: Step
    passed: bool
    seconds: float
    said: str


# The slowest first: two run at a time.
STEPS = (
    Step("types", ("-m", "mypy"), "mend the types; an ignore needs its code and a reason"),
    Step("lint", ("-m", "ruff", "check", "."), "python -m ruff check --fix"),
    Step("format", ("-m", "ruff", "format", "--check", "."), "python -m ruff format"),
    Step("imports", ("-m", "ops.checks.imports"), "an arrow may only point down: docs/structure.md"),
    Step("words", ("-m", "ops.words", "check"), "python -m ops.words update, then write the Chinese"),
    Step("system", (*DJANGO, "check", "--fail-level=WARNING", SETTINGS), "as the message says"),
    Step(
        "migrations",
        (*DJANGO, "makemigrations", "--check", "--dry-run", "--skip-checks", SETTINGS),
        "python -m django makemigrations --name a_sentence",
    ),
    Step(
        "openapi",
        ("-m", "ops.checks.openapi"),
        "python -m ops.checks.openapi --write, and read the difference",
    ),
)


def run_steps(steps: Sequence[Step], *, at_once: int = 2) -> list[Outcome]:
    """Run the steps, a few at a time, all of them even if one fails; the outcomes keep the steps' order."""
    with ThreadPoolExecutor(at_once) as pool:
        return list(pool.map(run_step, steps))


def run_step(step: Step) -> Outcome:
    """Run one step in a process of its own."""
    begun = time.monotonic()
    done = subprocess.run(
        [sys.executable, *step.arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    said = (done.stdout + done.stderr).strip()
    return Outcome(step, done.returncode == 0, time.monotonic() - begun, said)
