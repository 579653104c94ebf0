"""What a question may say behind its question mark: only what the operation knows, or a slip of the pen is not noticed.

`?chips=late` in the place of `?chip=late` would otherwise be answered with the whole list, and a program would take
that for the answer to what it meant. A body is as strict (`core.inputs.Input`).
"""

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja.operation import Operation

from sidan.core.errors import FieldProblem, Invalid
from sidan.core.problems import problem_response

Run = Callable[..., HttpResponse]


class UnknownParameter(Invalid):
    """Names each parameter that the operation does not know."""

    code = "unknown_parameter"
    sentence = _("This cannot be asked for: the address holds a parameter that does not exist.")


def known_parameters(operation: Operation) -> frozenset[str]:
    """Return the names that an operation reads behind the question mark."""
    return frozenset(
        name
        for model in operation.models
        if model.__ninja_param_source__ == "query"
        for name in getattr(model, "__ninja_flatten_map__", {})
    )


def only_known_parameters(run: Run) -> Run:
    """Refuse a question with a parameter that is not known, before anything is read or done."""
    bound = inspect.unwrap(run)
    known = known_parameters(bound.__self__)  # the operation whose run this is

    @wraps(run)
    def strict(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        unknown = [name for name in request.GET if name not in known]
        if unknown:
            detail = _("This parameter does not exist.")
            return problem_response(
                UnknownParameter(errors=[FieldProblem(f"/{_escaped(name)}", detail) for name in unknown])
            )
        return run(request, *args, **kwargs)

    return strict


def _escaped(name: str) -> str:
    return name[:100].replace("~", "~0").replace("/", "~1")
