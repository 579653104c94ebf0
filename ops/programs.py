"""The three programs of an installation, as command lines: web, worker and live."""

import errno
import importlib.util
import os
import socket
import sys
from dataclasses import dataclass

from ops.errors import OpsError
from ops.installation import number_from_environment

LARGEST_PORT = 65535


@dataclass(frozen=True)
class Program:
    """A process to keep running. `port` is where it listens, 0 for none."""

    name: str
    argv: tuple[str, ...]
    port: int = 0


def bind_address() -> str:
    """Return the address to listen on: this machine only, unless a setting says otherwise (nginx stands before it)."""
    return os.environ.get("SIDAN_BIND", "") or "127.0.0.1"


def port_from_environment(name: str, default: int) -> int:
    """Read a port. Raises OpsError for a number that no port has."""
    port = number_from_environment(name, default)
    if not 1 <= port <= LARGEST_PORT:
        raise OpsError(f"the setting {name} must be a port from 1 to {LARGEST_PORT}, not {port}")
    return port


def web() -> Program:
    """Serve pages and API: few threads a worker, because Python runs one at a time and each holds a connection."""
    port = port_from_environment("SIDAN_PORT", 8000)
    workers = number_from_environment("SIDAN_WEB_WORKERS", 2)
    options = (
        "--workers",
        str(workers),
        "--blocking-threads",
        "2",
        "--no-ws",
        "--workers-kill-timeout",
        "10",
    )
    return Program(name="web", argv=_granian("wsgi", "config.wsgi:application", port, *options), port=port)


def worker() -> Program:
    """Do the deferred and the periodic jobs."""
    at_once = str(number_from_environment("SIDAN_JOBS_AT_ONCE", 2))
    options = ("--name", "sidan", "--concurrency", at_once, "--shutdown-graceful-timeout", "8")
    return Program(name="worker", argv=(sys.executable, "-m", "django", "procrastinate", "worker", *options))


def live() -> Program:
    """Send what changes to open pages: one small process for all of them."""
    port = port_from_environment("SIDAN_LIVE_PORT", 8001)
    options = ("--workers", "1", "--workers-kill-timeout", "5")
    return Program(name="live", argv=_granian("asgi", "ops.live:application", port, *options), port=port)


def all_programs() -> list[Program]:
    """Return every program of a complete installation."""
    return [web(), worker(), live()]


def check_ports(programs: list[Program]) -> None:
    """Raise OpsError when somebody already listens where one of the programs would, or two of them would."""
    ports = [program.port for program in programs if program.port]
    if len(set(ports)) < len(ports):
        raise OpsError(f"SIDAN_PORT and SIDAN_LIVE_PORT are both {ports[0]}; give them different ones")
    for program in programs:
        if program.port and not port_is_free(program.port):
            raise OpsError(
                f"port {program.port} is in use by another program; stop it, or set "
                f"{'SIDAN_LIVE_PORT' if program.name == 'live' else 'SIDAN_PORT'} to a free one. Nothing was started"
            )


def port_is_free(port: int) -> bool:
    """Say whether this address and port can be listened on."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((bind_address(), port))
        except PermissionError:
            raise OpsError(f"port {port} may only be used by root; choose one above 1023") from None
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return False
            raise OpsError(f"the address {bind_address()} cannot be listened on: {error.strerror}") from None
    return True


def _granian(interface: str, target: str, port: int, *options: str) -> tuple[str, ...]:
    if importlib.util.find_spec("granian") is None:
        raise OpsError("granian is not installed; run make venv")
    return (
        *(sys.executable, "-m", "granian", "--interface", interface, target),
        *("--host", bind_address(), "--port", str(port), "--log-level", "warning"),
        *("--respawn-failed-workers", "--respawn-interval", "0.5"),
        *options,
    )
