"""What came of a need: linked to it, and taken back where it was a wrong one."""

from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from sidan.core.clock import now
from sidan.core.errors import NotFound
from sidan.core.idempotency import once_per_form
from sidan.core.pages import act, act_by_form
from sidan.core.requests import actor_of
from sidan.needs import operations, queries
from sidan.needs.forms import TraceForm, TraceSearch
from sidan.needs.models import Need
from sidan.needs.views.needs import need_page
from sidan.needs.views.shared import staff_page


@require_POST
@staff_page
@once_per_form
def trace(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Say what came of it; what cannot be linked stays in the form."""
    found, reader = queries.need_by_uuid(uuid=uuid), actor_of(request)
    form = TraceForm(request.POST, projects=queries.linkable(need=found))

    def page(_refused: Form) -> HttpResponse:
        return need_page(request, found, note=queries.note_shown(need=found, reader=reader), refused=form)

    return act_by_form(
        request, form=form, url=reverse("needs:need", args=[uuid]), done=_("It is linked."), page=page,
        write=lambda told: _link(request, found, told),
    )  # fmt: skip


def _link(request: HttpRequest, found: Need, told: dict[str, Any]) -> object:
    actor, at = actor_of(request), now()
    if order := told["number"]:
        return operations.trace_to_order(actor=actor, at=at, need=found, order=order)
    if project := told["project"]:
        return operations.trace_to_project(actor=actor, at=at, need=found, project=project)
    return operations.answer_need(actor=actor, at=at, need=found, answer=told["answer"])


@require_POST
@staff_page
@once_per_form
def untrace(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take a wrong link back."""
    actor, found, form = actor_of(request), queries.need_by_uuid(uuid=uuid), TraceSearch(request.POST)
    if not form.is_valid():
        raise NotFound
    return act(
        request, url=reverse("needs:need", args=[uuid]), done=_("The link was taken back."),
        write=lambda: operations.take_trace_back(
            actor=actor, at=now(), need=found, trace_uuid=form.cleaned_data["trace"]
        ),
    )  # fmt: skip
