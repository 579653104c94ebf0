"""What the pages of wishes have in common."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import wraps
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise

from sidan.core.actor import Actor
from sidan.core.errors import Conflict, DomainError, Invalid, TooMany
from sidan.core.htmx import go_to
from sidan.core.requests import actor_of
from sidan.core.scope import current_scope, scoped
from sidan.files.models import StoredFile
from sidan.files.operations import store_picture
from sidan.wishes.models import WishStep
from sidan.wishes.permissions import WISH_PHOTO
from sidan.wishes.words import STEPS

AND_WRITES: Final = ["GET", "HEAD", "POST"]
REFUSALS: Final = (Conflict, Invalid, TooMany)
View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class ToldStep:
    """A line of `web/_timeline.html`."""

    sentence: str
    at: datetime
    icon: str
    note: str
    who: str = ""


def told_steps(steps: Iterable[WishStep]) -> list[ToldStep]:
    """Tell what happened, newest first."""
    told = []
    for step in steps:
        words, note = STEPS[step.verb], getattr(step, "note", None)
        told.append(ToldStep(str(words.sentence), step.at, words.icon, str(note.words) if note else ""))
    return told[::-1]


def staff_page(gate: Callable[..., None]) -> Callable[[View], View]:
    """Let in whom the gate lets in, and show what their office opens: neither the wall of others nor one's own."""

    def decorate(view: View) -> View:
        @wraps(view)
        def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            gate(actor=actor_of(request))
            with scoped(replace(current_scope(), person_id=None, team_ids=(), public=False)):
                return view(request, *args, **kwargs)

        return page

    return decorate


def put_errors(form: forms.Form, refusal: DomainError) -> None:
    """Show a refusal at the field it names, else at the top of the form."""
    problems = refusal.errors if isinstance(refusal, Invalid) else ()
    for problem in problems:
        name = problem.pointer.removeprefix("/")
        form.add_error(name if name in form.fields else None, str(problem.detail))
    if not problems:
        form.add_error(None, str(refusal))


def act(
    request: HttpRequest,
    *,
    form: forms.Form,
    url: str,
    done: str | Promise,
    write: Callable[[dict[str, Any]], object],
) -> HttpResponse:
    """Do one write and go on; what is not right is told on the page that follows."""
    if not form.is_valid():
        for field, errors in form.errors.items():
            label = form.fields[field].label if field in form.fields else ""
            messages.error(request, f"{label} {' '.join(map(str, errors))}".strip())
        return go_to(request, url)
    try:
        write(form.cleaned_data)
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, str(done))
    return go_to(request, url)


def photo_of(actor: Actor, upload: Any, *, at: datetime) -> StoredFile | None:
    """Store the picture of a wish that came true, if one was sent."""
    return store_picture(actor=actor, at=at, upload=upload.file, purpose=WISH_PHOTO) if upload else None
