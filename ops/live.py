"""The live process: tells open pages of the dispatcher's queue which orders moved (server-sent events).

A small ASGI application of its own, because an open stream would hold one of the few threads of the web workers. It
asks the database once a second for new steps, one query whatever the number of readers, and hands each reader what
lies in their scope. Why it polls and nobody notifies: docs/adr/0004-live-view-polls-steps.md.
"""

import asyncio
import contextlib
import json
import os
import signal
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from importlib import import_module
from typing import Any, Final, TypeVar

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

# Django's parts can be imported only after the set-up above.
from django.conf import settings  # noqa: E402 # see above
from django.db import DatabaseError, close_old_connections, connection  # noqa: E402 # see above

from ops.installation import number_from_environment  # noqa: E402 # see above
from sidan.core.clock import now  # noqa: E402 # see above
from sidan.core.logs import logger  # noqa: E402 # see above
from sidan.orders.queries.live import Moved, Sight, moved_since, newest_step, sight_of  # noqa: E402 # see above
from sidan.people.access import onlooker  # noqa: E402 # see above
from sidan.people.enums import ORDER_STAFF_ROLES  # noqa: E402 # see above

POLL_SECONDS: Final = 1.0
OVERLAP_SECONDS: Final = 10.0
"""Ids are given out before they are committed: so long a later id does not hide an earlier one."""
HEARTBEAT_SECONDS: Final = 15.0
CHECK_SECONDS: Final = 60.0
"""How often it is asked whether a reader is still signed in and what they oversee now."""
MOST_WAITING: Final = 1000
PATH: Final = "/live/queue"

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
_Answer = TypeVar("_Answer")
log = logger("sidan.live")


@dataclass(eq=False)
class Reader:
    """One open page: whose session, what they may see, and what waits to be sent."""

    session_key: str
    sight: Sight
    waiting: "asyncio.Queue[Moved | None]" = field(default_factory=lambda: asyncio.Queue(MOST_WAITING))


def look(session_key: str) -> Sight | None:
    """Return what the owner of a session may see; nothing when nobody of the staff is signed in with it."""
    store = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    actor = onlooker(store, at=now())
    if actor is None or not actor.roles & ORDER_STAFF_ROLES:
        return None
    return sight_of(actor=actor)


class Hub:
    """Polls while somebody reads, and hands out. All database work is done by one thread with one connection."""

    def __init__(self) -> None:
        self.readers: set[Reader] = set()
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="live-database")
        self._poller: asyncio.Task[None] | None = None
        self._marks: list[tuple[float, int]] = []
        self._seen: dict[int, float] = {}
        self.is_ending = False

    async def ask(self, question: Callable[..., _Answer], *args: object) -> _Answer:
        """Run a question to the database in the hub's own thread."""

        def safely() -> _Answer:
            close_old_connections()
            return question(*args)

        return await asyncio.get_running_loop().run_in_executor(self._thread, safely)

    def join(self, reader: Reader) -> None:
        """Let a reader take part; the first one starts the polling."""
        self.readers.add(reader)
        if self._poller is None or self._poller.done():
            self._poller = asyncio.create_task(self._poll())

    def leave(self, reader: Reader) -> None:
        """Forget a reader."""
        self.readers.discard(reader)

    async def _poll(self) -> None:
        self._marks, self._seen = [], {}
        while self.readers and not self.is_ending:
            try:
                if self._marks:
                    await self._poll_once()
                else:
                    self._marks = [(time.monotonic(), await self.ask(newest_step))]
                await asyncio.sleep(POLL_SECONDS)
            except DatabaseError:
                # The database restarts: the pages stay open and hear of what was missed at the next success.
                log.warning("poll failed")
                await self.ask(connection.close)
                await asyncio.sleep(POLL_SECONDS)

    async def _poll_once(self) -> None:
        at = time.monotonic()
        after = self._marks[0][1]
        moved = await self.ask(lambda: moved_since(after=after, seen=list(self._seen)))
        for each in moved:
            self._seen[each.step_id] = at
            for reader in list(self.readers):
                if reader.sight.holds(each):
                    self._hand(reader, each)
        self._marks.append((at, max([self._marks[-1][1], *(each.step_id for each in moved)])))
        self._forget(at)

    def _forget(self, at: float) -> None:
        """Move the mark on to where it was ten seconds ago; what lies behind it need not be remembered."""
        while len(self._marks) > 1 and self._marks[1][0] <= at - OVERLAP_SECONDS:
            self._marks.pop(0)
        mark = self._marks[0][1]
        self._seen = {step: seen_at for step, seen_at in self._seen.items() if step > mark}

    def _hand(self, reader: Reader, moved: Moved | None) -> None:
        try:
            reader.waiting.put_nowait(moved)
        except asyncio.QueueFull:
            # A page that takes nothing any more: it is let go, and reads anew when it comes back.
            self.leave(reader)

    def end(self) -> None:
        """End every stream at once."""
        self.is_ending = True
        for reader in list(self.readers):
            self._hand(reader, None)
        self._thread.shutdown(wait=False, cancel_futures=True)


HUB = Hub()


