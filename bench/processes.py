"""CPU time of processes, read from /proc."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

TICK_MS = 1000 / os.sysconf("SC_CLK_TCK")


def _stat(pid: int) -> list[str]:
    """Return the fields of /proc/PID/stat behind the name, which may hold spaces."""
    return Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(") ")[2].split()


def _parents() -> Iterator[tuple[int, int]]:
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            yield int(entry.name), int(_stat(int(entry.name))[1])
        except (FileNotFoundError, ProcessLookupError):
            continue  # it has just ended


def family(pid: int) -> list[int]:
    """Return a process and all that it started, directly or not."""
    parents, found = dict(_parents()), {pid}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return sorted(found)


def cpu_ms(pid: int) -> float:
    """Return the CPU time of a process, its living descendants and those that have ended, in milliseconds."""
    total = 0
    for member in family(pid):
        try:
            fields = _stat(member)
        except (FileNotFoundError, ProcessLookupError):
            continue  # its parent counts it from now on
        # utime, stime; and of the descendants that were waited for cutime, cstime.
        total += sum(int(field) for field in fields[11:15])
    return total * TICK_MS


def yardstick_ms() -> float:
    """Return the CPU time of a fixed piece of work: on a machine that others use, the same code costs more of it."""
    before = time.process_time()
    total = 0
    for number in range(1_000_000):
        total += number * number % 7
    return (time.process_time() - before) * 1000
