"""What the pages of all apps do alike: take a write in, tell how it went, show a refusal where it belongs."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import wraps
from typing import Any, Final, Protocol, TypeVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme

from sidan.core.actor import Actor
from sidan.core.errors import Conflict, DomainError, Invalid, TooMany
from sidan.core.htmx import go_to
from sidan.core.idempotency import refusing
from sidan.core.requests import actor_of
from sidan.core.scope import current_scope, scoped

AND_WRITES: Final = ["GET", "HEAD", "POST"]
REFUSALS: Final = (Conflict, Invalid, TooMany)
"""What a page tells in its own place; everything else is a page of its own."""

_Answer = TypeVar("_Answer", bound=HttpResponseBase)
View = Callable[..., HttpResponse]
Done = str | Promise | Callable[[Any], str | Promise]
"""What is told once a write was done: always the same, or chosen by what the write returned."""


class Gate(Protocol):
    """A predicate that raises when the actor may not come in."""

    def __call__(self, *, actor: Actor) -> None: ...


def office(**hidden: Any) -> AbstractContextManager[object]:
    """Show only what the reader's office opens: not their own rows nor their teams'; `hidden` as for `staff_page`."""
    return scoped(replace(current_scope(), person_id=None, team_ids=(), **hidden))


def staff_page(gate: Gate, **hidden: Any) -> Callable[[Callable[..., _Answer]], Callable[..., _Answer]]:
    """Let in whom the gate lets in, and show only what their office opens: not their own rows nor their teams'.

    `hidden` names further parts of the scope with the value they have here, as `public=False`.
    """

    def decorate(view: Callable[..., _Answer]) -> Callable[..., _Answer]:
        @wraps(view)
        def page(request: HttpRequest, *args: Any, **kwargs: Any) -> _Answer:
            gate(actor=actor_of(request))
            with office(**hidden):
                return view(request, *args, **kwargs)

        return page

    return decorate


def put_errors(form: forms.Form, refusal: DomainError, *, field: str = "") -> None:
    """Show a refusal at the field it names, else at `field`, else at the top of the form."""
    problems = refusal.errors if isinstance(refusal, Invalid) else ()
    for problem in problems:
        name = problem.pointer.removeprefix("/")
        form.add_error(name if name in form.fields else None, str(problem.detail))
    if not problems:
        form.add_error(field if field in form.fields else None, str(refusal))


def safe_next(request: HttpRequest, default: str) -> str:
    """Return where to go on to, if it is an address of ours."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return target if is_ours else default


def act(request: HttpRequest, *, url: str, done: Done, write: Callable[[], object]) -> HttpResponse:
    """Do one write and go on to a page that tells how it went: done, or why it could not be done."""
    answer = go_to(request, url)
    return answer if _is_done(request, done=done, write=write) else refusing(answer)


def _is_done(request: HttpRequest, *, done: Done, write: Callable[[], object]) -> bool:
    """Do one write, keep for the next page how it went, and tell whether it was done."""
    try:
        written = write()
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, str(done(written) if callable(done) else done))
    return True


def act_by_form(
    request: HttpRequest,
    *,
    form: forms.Form,
    url: str,
    done: Done,
    write: Callable[[dict[str, Any]], object],
    page: Callable[[forms.Form], HttpResponse] | None = None,
) -> HttpResponse:
    """The same with what a form holds.

    What is wrong with it is told on the page that `page` shows with the form, so that nothing typed is lost; without
    `page`, which is for forms of a choice or two, on the page at `url`.
    """
    if form.is_valid() and _is_done(request, done=done, write=lambda: write(form.cleaned_data)):
        return go_to(request, url)
    for field, errors in form.errors.items():
        label = form.fields[field].label if field in form.fields else ""
        messages.error(request, f"{label} {' '.join(map(str, errors))}".strip())
    if page is None:
        return refusing(go_to(request, url))
    # Told above as well, for the form may fit no longer: the thing has moved on, and its page is without it.
    answer = page(form)
    answer.status_code = 422
    return answer


def keep_typed(context: dict[str, Any], *, name: str, form: forms.Form | None) -> None:
    """Put a refused form where its page has the empty one, if it still has it there."""
    if form is not None and context.get(name) is not None:
        form.auto_id = context[name].auto_id
        context[name] = form