def allowed_origins() -> frozenset[str]:
    """Return the origins whose pages may read: those of the settings, and this machine's own web port."""
    port = number_from_environment("SIDAN_PORT", 8000)
    own = {f"http://{host}:{port}" for host in settings.ALLOWED_HOSTS if host != "*"}
    return frozenset({*settings.CSRF_TRUSTED_ORIGINS, *own})


def _headers(scope: Scope) -> dict[str, str]:
    return {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}


def _session_key(headers: dict[str, str]) -> str:
    try:
        cookies = SimpleCookie(headers.get("cookie", ""))
    except CookieError:
        return ""
    found = cookies.get(settings.SESSION_COOKIE_NAME)
    return found.value if found else ""


async def _answer(send: Send, status: int, text: str, *more: tuple[bytes, bytes]) -> None:
    kind = (b"content-type", b"text/plain; charset=utf-8")
    start = {"type": "http.response.start", "status": status, "headers": [kind, *more]}
    await send(start)
    await send({"type": "http.response.body", "body": text.encode(), "more_body": False})


def event_text(moved: Moved) -> str:
    """Return one event as it goes over the line; its id is where a page that comes back goes on."""
    data = json.dumps({"id": moved.uuid, "number": moved.number, "state": moved.state})
    return f"id: {moved.step_id}\nevent: order\ndata: {data}\n\n"


async def _missed(reader: Reader, last_id: str) -> list[Moved]:
    """Return what a page that comes back has missed."""
    if not last_id.isascii() or not last_id.isdigit() or len(last_id) > 18:
        return []
    after = int(last_id)
    missed = await HUB.ask(lambda: moved_since(after=after, seen=[]))
    return [each for each in missed if reader.sight.holds(each)]


async def _events(reader: Reader, last_id: str) -> AsyncIterator[str]:
    yield "retry: 3000\n\n"
    for each in await _missed(reader, last_id):
        yield event_text(each)
    checked = time.monotonic()
    while reader in HUB.readers and not HUB.is_ending:
        try:
            moved = await asyncio.wait_for(reader.waiting.get(), HEARTBEAT_SECONDS)
        except TimeoutError:
            yield ": still here\n\n"
        else:
            if moved is None:
                return
            yield event_text(moved)
        if time.monotonic() - checked >= CHECK_SECONDS:
            sight = await HUB.ask(look, reader.session_key)
            if sight is None:
                return
            reader.sight, checked = sight, time.monotonic()


async def _stream(reader: Reader, last_id: str, send: Send, headers: list[tuple[bytes, bytes]]) -> None:
    start = [
        (b"content-type", b"text/event-stream; charset=utf-8"),
        (b"cache-control", b"no-store"),
        # nginx would keep back what it could send on.
        (b"x-accel-buffering", b"no"),
        *headers,
    ]
    await send({"type": "http.response.start", "status": 200, "headers": start})
    async for text in _events(reader, last_id):
        await send({"type": "http.response.body", "body": text.encode(), "more_body": True})
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _queue(scope: Scope, receive: Receive, send: Send) -> None:
    headers = _headers(scope)
    origin = headers.get("origin", "")
    if origin and origin not in allowed_origins():
        return await _answer(send, 403, "this page may not read here\n")
    allowed = [(b"vary", b"origin, cookie")]
    if origin:
        allowed += [
            (b"access-control-allow-origin", origin.encode("latin-1")),
            (b"access-control-allow-credentials", b"true"),
        ]
    key = _session_key(headers)
    try:
        sight = await HUB.ask(look, key) if key else None
    except DatabaseError:
        return await _answer(send, 503, "the database does not answer\n", *allowed)
    if sight is None:
        return await _answer(send, 401, "please sign in first\n", *allowed)
    reader = Reader(session_key=key, sight=sight)
    HUB.join(reader)
    gone = asyncio.create_task(_until_gone(receive))
    sending = asyncio.create_task(_stream(reader, headers.get("last-event-id", ""), send, allowed))
    try:
        await asyncio.wait({gone, sending}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        HUB.leave(reader)
        for task in (gone, sending):
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError, DatabaseError, OSError):
                await task
    return None


def _end_streams_on_signals() -> None:
    """End the streams as soon as the server is told to stop: it waits for open answers before anything else.

    The loop keeps its own way of hearing signals (a pipe), so that the server's handler runs as well.
    """
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: loop.call_soon_threadsafe(HUB.end))


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            _end_streams_on_signals()
            await send({"type": "lifespan.startup.complete"})
        elif message["type"] == "lifespan.shutdown":
            HUB.end()
            await send({"type": "lifespan.shutdown.complete"})
            return


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """The ASGI door: `/live/queue` for the streams, `/healthz` for supervisors."""
    if scope["type"] == "lifespan":
        await _lifespan(receive, send)
    elif scope["type"] != "http":
        await send({"type": "websocket.close", "code": 1000})
    elif scope["method"] not in {"GET", "HEAD"}:
        await _answer(send, 405, "only GET\n", (b"allow", b"GET"))
    elif scope["path"] == PATH:
        await _queue(scope, receive, send)
    elif scope["path"] == "/healthz":
        await _answer(send, 200, "ok\n")
    else:
        await _answer(send, 404, "there is nothing here\n")
