"""Processes that must not outlive us: told by the kernel when we die, and marked so that the next start finds them."""

import ctypes
import os
import signal
import sys
from collections.abc import Callable

MARK = "SIDAN_SUPERVISED"
PR_SET_PDEATHSIG = 1
# Loaded before any fork: between fork and exec nothing may be imported.
_LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def ends_with_us() -> Callable[[], None]:
    """Return what a child runs between fork and exec (`preexec_fn`), for a parent with one thread.

    It gives the signals back that we may have blocked, and asks for SIGTERM when we die, however that happens.
    """
    parent = os.getpid()

    def in_child() -> None:
        signal.pthread_sigmask(signal.SIG_SETMASK, set())
        if _LIBC is not None:
            _LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
            if os.getppid() != parent:
                os._exit(1)  # it died before we could ask

    return in_child
