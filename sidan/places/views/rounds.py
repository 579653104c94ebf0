"""A fair or a stand that comes again: its next days are looked at before they are announced."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from sidan.core.clock import now
from sidan.core.htmx import go_to
from sidan.core.idempotency import once_per_form
from sidan.core.pages import AND_WRITES, REFUSALS, put_errors
from sidan.places import operations, queries
from sidan.places.permissions import check_may_announce, own_roots
from sidan.places.round_forms import RoundsForm
from sidan.places.views.shared import posted, worker_of


@require_http_methods(AND_WRITES)
@once_per_form
def again(request: HttpRequest) -> HttpResponse:
    """Announce what comes again: with `look` its words and its days are shown, and nothing is written."""
    actor, at = worker_of(request), now()
    check_may_announce(actor=actor)
    form = RoundsForm(posted(request), places=queries.places_at_work(root_ids=own_roots(actor)))
    shown: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        rule = form.again()
        try:
            operations.check_rounds(kind=form.cleaned_data["kind"], again=rule, at=at)
            if "look" not in request.POST:
                made = operations.announce_rounds(
                    actor=actor, at=at, place=form.cleaned_data["place"], told=form.what(), again=rule
                )
                done = ngettext("Announced for %(count)s day.", "Announced for %(count)s days.", len(made))
                messages.success(request, done % {"count": len(made)})
                return go_to(request, reverse("places:staff_pop_ups"))
            shown = {"words": rule.rounds.words(), "spans": rule.spans()}
        except REFUSALS as refusal:
            put_errors(form, refusal, field="first")
    context = {"form": form, **shown}
    return render(request, "places/rounds_form.html", context, status=422 if form.errors else 200)
