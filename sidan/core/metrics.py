"""Counters for Prometheus, shared by all worker processes, shown only to the machine itself or with a token.

With PROMETHEUS_MULTIPROC_DIR in the environment (the supervisor sets and empties it) every process writes into that
folder and any of them can add up all. Labels are route names and codes, never ids: an id would make a series each.
"""

import os
from hmac import compare_digest
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector

from sidan.core.errors import NotFound

REQUESTS: Final = Counter("sidan_http_requests", "Answers given", ["route", "method", "status"])
REQUEST_SECONDS: Final = Histogram(
    "sidan_http_request_seconds",
    "Time from the request's arrival to its answer",
    ["route"],
    buckets=(0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5),
)
JOBS: Final = Counter("sidan_jobs", "Jobs run", ["job", "outcome"])
JOB_SECONDS: Final = Histogram(
    "sidan_job_seconds", "Time a job took", ["job"], buckets=(0.01, 0.05, 0.2, 1, 5, 20, 60, 300)
)
DELIVERIES: Final = Counter("sidan_deliveries", "Messages handed to a channel", ["channel", "outcome"])
# The worker measures once a minute: what any other process has is not asked.
OUTBOX: Final = Gauge(
    "sidan_outbox",
    "Messages that wait or were given up",
    ["channel", "state"],
    multiprocess_mode="livemostrecent",
)
OUTBOX_OLDEST: Final = Gauge(
    "sidan_outbox_oldest_seconds",
    "How long the oldest waiting message has waited",
    ["channel"],
    multiprocess_mode="livemostrecent",
)
_LOOPBACK: Final = frozenset({"127.0.0.1", "::1", ""})


def count_request(*, route: str, method: str, status: int, seconds: float) -> None:
    """Count one answer. The method must be one of a few: each value of a label is a series."""
    REQUESTS.labels(route, method, str(status)).inc()
    REQUEST_SECONDS.labels(route).observe(seconds)


def count_job(*, job: str, outcome: str, seconds: float) -> None:
    """Count one run of a job: outcome is done or failed."""
    JOBS.labels(job, outcome).inc()
    JOB_SECONDS.labels(job).observe(seconds)


def render_metrics() -> bytes:
    """Return all series of all processes in Prometheus' text form."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return generate_latest(REGISTRY)
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call] # the library leaves it untyped
    return generate_latest(registry)


def may_read_metrics(request: HttpRequest) -> bool:
    """Tell whether the asker is this machine itself (not a proxy on it speaking for somebody) or has the token."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if settings.METRICS_TOKEN and compare_digest(given.encode(), settings.METRICS_TOKEN.encode()):
        return True
    is_proxied = "HTTP_X_FORWARDED_FOR" in request.META or "HTTP_FORWARDED" in request.META
    return not is_proxied and request.META.get("REMOTE_ADDR", "") in _LOOPBACK


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Answer Prometheus; everybody else finds nothing here."""
    if not may_read_metrics(request):
        raise NotFound()
    return HttpResponse(render_metrics(), content_type=CONTENT_TYPE_LATEST)
