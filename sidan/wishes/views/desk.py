"""The pages of staff: the desk, entering a wish for somebody, one wish with all that can be done with it."""

from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from sidan.audit.operations import record
from sidan.catalogue.permissions import manages
from sidan.core.actor import Actor
from sidan.core.clock import business_date, now
from sidan.core.htmx import go_to
from sidan.core.idempotency import once_per_form
from sidan.core.lists import (
    Column,
    asked_sort,
    desk_chips,
    keeps_views,
    list_view,
    page_of,
    query_of,
)
from sidan.core.numbers import separate_numbers
from sidan.core.pages import AND_WRITES, REFUSALS, keep_typed, put_errors, staff_page
from sidan.core.pagination import key_order
from sidan.core.requests import actor_of
from sidan.core.tables import table_response
from sidan.orders.operations import consent_entered
from sidan.people.enums import ENTERING_ROLES, ORDER_STAFF_ROLES
from sidan.people.models import Person
from sidan.people.queries import resident_by_uuid, residents_found
from sidan.places.nearby import place_asked
from sidan.places.queries import places_to_filter
from sidan.wishes import operations, queries
from sidan.wishes.enums import ForWhom, WishState
from sidan.wishes.forms import (
    AnswerForm,
    FulfilForm,
    OrderForm,
    ProjectForm,
    PublishForm,
    ReleaseForm,
    ThanksForm,
    WishForForm,
    WordsForm,
)
from sidan.wishes.models import Wish
from sidan.wishes.permissions import (
    WISH_PAPER,
    may_handle,
    may_read_words,
    may_see_wish_paper,
    require_desk,
    require_entering,
)
from sidan.wishes.states import WISH
from sidan.wishes.views.portal import told_of
from sidan.wishes.views.shared import told_steps

TYPED: Final = 60
CHIP_WORDS: Final[dict[str, str | Promise]] = {
    "": _("To be answered"),
    "on_wall": _("On the wall"),
    "adopted": _("Adopted"),
    "in_hand": _("Being arranged"),
    "order_over": _("Order over: what follows?"),
    "ended": _("Ended"),
}
COLUMNS: Final = (
    Column("wish", pgettext_lazy("column", "Wish"), is_fixed=True),
    Column("whom", _("For whom"), up="for_whom", down="-for_whom"),
    Column("place", _("Place"), up="place_key", down="-place_key"),
    Column("since", pgettext_lazy("how long", "Since"), up="-state_since", down="state_since"),
    Column("left", _("Time left"), up="due_key", down="-due_key"),
    Column("state", _("State"), up="state", down="-state"),
)
FIRST: Final = {"": "due_key", "ended": "-state_since"}
"""By what a list is sorted unless one asks otherwise: what is to be answered by its limit, the others by their age."""


@require_safe
@keeps_views
@staff_page(require_desk, public=False)
def desk(request: HttpRequest) -> HttpResponse:
    """The wishes of one's office: danger to life first, then what is due first."""
    actor, chosen = actor_of(request), _chosen(request)
    rows, sort = queries.desk(chosen=chosen), _sort(request, chosen)
    roots = actor.places_where(frozenset(ORDER_STAFF_ROLES))
    page = page_of(request, rows=rows, sort=sort)
    operations.CLOCKWORK.count(page.items)
    context = {
        "page": page,
        "list": list_view(request, columns=COLUMNS, sort=sort, rows=rows),
        "filters": desk_chips(request, words=CHIP_WORDS, counts=queries.desk_counts(chosen=chosen)),
        "query": chosen.text,
        "chosen": chosen,
        "place": request.GET.get("place", ""),
        "places": places_to_filter(root_ids=roots),
        "whom": ForWhom.choices,
        "is_filtered": replace(chosen, chip="") != queries.WishFilter(),
        "may_enter": bool(actor.roles & ENTERING_ROLES),
    }
    return render(request, "wishes/desk.html", context)


def _chosen(request: HttpRequest) -> queries.WishFilter:
    """Return what the address asks for; what cannot be understood filters nothing."""
    chip, whom, place = request.GET.get("chip", ""), request.GET.get("whom", ""), place_asked(request)
    return queries.WishFilter(
        chip=chip if chip in CHIP_WORDS else "",
        for_whom=whom if whom in ForWhom.values else "",
        place_id=place.pk if place else None,
        text=query_of(request),
    )


def _sort(request: HttpRequest, chosen: queries.WishFilter) -> str:
    return asked_sort(request, columns=COLUMNS, default=FIRST.get(chosen.chip, "state_since"))


@require_safe
@staff_page(require_desk, public=False)
def export(request: HttpRequest) -> HttpResponseBase:
    """The list as a table: no names and no words of anybody but the public sentence; taking it is written down."""
    chosen = _chosen(request)
    rows = queries.desk(chosen=chosen).order_by(*key_order(_sort(request, chosen)))
    record(
        actor=actor_of(request), at=now(), verb="wishes.exported", subject=("wishes", None), chip=chosen.chip,
        filter_place=chosen.place_id,
    )  # fmt: skip
    header = [
        gettext("Sentence on the wall"), gettext("For whom"), gettext("Place"), gettext("State"),
        gettext("In this state since"), gettext("To be answered by"), gettext("Wished for on"), gettext("Wanted by"),
    ]  # fmt: skip
    table = (_cells(row) for row in rows.iterator(chunk_size=500))
    return table_response(request, name="wishes", header=header, rows=table)


