"""A provider of text messages as a real server on this machine, which can go down and come back."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Provider:
    """What it was told, and what it answers."""

    port: int = 0
    told: list[dict[str, Any]] = field(default_factory=list)
    answer: Callable[[dict[str, Any]], tuple[int, bytes]] = lambda _request: (200, b'{"code": 0}')

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def texts(self) -> list[str]:
        """Return the texts that it took, in the order of their arrival."""
        return [json.loads(request["body"])["content"] for request in self.told]

    def ids(self) -> list[str]:
        """Return the ids under which it was told."""
        return [json.loads(request["body"])["ref"] for request in self.told]


def _handler(provider: Provider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            request = {
                "path": self.path, "headers": dict(self.headers), "body": self.rfile.read(length).decode(),
            }  # fmt: skip
            provider.told.append(request)
            status, said = provider.answer(request)
            self.send_response(status)
            if status == 302:
                self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        do_GET = do_POST  # noqa: N815 - the name that the library calls

        def log_message(self, *_args: Any) -> None:
            """Say nothing."""

    return Handler


@contextmanager
def serving(provider: Provider) -> Iterator[Provider]:
    """Serve as long as the block runs; at the same port when it served before."""
    with ThreadingHTTPServer(("127.0.0.1", provider.port), _handler(provider)) as server:
        provider.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield provider
        finally:
            server.shutdown()
            thread.join()
