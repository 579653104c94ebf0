"""Real installations for tests: the command `sidan` in processes of its own, as a person would call it."""

import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

A_PERSON = """
from django.utils import timezone
from sidan.core.scope import everything
from sidan.people.models import Person
with everything("a person to be found again after a restore"):
    Person.unscoped.create(
        name="赖小满", contact_phone="12012345678", address="长宁镇某路", created_at=timezone.now()
    )
"""
READ_PERSON = """
from sidan.core.scope import everything
from sidan.people.models import Person
with everything("the person that was kept"):
    person = Person.unscoped.get(name="赖小满")
    print("phone", person.contact_phone, "address", person.address)
"""


@dataclass
class Installation:
    """One folder, and the settings that go with it."""

    folder: Path
    settings: dict[str, str] = field(default_factory=dict)

    def environment(self) -> dict[str, str]:
        """Return the surroundings of a person who has set nothing but these."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("SIDAN_", "DATABASE_", "DJANGO_"))
        }
        return {**kept, "SIDAN_DATA": str(self.folder), "PYTHONPATH": str(ROOT), **self.settings}

    def sidan(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Call one verb and wait for its end."""
        return subprocess.run(
            [sys.executable, "-m", "ops.cli", *arguments],
            env=self.environment(),
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    def must(self, *arguments: str) -> str:
        """Call one verb that has to succeed and return what it printed."""
        done = self.sidan(*arguments)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def refused(self, *arguments: str) -> str:
        """Call one verb that has to fail with one sentence, and return the sentence."""
        done = self.sidan(*arguments)
        assert done.returncode == 1, done.stdout
        assert done.stderr.count("\n") == 1, done.stderr
        return done.stderr.removeprefix("sidan: ").strip()
