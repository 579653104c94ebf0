"""What the API promises besides its answers: every refusal of every operation, as one kind of problem document.

Any operation may be refused in any of these ways: by what stands before it (a body too large, a token that ended, too
many requests) or by the domain. They are written down here once and not at a hundred functions, where one would be
forgotten.
"""

from copy import deepcopy
from http import HTTPStatus
from typing import Any, Final

from ninja import NinjaAPI

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
REFUSALS: Final[dict[int, str]] = {
    400: "The request cannot be read.",
    401: "Nobody is signed in, or the token has ended.",
    403: "Not allowed.",
    404: "Not there, or not yours to see.",
    409: "Somebody was faster, or things stand so that this cannot be done.",
    413: "Too large.",
    422: "What was sent is not right; `errors` names the fields.",
    429: "Too often; Retry-After says how long to wait.",
    503: "Something that is needed does not answer; try again later.",
}


def with_problems(document: dict[str, Any]) -> dict[str, Any]:
    """Return an OpenAPI document in which every operation tells of its refusals."""
    told = deepcopy(document)
    components = told.setdefault("components", {})
    components.setdefault("schemas", {})["Problem"] = PROBLEM
    components["responses"] = {
        _name(status): {
            "description": sentence,
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


def _name(status: int) -> str:
    return HTTPStatus(status).phrase.replace(" ", "")


class SidanAPI(NinjaAPI):
    """The library's API with our document."""

    def get_openapi_schema(self, **how: Any) -> Any:
        """Return the document with the refusals of every operation."""
        schema = super().get_openapi_schema(**how)
        schema.update(with_problems(dict(schema)))
        return schema
