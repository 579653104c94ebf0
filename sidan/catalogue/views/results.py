"""What reports of a kind of service ask for."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sidan.catalogue import operations, permissions, queries
from sidan.catalogue.models import Category, ResultTemplate
from sidan.catalogue.operations.errors import NoSuchCategory
from sidan.catalogue.policies import ResultField
from sidan.catalogue.result_forms import BeginForm, ResultsForm
from sidan.catalogue.views.shared import worker_of
from sidan.core.actor import Actor
from sidan.core.clock import now
from sidan.core.errors import Conflict, Invalid
from sidan.core.htmx import go_to
from sidan.core.pages import AND_WRITES, act


@require_http_methods(AND_WRITES)
def results(request: HttpRequest, code: str) -> HttpResponse:
    """Read and change what is asked; each change is a version of its own."""
    actor, category = _keeper(request), _category(code)
    held = queries.result_template_for(code=code)
    asked = _begun(request) or (held.asked if held else [])
    form = ResultsForm(request.POST or None, asked=asked, base=str(held.uuid) if held else "")
    if request.method == "POST" and form.is_valid():
        try:
            operations.write_result_template(actor=actor, at=now(), code=code, fields=form.told())
        except Invalid as refusal:
            form.put_errors(refusal)
        except Conflict as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("Kept. Reports ask for this from now on; older ones stay as they are.")
            )
            return go_to(request, reverse("catalogue:results", args=[code]))
    context = {"category": category, "form": form, "begin_form": BeginForm(), **_standing(category, held)}
    return render(request, "catalogue/results.html", context, status=422 if form.errors else 200)


@require_POST
def follow_results(request: HttpRequest, code: str) -> HttpResponse:
    """Ask what the kind above asks."""
    actor = _keeper(request)
    return act(
        request,
        done=_("Reports ask what the kind above asks, from now on."),
        url=reverse("catalogue:results", args=[code]),
        write=lambda: operations.follow_kind_above(actor=actor, at=now(), code=code),
    )


def _standing(category: Category, held: ResultTemplate | None) -> dict[str, object]:
    """Return whose questions hold, and the versions so far."""
    versions = queries.result_versions(code=category.code)
    is_own = bool(versions) and not versions[0].follows
    return {
        "held": held,
        "is_own": is_own,
        "from_above": held.category if held and not is_own else None,
        "may_follow": is_own and category.parent_id is not None,
        "versions": versions,
    }


def _begun(request: HttpRequest) -> list[ResultField]:
    """Return the usual fields that were chosen to begin with; nothing is kept before they are sent."""
    form = BeginForm(request.GET)
    if not form.is_valid():
        return []
    return next(
        list(usual.fields) for usual in queries.usual_results() if usual.code == form.cleaned_data["begin"]
    )


def _keeper(request: HttpRequest) -> Actor:
    actor = worker_of(request)
    permissions.require_categories(actor=actor)
    return actor


def _category(code: str) -> Category:
    found = Category.objects.select_related("parent").filter(code=code).first()
    if found is None:
        raise NoSuchCategory
    return found
