"""Where in what was sent a problem lies, as a JSON pointer (RFC 6901)."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest


def pointer_of(location: Sequence[Any], *, kind: str, request: HttpRequest) -> str:
    """Turn ("body", "payload", "name") into "/name": the name of the view's parameter is our own affair.

    So is how a field was read: where several kinds are allowed, pydantic adds the one that refused it. Hence only
    what stands in the request is kept, and a field that is missing there.
    """
    source, parts = location[0] if location else "", list(location[1:])
    if source == "body":
        parts, sent = parts[1:], json.loads(request.body or b"null")
    else:
        sent = _flat(source, request)
    parts = (
        parts[:1]
        if sent is None and source != "body"
        else _sent_parts(parts, sent, is_missing=kind == "missing")
    )
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)


def _flat(source: str, request: HttpRequest) -> Mapping[str, Any] | None:
    match = request.resolver_match
    flat: dict[str, Mapping[str, Any] | None] = {
        "query": request.GET, "form": request.POST, "file": request.FILES, "path": match.kwargs if match else None,
    }  # fmt: skip
    return flat.get(source)


def _sent_parts(parts: Sequence[Any], sent: Any, *, is_missing: bool) -> list[Any]:
    kept, here = [], sent
    for nth, part in enumerate(parts, start=1):
        if isinstance(part, int):
            kept.append(part)
            here = here[part] if isinstance(here, list) else None
        elif isinstance(here, Mapping) and part in here:
            kept.append(part)
            here = here[part]
        elif is_missing and nth == len(parts):
            kept.append(part)
    return kept
