"""The lines of a draft: one more, one changed, one removed."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from sidan.core.clock import now
from sidan.core.htmx import go_to
from sidan.core.idempotency import once_per_form
from sidan.core.pages import AND_WRITES, REFUSALS, act, put_errors
from sidan.plans import operations
from sidan.plans.forms import LineForm
from sidan.plans.views.shared import line_of_ours, plan_of_ours, staff_page


@require_http_methods(AND_WRITES)
@staff_page
@once_per_form
def add(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Add a line; the form comes back empty for the next one."""
    actor, found = plan_of_ours(request, uuid)
    posted = request.POST if request.method == "POST" else None
    form = LineForm(posted, initial={"first_day": found.first_day})
    if posted is not None and form.is_valid():
        try:
            operations.add_lines(actor=actor, at=now(), plan=found, lines=[form.facts()])
        except REFUSALS as refusal:
            put_errors(form, refusal, field="first_day")
        else:
            messages.success(request, str(_("The line is kept. You can add the next one.")))
            return go_to(request, reverse("plans:add_line", args=[uuid]))
    context = {"form": form, "plan": found, "back_url": reverse("plans:plan", args=[uuid])}
    return render(request, "plans/line_form.html", context, status=422 if form.errors else 200)


@require_http_methods(AND_WRITES)
@staff_page
@once_per_form
def change(request: HttpRequest, uuid: UUID, line: UUID) -> HttpResponse:
    """Write a line anew."""
    actor, found, row = line_of_ours(request, uuid, line)
    posted = request.POST if request.method == "POST" else None
    form = LineForm(posted, initial=LineForm.known(row))
    url = reverse("plans:plan", args=[uuid])
    if posted is not None and form.is_valid():
        try:
            operations.change_line(actor=actor, at=now(), plan=found, line=row, facts=form.facts())
        except REFUSALS as refusal:
            put_errors(form, refusal, field="first_day")
        else:
            messages.success(request, str(_("The line is kept.")))
            return go_to(request, url)
    context = {"form": form, "plan": found, "line": row, "back_url": url}
    return render(request, "plans/line_form.html", context, status=422 if form.errors else 200)


@require_POST
@staff_page
@once_per_form
def remove(request: HttpRequest, uuid: UUID, line: UUID) -> HttpResponse:
    """Take a line out of a draft."""
    actor, found, row = line_of_ours(request, uuid, line)
    return act(
        request, url=reverse("plans:plan", args=[uuid]), done=_("The line is removed."),
        write=lambda: operations.remove_line(actor=actor, at=now(), plan=found, line=row),
    )  # fmt: skip
