"""Serving pictures to those who may see them."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from sidan.core.clock import now
from sidan.core.requests import asker_of
from sidan.files.models import StoredFile
from sidan.files.operations import look_at_file, thumb_key
from sidan.files.permissions import FileNotYours
from sidan.files.stores import Missing, active_store


def _serve(request: HttpRequest, uuid: UUID, key_of: Callable[[StoredFile], str]) -> HttpResponse:
    file = look_at_file(actor=asker_of(request), at=now(), uuid=uuid)
    tag = f'"{file.sha256[:32]}{"t" if key_of(file) != file.storage_key else ""}"'
    if request.headers.get("If-None-Match") == tag:
        response = HttpResponse(status=304)
    else:
        try:
            content = active_store().get(key=key_of(file))
        except Missing:
            raise FileNotYours() from None
        response = HttpResponse(content, content_type=file.content_type)
    response.headers["ETag"] = tag
    # Kept by this browser only, and asked about each time: the right to see it may end.
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Content-Disposition"] = "inline"
    # Whatever the bytes are, a browser must not run them.
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@require_safe
def picture(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The picture itself."""
    return _serve(request, uuid, lambda file: file.storage_key)


@require_safe
def thumb(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Its small form."""
    return _serve(request, uuid, lambda file: thumb_key(file.storage_key))
