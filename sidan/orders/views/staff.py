"""What the console's pages of the loop have in common: who may come in, and whose rows they see there."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any, Final, Protocol

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise

from sidan.core.actor import Actor
from sidan.core.requests import actor_of
from sidan.core.scope import current_scope, scoped

AND_WRITES: Final = ["GET", "HEAD", "POST"]


class Gate(Protocol):
    """A predicate that raises when the actor may not come in."""

    def __call__(self, *, actor: Actor) -> None: ...


View = Callable[..., HttpResponse]


def staff_page(gate: Gate) -> Callable[[View], View]:
    """Let in whom the gate lets in, and show only what their office opens: not their own orders nor their teams'."""

    def decorate(view: View) -> View:
        @wraps(view)
        def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            gate(actor=actor_of(request))
            with scoped(replace(current_scope(), person_id=None, team_ids=())):
                return view(request, *args, **kwargs)

        return page

    return decorate


@dataclass(frozen=True, slots=True)
class Chip:
    """A chip of `web/_filters.html`."""

    label: str | Promise
    url: str
    active: bool
    count: int | None = None
    urgent: bool = False
