"""Sixteen clients with persistent connections, in a process of their own and as light as can be.

Plain sockets and requests made ready beforehand: a client that costs as much as the server would measure itself.
"""

import itertools
import re
import resource
import socket
import threading
import time
from dataclasses import dataclass, field

CLIENTS = 16
ID_IN_ANSWER = re.compile(rb'"id": ?"([0-9a-f-]{36})"')
SLOT = b"00000000-0000-7000-8000-000000000000"
"""Stands in a unit's second request where an id of the first answer belongs."""

Unit = tuple[bytes, ...]


@dataclass
class Outcome:
    """What one run of the clients saw. `latencies` are of single requests, in seconds."""

    units: int = 0
    seconds: float = 0.0
    cpu_ms: float = 0.0
    latencies: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


class Connection:
    """One persistent connection that knows just enough of HTTP/1.1."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=90)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, request: bytes) -> tuple[int, bytes]:
        """Send a request and return status and body. Raises ConnectionError when the server hangs up."""
        self._socket.sendall(request)
        data = self._receive()
        while b"\r\n\r\n" not in data:
            data += self._receive()
        head, _, body = data.partition(b"\r\n\r\n")
        status, head = int(head[9:12]), head.lower()
        if status == 204:
            return status, b""
        if b"transfer-encoding: chunked" in head:
            while not body.endswith(b"\r\n0\r\n\r\n"):
                body += self._receive()
            return status, _joined(body)
        length = int(head.partition(b"content-length: ")[2].split(b"\r\n", 1)[0])
        while len(body) < length:
            body += self._receive()
        return status, body

    def close(self) -> None:
        self._socket.close()

    def _receive(self) -> bytes:
        data = self._socket.recv(262_144)
        if not data:
            raise ConnectionResetError("the server hung up")
        return data


def _joined(chunks: bytes) -> bytes:
    """Put the pieces of a chunked body together."""
    whole = []
    while True:
        size, _, rest = chunks.partition(b"\r\n")
        length = int(size, 16)
        if not length:
            return b"".join(whole)
        whole.append(rest[:length])
        chunks = rest[length + 2 :]


def request(
    *, method: str, path: str, token: str = "", cookie: str = "", key: str = "", body: bytes = b"",
    kind: str = "application/json", more: tuple[str, ...] = (),
) -> bytes:  # fmt: skip
    """Make a request ready to be sent."""
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", "Accept-Language: zh-CN"]
    lines += [f"Authorization: Bearer {token}"] if token else []
    lines += [f"Cookie: {cookie}"] if cookie else []
    lines += [f"Idempotency-Key: {key}"] if key else []
    lines += [f"Content-Type: {kind}", *more] if body else []
    lines += [f"Content-Length: {len(body)}"] if method == "POST" else []
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def run_units(
    port: int, units: list[Unit], seconds: float, clients: int = CLIENTS, pace: float = 0.0
) -> Outcome:
    """Let clients work through the units until they are used up or the time is over.

    As fast as they are answered; with a `pace` so many units a second all together and no faster.
    """
    waiting, outcome, lock = iter(units), Outcome(), threading.Lock()
    begun = [0.0]
    gate = threading.Barrier(clients + 1, action=lambda: begun.__setitem__(0, time.perf_counter()))

    def client() -> None:
        connection, mine, done = Connection(port), [], 0
        gate.wait()
        while time.perf_counter() < begun[0] + seconds:
            with lock:
                unit = next(waiting, None)
            if unit is None:
                break
            if pace:
                time.sleep(clients / pace)
            done += _one(connection, unit, mine, outcome.wrong)
        connection.close()
        with lock:
            outcome.latencies += mine
            outcome.units += done

    threads = [threading.Thread(target=client) for _nth in range(clients)]
    for thread in threads:
        thread.start()
    before = _cpu_ms()
    gate.wait()
    for thread in threads:
        thread.join()
    outcome.seconds = time.perf_counter() - begun[0]
    outcome.cpu_ms = _cpu_ms() - before
    return outcome


def _one(connection: Connection, unit: Unit, latencies: list[float], wrong: list[str]) -> int:
    found = SLOT
    for nth, one in enumerate(unit):
        started = time.perf_counter()
        status, body = connection.ask(one.replace(SLOT, found) if nth else one)
        latencies.append(time.perf_counter() - started)
        if status >= 300:
            wrong.append(f"{one[:90]!r}: {status} {body[:200]!r}")
            return 0
        if len(unit) > 1 and (match := ID_IN_ANSWER.search(body)):
            found = match[1]
    return 1


def repeated(unit: Unit) -> list[Unit]:
    """Return the same unit often enough for any run: what reads may be asked again."""
    return list(itertools.repeat(unit, 20_000))


def _cpu_ms() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return (used.ru_utime + used.ru_stime) * 1000
