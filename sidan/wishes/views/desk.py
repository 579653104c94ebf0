"""The pages of staff: the desk, entering a wish for somebody, one wish with all that can be done with it."""

from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from sidan.core.actor import Actor
from sidan.core.clock import business_date, now
from sidan.core.htmx import go_to
from sidan.core.idempotency import once_per_form
from sidan.core.pages import AND_WRITES, REFUSALS, put_errors, staff_page
from sidan.core.pagination import keyset_page
from sidan.core.requests import actor_of
from sidan.orders.queries import resident_by_uuid
from sidan.people.enums import ENTERING_ROLES, MANAGING_ROLES
from sidan.people.models import Person
from sidan.wishes import operations, queries
from sidan.wishes.forms import (
    AnswerForm,
    FulfilForm,
    OrderForm,
    ProjectForm,
    PublishForm,
    ThanksForm,
    WishForm,
    WordsForm,
)
from sidan.wishes.models import Wish
from sidan.wishes.permissions import may_handle, require_desk, require_entering
from sidan.wishes.states import WISH
from sidan.wishes.views.portal import told_of
from sidan.wishes.views.shared import told_steps

TYPED: Final = 60
CHIP_WORDS: Final[dict[str, str | Promise]] = {
    "": _("To be answered"),
    "on_wall": _("On the wall"),
    "adopted": _("Adopted"),
    "in_hand": _("Being arranged"),
    "ended": _("Ended"),
}


@require_safe
@staff_page(require_desk, public=False)
def desk(request: HttpRequest) -> HttpResponse:
    """The wishes of one's office, longest waiting first."""
    actor, chip = actor_of(request), request.GET.get("chip", "")
    counts, sort = queries.desk_counts(), "-state_since" if chip == "ended" else "state_since"
    context = {
        "page": keyset_page(
            rows=queries.desk(chip=chip), sort=sort, cursor=request.GET.get("cursor") or None
        ),
        "filters": [
            {"label": label, "url": f"{reverse('wishes:desk')}{f'?chip={code}' if code else ''}",
             "active": code == chip, "count": counts.get(code)}
            for code, label in CHIP_WORDS.items()
        ],
        "may_enter": bool(actor.roles & ENTERING_ROLES),
    }  # fmt: skip
    return render(request, "wishes/desk.html", context)


@require_safe
@staff_page(require_entering, public=False)
def find(request: HttpRequest) -> HttpResponse:
    """Find the resident who wishes."""
    text = request.GET.get("q", "")[:TYPED]
    people = queries.people_found(text=text) if text.isprintable() else []
    return render(request, "wishes/find.html", {"text": text, "people": people})


@require_http_methods(AND_WRITES)
@staff_page(require_entering, public=False)
@once_per_form
def enter(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Write down a wish for a resident."""
    actor, person = actor_of(request), resident_by_uuid(uuid=uuid)
    form = WishForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.make_wish_for(actor=actor, at=now(), told=told_of(form), person=person)
        except REFUSALS as refusal:
            put_errors(form, refusal)
        else:
            messages.success(request, str(_("The wish is written down.")))
            return go_to(request, reverse("wishes:staff_wish", args=[made.uuid]))
    context = {"form": form, "person": person}
    return render(request, "wishes/enter.html", context, status=422 if form.errors else 200)


@require_safe
@staff_page(require_desk, public=False)
def wish(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One wish, with what can be done now."""
    return shown(request, queries.wish_by_uuid(uuid=uuid))


def shown(request: HttpRequest, found: Wish, *, person: Person | None = None) -> HttpResponse:
    """Show a wish to staff; the wisher's name and telephone only right after a look that was recorded."""
    actor = actor_of(request)
    context: dict[str, Any] = {
        "wish": found,
        "text": queries.full_text(actor=actor, wish=found),
        "links": queries.links_of(wish=found),
        "slots": queries.open_slots(wish=found),
        "steps": told_steps(queries.history(wish=found)),
        "person": person,
    }
    if may_handle(actor=actor, wish=found):
        context |= _forms(actor, found)
    return render(request, "wishes/staff_wish.html", context)


def _forms(actor: Actor, found: Wish) -> dict[str, Any]:
    """Return a form for each verb that fits the state; the pages of others have none."""
    verbs = {verb for verb, step in WISH.items() if found.state in step.sources}
    forms: dict[str, Any] = {
        "verbs": verbs,
        "release_form": WordsForm(auto_id="release_%s"),
        "down_form": WordsForm(auto_id="down_%s"),
    }
    if "publish" in verbs:
        forms["publish_form"] = PublishForm(
            auto_id="publish_%s",
            initial={"sentence": found.sentence, "sentence_en": found.sentence_en, "takes": found.takes},
        )
    if "answer" in verbs:
        forms["answer_form"] = AnswerForm(auto_id="answer_%s")
    if "order" in verbs:
        services = queries.services_for(wish=found, today=business_date(now()))
        forms["order_form"] = OrderForm(services=services, auto_id="order_%s") if services else None
        if actor.roles & MANAGING_ROLES:
            forms["project_form"] = ProjectForm(
                teams=queries.teams_for_project(wish=found), auto_id="project_%s"
            )
    if "fulfil" in verbs:
        forms["fulfil_form"] = FulfilForm(auto_id="fulfil_%s")
    if found.state == "fulfilled":
        forms["thanks_form"] = ThanksForm(auto_id="thanks_%s")
    return forms
