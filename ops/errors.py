"""The one error of running an installation: a sentence for the person at the keyboard, never a traceback."""


class OpsError(Exception):
    """Something outside the program stops it; `str(error)` says what happened and what to do."""


class DiskFull(OpsError):
    """There is too little room; who waits may find some later."""
