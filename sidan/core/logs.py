"""Structured logs: one JSON object a line, with the request's id and the account's uuid, without personal data.

Whatever looks like a telephone or identity number, an e-mail address, or PostgreSQL's DETAIL line (which quotes the
row that failed) is taken out of every value before it is written, tracebacks included. The libraries' own loggers
(Django, granian, procrastinate) go through the same chain.
"""

import json
import logging
import re
import secrets
from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final

import structlog

_GIVEN_ID: Final = re.compile(r"[A-Za-z0-9_-]{8,64}")
# The look-arounds keep runs of digits inside UUIDs and longer numbers whole.
_PHONE: Final = re.compile(r"(?<![0-9A-Za-z])(?:\+?86[ -]?)?1\d{2}[ -]?\d{4}[ -]?\d{4}(?![0-9A-Za-z])")
_LANDLINE: Final = re.compile(r"(?<![0-9A-Za-z-])0\d{2,3}[ -]?\d{7,8}(?![0-9A-Za-z])")
_ID_NUMBER: Final = re.compile(r"(?<![0-9A-Za-z])\d{17}[\dXx](?![0-9A-Za-z])")
_MAIL: Final = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_DETAIL: Final = re.compile(r"DETAIL:.*")
_HIDDEN: Final = "[hidden]"
REQUESTS: Final = "sidan.request"
_requests: Final = logging.getLogger(REQUESTS)


@dataclass(frozen=True, slots=True)
class LogContext:
    """What every line of one request or job carries."""

    request_id: str = ""
    account: str = ""
    job: str = ""


_NOTHING: Final = LogContext()
_context: ContextVar[LogContext | None] = ContextVar("sidan_log_context", default=None)


def _current() -> LogContext:
    return _context.get() or _NOTHING


def request_id_from(header: str | None) -> str:
    """Return the id a proxy or client gave, when it is harmless to log, else a new one."""
    return header if header and _GIVEN_ID.fullmatch(header) else secrets.token_hex(8)


def current_request_id() -> str:
    """Return the id of the request at hand; empty outside one."""
    return _current().request_id


@contextmanager
def log_context(*, request_id: str = "", account: str = "", job: str = "") -> Iterator[None]:
    """Put an id on every line of a block."""
    token = _context.set(LogContext(request_id=request_id, account=account, job=job))
    try:
        yield
    finally:
        _context.reset(token)


def name_account(uuid: str) -> None:
    """Put the account's uuid on the lines to come, once it is known who asks."""
    _context.set(replace(_current(), account=uuid))


def redact(text: str) -> str:
    """Take out of a text whatever looks like somebody's number or address."""
    text = _ID_NUMBER.sub(_HIDDEN, text)
    text = _PHONE.sub(_HIDDEN, text)
    text = _LANDLINE.sub(_HIDDEN, text)
    text = _MAIL.sub(_HIDDEN, text)
    return _DETAIL.sub("DETAIL: " + _HIDDEN, text)


def _redacted(value: Any) -> Any:
    if isinstance(value, str):
        return redact(value)
    if isinstance(value, bool) or value is None or isinstance(value, float):
        return value
    if isinstance(value, int):
        # A number given as a number is hidden too: 11 digits beginning with 1 is somebody's telephone.
        return _HIDDEN if redact(str(value)) == _HIDDEN else value
    if isinstance(value, Mapping):
        return {str(key): _redacted(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_redacted(item) for item in value]
    return redact(str(value))


def redact_event(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Processor: clean every value of a line."""
    for key, value in event.items():
        if key not in {"timestamp", "level", "logger"}:
            event[key] = _redacted(value)
    return event


def add_context(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Processor: put the request's id, the account and the job on the line."""
    context = _current()
    for key, value in (
        ("request_id", context.request_id),
        ("account", context.account),
        ("job", context.job),
    ):
        if value:
            event.setdefault(key, value)
    return event


def _without_record(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    # Django attaches the whole request to its records; its repr holds the path with the query string.
    for key in ("request", "server_time", "status_code"):
        event.pop(key, None)
    return event


def _shared_processors() -> list[Any]:
    return [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        add_context,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]


def json_formatter() -> logging.Formatter:
    """Return the formatter that every handler uses; named in the logging configuration."""
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*_shared_processors(), structlog.stdlib.ExtraAdder()],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            _without_record,
            structlog.processors.format_exc_info,
            redact_event,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )


def logging_config(*, level: str = "INFO") -> dict[str, Any]:
    """Return the standard library's logging configuration, for Django's LOGGING and for granian's log config.

    It also configures structlog, so that both kinds of loggers end in the same line.
    """
    structlog.configure(
        processors=[
            *_shared_processors(),
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    out = {"class": "logging.StreamHandler", "stream": "ext://sys.stdout"}
    handled = {"handlers": ["lines"], "level": level, "propagate": False}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "sidan.core.logs.json_formatter"}, "ready": {"format": "%(message)s"}},
        "handlers": {"lines": {**out, "formatter": "json"}, "ready": {**out, "formatter": "ready"}},
        "root": {"handlers": ["lines"], "level": level},
        "loggers": {
            "django": {**handled, "level": "WARNING"},
            # 4xx are counted in the metrics and written by our own line; their text would repeat the path.
            "django.request": {**handled, "level": "ERROR"},
            REQUESTS: {**handled, "handlers": ["ready"]},
            "procrastinate": {**handled, "level": "WARNING"},
            "_granian": dict(handled),
            "granian.access": dict(handled),
        },
    }


def tell_request(*, method: str, route: str, status: int, milliseconds: float) -> None:
    """Write the line of one request.

    Every request writes one, so it goes past the chain of processors, which would cost as much as the edge itself:
    it holds nothing from outside but what was checked (the id) or is our own (the route's name).
    """
    if not _requests.isEnabledFor(logging.INFO):
        return
    context = _current()
    line = {
        "event": "request",
        "method": method,
        "route": route,
        "status": status,
        "milliseconds": milliseconds,
        "request_id": context.request_id,
        "account": context.account,
        "timestamp": datetime.now(UTC).isoformat(),
        "level": "info",
        "logger": REQUESTS,
    }
    _requests.info("%s", json.dumps(line))


def logger(name: str) -> structlog.stdlib.BoundLogger:
    """Return a logger that takes facts by keyword: `log.info("order placed", order=order.uuid)`."""
    bound: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(name)
    return bound
