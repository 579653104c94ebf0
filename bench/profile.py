"""Where the time of one case goes: its requests through the WSGI door inside one process, under cProfile.

    python -m bench.profile place

Prints the CPU of a request without the profiler, the statements it sends, and the functions that cost most.
"""

import argparse
import cProfile
import io
import os
import pickle
import pstats
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psycopg

from bench.cases import CASES, stock_for
from bench.http_load import ID_IN_ANSWER, SLOT, Unit
from bench.site import measured_site
from bench.stock import make_orders

UNITS = 150


def main() -> int:
    """Build a site, hand the units of one case to a process that serves them itself."""
    parser = argparse.ArgumentParser(prog="python -m bench.profile", description=__doc__)
    parser.add_argument("case", choices=[case.name for case in CASES])
    parser.add_argument("--lines", type=int, default=45)
    parser.add_argument("--units", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.units:
        return _inside(pickle.loads(Path(options.units).read_bytes()), options.lines)
    case = next(case for case in CASES if case.name == options.case)
    with measured_site() as site, psycopg.connect(site.urls.app, autocommit=True) as connection:
        make_orders(connection, site.county, count=400, state="submitted")
        with psycopg.connect(site.urls.owner, autocommit=True) as owner:
            owner.execute("ANALYZE")
        units = case.units(site.county, stock_for(case, connection, site.county, 3 * UNITS))[: 3 * UNITS]
        kept = site.folder / "units"
        kept.write_bytes(pickle.dumps(units))
        command = [
            sys.executable,
            "-m",
            "bench.profile",
            case.name,
            "--lines",
            str(options.lines),
            "--units",
            str(kept),
        ]
        return subprocess.run(command, check=False).returncode


def _inside(units: list[Unit], lines: int) -> int:
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    # Django must not be set up before the environment says which installation this is.
    from config.wsgi import application

    _all(application, units[:UNITS])
    before, sent = time.process_time(), _all(application, units[UNITS : 2 * UNITS])
    milliseconds = (time.process_time() - before) * 1000 / sent
    for statement in _statements(application, units[2 * UNITS]):
        print("-", statement)
    profiler = cProfile.Profile()
    profiler.enable()
    _all(application, units[2 * UNITS + 1 :])
    profiler.disable()
    pstats.Stats(profiler).sort_stats("tottime").print_stats(lines)
    pstats.Stats(profiler).sort_stats("cumtime").print_stats("sidan|ninja|template", lines)
    print(f"{milliseconds:.2f} ms of CPU a request, without the profiler and without the server")
    return 0


def _all(application: Any, units: list[Unit]) -> int:
    return sum(_one(application, unit) for unit in units)


def _one(application: Any, unit: Unit) -> int:
    found = SLOT
    for nth, request in enumerate(unit):
        status, body = ask(application, request.replace(SLOT, found) if nth else request)
        if not status.startswith("2"):
            raise SystemExit(f"{status}: {body[:300]!r}")
        match = ID_IN_ANSWER.search(body)
        found = match[1] if match else found
    return len(unit)


def ask(application: Any, request: bytes) -> tuple[str, bytes]:
    """Hand a request through the WSGI door; return status and body."""
    head, _, body = request.partition(b"\r\n\r\n")
    first, *rest = head.decode().split("\r\n")
    method, address, _version = first.split(" ")
    path, _, query = address.partition("?")
    environ = {
        "REQUEST_METHOD": method, "SCRIPT_NAME": "", "PATH_INFO": path, "QUERY_STRING": query,
        "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(body), "wsgi.errors": sys.stderr, "wsgi.version": (1, 0),
    }  # fmt: skip
    for line in rest:
        name, _, value = line.partition(": ")
        bare = name.upper().replace("-", "_")
        environ[bare if bare in {"CONTENT_TYPE", "CONTENT_LENGTH"} else f"HTTP_{bare}"] = value
    answered: list[str] = []
    chunks = application(environ, lambda status, _headers: answered.append(status))
    content = b"".join(chunks)
    chunks.close()
    return answered[0], content


def _statements(application: Any, unit: Unit) -> list[str]:
    # Only here, where Django is set up.
    from django.db import connection

    seen: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        seen.append(" ".join(str(sql).split())[:150])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        _one(application, unit)
    return seen


if __name__ == "__main__":
    sys.exit(main())
