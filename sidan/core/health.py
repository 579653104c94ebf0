"""Is it alive, and is it ready? Two questions of a supervisor or a proxy, answered without a session."""

from functools import lru_cache

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from sidan.core.logs import logger

log = logger("sidan.health")


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers. The database is not asked: a restart would not mend it."""
    return HttpResponse("ok\n", content_type="text/plain")


class MigrationsPending(Exception):
    """The database is older than the code."""


@lru_cache(maxsize=1)
def _check_migrations() -> None:
    # Once it is up to date it stays so while this process lives, so only success is remembered.
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise MigrationsPending


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """The database answers and has every migration."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        _check_migrations()
    except DatabaseError:
        log.warning("not ready", reason="database")
        return JsonResponse({"ready": False, "reason": "database"}, status=503)
    except MigrationsPending:
        return JsonResponse({"ready": False, "reason": "migrations"}, status=503)
    return JsonResponse({"ready": True})
