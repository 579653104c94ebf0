"""What the API promises besides its answers: every refusal of every operation, as one kind of problem document.

Any operation may be refused in any of these ways: by what stands before it (a body too large, a token that ended, too
many requests) or by the domain. They are written down here once and not at a hundred functions, where one would be
forgotten.
"""

from collections.abc import Collection
from copy import deepcopy
from http import HTTPStatus
from typing import Any, Final

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from ninja import NinjaAPI

from sidan.core.idempotency import HEADER, KEPT_FOR, KEY_PATTERN, is_idempotent
from sidan.core.problems import PROBLEM_TYPE

PROBLEM: Final[dict[str, Any]] = {
    "title": "Problem",
    "description": "Why something was not done (RFC 9457), in the language of the Accept-Language header.",
    "type": "object",
    "required": ["type", "title", "status", "code"],
    "properties": {
        "type": {"type": "string", "description": "urn:sidan:problem: and the code."},
        "title": {"type": "string", "description": "A sentence for a person to read."},
        "status": {"type": "integer"},
        "code": {"type": "string", "description": "What programs tell problems apart by; it never changes."},
        "instance": {
            "type": "string",
            "description": "urn:sidan:request: and the request's id, as in the log.",
        },
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["pointer", "detail"],
                "properties": {
                    "pointer": {
                        "type": "string",
                        "description": "A JSON pointer (RFC 6901) into what was sent.",
                    },
                    "detail": {"type": "string"},
                },
            },
        },
    },
}
REFUSALS: Final[dict[int, str | Promise]] = {
    400: _("The request cannot be read."),
    401: _("Nobody is signed in, or the token has ended."),
    403: _("Not allowed."),
    404: _("Not there, or not yours to see."),
    409: _("Somebody was faster, or things stand so that this cannot be done."),
    413: _("Too large."),
    422: _("What was sent is not right; `errors` names the fields."),
    429: _("Too often; Retry-After says how long to wait."),
    503: _("Something that is needed does not answer; try again later."),
}
"""In English here, as the document is; the guide tells them in the reader's language."""


IDEMPOTENCY_KEY: Final[dict[str, Any]] = {
    "name": HEADER,
    "in": "header",
    "required": False,
    "description": "Chosen by the caller, a UUID for example. The write is done once for each key of an account: sent "
    f"again within {KEPT_FOR.days} days it is answered as before, with Idempotent-Replay: true. The same key with "
    "other content is refused (422, idempotency_key_reused).",
    "schema": {"type": "string", "pattern": f"^{KEY_PATTERN}$"},
}


def with_idempotency(document: dict[str, Any], operation_ids: Collection[str]) -> dict[str, Any]:
    """Return an OpenAPI document in which some operations tell that they may be repeated."""
    told = deepcopy(document)
    told.setdefault("components", {})["parameters"] = {"IdempotencyKey": IDEMPOTENCY_KEY}
    for operations in told["paths"].values():
        for operation in operations.values():
            if operation["operationId"] in operation_ids:
                parameter = {"$ref": "#/components/parameters/IdempotencyKey"}
                operation["parameters"] = [*operation.get("parameters", []), parameter]
    return told


def with_problems(document: dict[str, Any]) -> dict[str, Any]:
    """Return an OpenAPI document in which every operation tells of its refusals."""
    told = deepcopy(document)
    components = told.setdefault("components", {})
    components.setdefault("schemas", {})["Problem"] = PROBLEM
    components["responses"] = {
        _name(status): {
            "description": _in_english(sentence),
            "content": {PROBLEM_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for status, sentence in REFUSALS.items()
    }
    for operations in told["paths"].values():
        for operation in operations.values():
            refusals = {
                str(status): {"$ref": f"#/components/responses/{_name(status)}"} for status in REFUSALS
            }
            # The library's own keys are numbers; JSON knows only texts.
            operation["responses"] = refusals | {
                str(status): answer for status, answer in operation["responses"].items()
            }
    return told


def _in_english(sentence: str | Promise) -> str:
    """Return a sentence as the document tells it, whoever reads it: its snapshot is one."""
    with translation.override("en"):
        return str(sentence)


def _name(status: int) -> str:
    return HTTPStatus(status).phrase.replace(" ", "")


class SidanAPI(NinjaAPI):
    """The library's API with our document."""

    def get_openapi_schema(self, **how: Any) -> Any:
        """Return the document with the refusals of every operation, and which of them may be repeated."""
        schema = super().get_openapi_schema(**how)
        schema.update(with_idempotency(with_problems(dict(schema)), self.repeatable_ids()))
        return schema

    def repeatable_ids(self) -> frozenset[str]:
        """Return the ids of the operations that keep their answer for a repetition."""
        return frozenset(
            self.get_openapi_operation_id(operation)
            for router in self._get_bound_routers()
            for view in router.path_operations.values()
            for operation in view.operations
            if is_idempotent(operation.run)
        )
