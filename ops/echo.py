"""Show on the terminal what the demo sends by message: nobody has a telephone of these people."""

import contextlib
import json
import os
from pathlib import Path

SHOWN = frozenset({"console", "console_mail"})
"""The ways by which codes leave where nobody has a telephone or a mailbox."""


class MessageEcho:
    """Follows the worker's log from now on and prints the messages of the console channel."""

    def __init__(self, log: Path) -> None:
        self._log = log
        self._place = log.stat().st_size if log.exists() else 0

    def __call__(self) -> None:
        """Print what has been added since the last look."""
        for line in self._added().splitlines():
            with contextlib.suppress(ValueError):
                entry = json.loads(line)
                if isinstance(entry, dict) and entry.get("channel") in SHOWN:
                    print(f"Message to {entry.get('to', '')}: {entry.get('text', '')}", flush=True)

    def _added(self) -> bytes:
        try:
            with self._log.open("rb") as file:
                if os.fstat(file.fileno()).st_size < self._place:
                    self._place = 0  # the supervisor has begun a new file
                file.seek(self._place)
                # A line that is being written is read when it is whole.
                whole, newline, _ = file.read().rpartition(b"\n")
        except FileNotFoundError:
            return b""
        self._place += len(whole) + len(newline)
        return whole