def _cells(row: Wish) -> list[object]:
    return [
        row.shown_sentence, row.get_for_whom_display(), row.place.shown_name, row.get_state_display(),
        business_date(row.state_since), business_date(row.due_at) if row.due_at else "",
        business_date(row.created_at), row.wished_by,
    ]  # fmt: skip


@require_safe
@staff_page(require_entering, public=False)
def find(request: HttpRequest) -> HttpResponse:
    """Find the resident who wishes."""
    text = request.GET.get("q", "")[:TYPED]
    people = residents_found(text=text if text.isprintable() else "")
    return render(request, "wishes/find.html", {"text": text, "people": people})


@require_http_methods(AND_WRITES)
@staff_page(require_entering, public=False)
@once_per_form
def enter(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Write down a wish for a resident."""
    actor, person = actor_of(request), resident_by_uuid(uuid=uuid)
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = WishForForm(*posted)
    if request.method == "POST" and form.is_valid():
        at = now()
        try:
            consent = consent_entered(
                actor=actor, at=at, person=person, way=form.cleaned_data["consent"], picture=form.picture,
                purpose=WISH_PAPER,
            )  # fmt: skip
            made = operations.make_wish_for(
                actor=actor, at=at, told=told_of(form), person=person, consent=consent
            )
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


def shown(
    request: HttpRequest,
    found: Wish,
    *,
    person: Person | None = None,
    name: str = "",
    form: forms.Form | None = None,
) -> HttpResponse:
    """Show a wish to staff; name and telephone, also those in its words, only right after a look that was recorded.

    What who adopted it told of it, and what stands beside the steps, is under the same rules as the words of the wish.

    A refused form stands under its `name`.
    """
    actor = actor_of(request)
    operations.CLOCKWORK.count([found])
    links = queries.links_of(wish=found)
    text = queries.full_text(actor=actor, wish=found)
    words = str(text.words) if text else ""
    reads_words = may_read_words(actor=actor, wish=found)
    told = str(links.fulfilment.words) if links.fulfilment and reads_words else ""
    consent = queries.consent_of(actor=actor, wish=found)
    paper = consent.paper if consent else None
    steps = told_steps(queries.history(wish=found, reader=actor))
    context: dict[str, Any] = {
        "wish": found,
        "text": text,
        "words": words if person else separate_numbers(words).text,
        "reads_words": reads_words,
        "came_true": told if person else separate_numbers(told).text,
        "links": links,
        "is_order_over": queries.is_order_over(wish=found, links=links),
        "consent": consent,
        "paper": paper if paper and may_see_wish_paper(actor, paper) else None,
        "slots": queries.open_slots(wish=found),
        "steps": steps
        if person
        else [replace(step, note=separate_numbers(step.note).text) for step in steps],
        "person": person,
    }
    if may_handle(actor=actor, wish=found):
        context |= _forms(actor, found, links)
    keep_typed(context, name=name, form=form)
    return render(request, "wishes/staff_wish.html", context)


def _forms(actor: Actor, found: Wish, links: queries.Links) -> dict[str, Any]:
    """Return a form for each verb that fits the state; the pages of others have none."""
    verbs = {verb for verb, step in WISH.items() if found.state in step.sources}
    fitting: dict[str, Any] = {
        "verbs": verbs,
        "may_release": bool(verbs & {"release", "step_back"}),
        "release_form": ReleaseForm(adoptions=links.adoptions, auto_id="release_%s"),
        "down_form": WordsForm(auto_id="down_%s"),
    }
    if "publish" in verbs:
        fitting["publish_form"] = PublishForm(
            auto_id="publish_%s",
            initial={"sentence": found.sentence, "sentence_en": found.sentence_en, "takes": found.takes},
        )
    # Before its orders have ended it is not answered that it cannot be.
    if "answer" in verbs and not links.is_ordered:
        fitting["answer_form"] = AnswerForm(auto_id="answer_%s")
    if "order" in verbs:
        services = queries.services_for(wish=found, today=business_date(now()))
        fitting["order_form"] = OrderForm(services=services, auto_id="order_%s") if services else None
        fitting["project_asked"] = queries.project_asked(wish=found)
        if manages(actor=actor, place_id=found.place_id, county_id=found.county_id):
            fitting["project_form"] = ProjectForm(
                teams=queries.teams_for_project(wish=found), auto_id="project_%s"
            )
        else:
            fitting["drafters"] = queries.drafters_for(wish=found)
            fitting["may_ask"] = True
    if "fulfil" in verbs and (links.adoptions or found.state != WishState.ON_WALL):
        fitting["fulfil_form"] = FulfilForm(auto_id="fulfil_%s")
    if found.state == WishState.FULFILLED:
        fitting["thanks_form"] = ThanksForm(auto_id="thanks_%s")
        fitting["hide_picture_form"] = WordsForm(auto_id="hide_picture_%s")
        fitting["hide_thanks_form"] = WordsForm(auto_id="hide_thanks_%s")
    return fitting
