"""The lists of honours of a county: who is proposed, the public notice, objections and their answers, giving."""

from collections.abc import Callable, Iterator
from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from sidan.audit.operations import record
from sidan.core.badges import told_turn
from sidan.core.clock import now
from sidan.core.errors import NotFound
from sidan.core.htmx import go_to
from sidan.core.idempotency import once_per_form
from sidan.core.lists import Column, asked_sort, desk_chips, keeps_views, list_view, page_of, query_of
from sidan.core.pages import REFUSALS, View, act, act_by_form, keep_typed
from sidan.core.requests import actor_of, as_read
from sidan.core.tables import table_response
from sidan.honours import operations, queries
from sidan.honours.enums import HonourKind, Recipient
from sidan.honours.forms import NoticeForm, WordsForm
from sidan.honours.models import Nominee, Proposal
from sidan.honours.permissions import GIVING_ROLES, may_give
from sidan.honours.policies import hours_number
from sidan.honours.states import PROPOSAL
from sidan.honours.views.ladders import county_asked, staff
from sidan.honours.words import STEPS
from sidan.people.queries import (
    TeamFilter,
    VolunteerFilter,
    team_by_uuid,
    teams_in_scope,
    volunteer_by_uuid,
    volunteer_page_of,
)
from sidan.places.nearby import place_asked
from sidan.places.queries import places_to_filter

FOUND: Final = 10
"""Names to choose from at a time."""
CHIP_WORDS: Final[dict[str, str | Promise]] = {
    "": pgettext_lazy("honours", "In hand"),
    "draft": pgettext_lazy("honours", "Drafts"),
    "noticed": pgettext_lazy("honours", "On public notice"),
    "awarded": pgettext_lazy("honours", "Given"),
    "dropped": pgettext_lazy("honours", "Dropped"),
}
COLUMNS: Final = (
    Column("honour", pgettext_lazy("column of honours", "What"), is_fixed=True),
    Column("county", _("Place")),
    Column("names", pgettext_lazy("column of honours", "Names"), up="names", down="-names", is_number=True),
    Column("until", pgettext_lazy("column of honours", "Objections until")),
    Column(
        "unanswered",
        pgettext_lazy("objections", "Not answered"),
        up="unanswered",
        down="-unanswered",
        is_number=True,
    ),
    Column("begun", pgettext_lazy("column of honours", "Begun"), up="id", down="-id"),
    Column("state", _("State")),
)


@require_safe
@keeps_views
@staff
def proposals(request: HttpRequest) -> HttpResponse:
    """The lists of honours in hand and settled."""
    chosen, actor = _chosen(request), actor_of(request)
    rows, sort = queries.proposals_of_office(**chosen), asked_sort(request, columns=COLUMNS, default="-id")
    counts = queries.proposal_counts(kind=chosen["kind"], place_id=chosen["place_id"], text=chosen["text"])
    context = {
        "page": page_of(request, rows=rows, sort=sort),
        "list": list_view(request, columns=COLUMNS, sort=sort, rows=rows),
        "filters": desk_chips(request, words=CHIP_WORDS, counts=counts, urgent="noticed"),
        "query": chosen["text"],
        "chosen": chosen,
        "kinds": HonourKind.choices,
        "place": request.GET.get("place", ""),
        "places": places_to_filter(root_ids=actor.places_where(GIVING_ROLES)),
        "is_filtered": bool(chosen["text"] or chosen["kind"] or chosen["place_id"]),
        "counties": queries.counties_given_by(actor=actor),
        "at": now(),
    }
    return render(request, "honours/proposals.html", context)


def _chosen(request: HttpRequest) -> dict[str, Any]:
    place, kind, chip = place_asked(request), request.GET.get("kind", ""), request.GET.get("chip", "")
    return {
        "chip": chip if chip in CHIP_WORDS else "",
        "kind": kind if kind in HonourKind.values else "",
        "place_id": place.pk if place else None,
        "text": query_of(request),
    }


@require_POST
@staff
@once_per_form
def propose_stars(request: HttpRequest) -> HttpResponse:
    """Write down everybody whose hours reach a star that they do not have."""
    county, _all = county_asked(request)
    try:
        made = operations.propose_stars(actor=actor_of(request), at=now(), county=county)
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
        return go_to(request, reverse("honours:proposals"))
    messages.success(request, gettext("The list is written. Look it over, and put it on public notice."))
    return go_to(request, reverse("honours:proposal", args=[made.uuid]))


@require_safe
@staff
def proposal(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One list: its names, what was objected, and what can be done now."""
    return shown(request, queries.proposal_by_uuid(uuid=uuid))


def shown(
    request: HttpRequest, found: Proposal, *, name: str = "", form: forms.Form | None = None
) -> HttpResponse:
    """Show a list as it is; a refused form stands under its `name`."""
    actor, at = actor_of(request), now()
    gives = may_give(actor=actor, county_id=found.county_id)
    verbs = {verb for verb, step in PROPOSAL.items() if gives and found.state in step.sources}
    objections = queries.objections_to(proposal=found) if gives else []
    find = request.GET.get("find", "").strip()[:60]
    context: dict[str, Any] = {
        "proposal": found,
        "gives": gives,
        "verbs": dict.fromkeys(verbs, True),
        "is_over": found.is_over(at),
        "page": page_of(request, rows=queries.nominees_of(proposal=found, text=query_of(request)), sort="id"),
        "query": query_of(request),
        "objections": [(one, WordsForm(auto_id=f"o{one.pk}_%s") if not one.outcome else None) for one in objections],
        "find": find,
        "for_teams": found.title is not None and found.title.recipient == Recipient.TEAM,
        "found": _find(found, find) if "edit" in verbs and found.title and find else [],
        "steps": [
            told_turn(step, words=STEPS, who="" if step.verb == "object" or not step.actor else step.actor.person.name)
            for step in queries.history_of(proposal=found)
        ][::-1],
    }  # fmt: skip
    if "publish" in verbs:
        context["notice_form"] = NoticeForm()
    if "withdraw" in verbs:
        context["withdraw_form"] = WordsForm(auto_id="withdraw_%s")
    keep_typed(context, name=name, form=form)
    return render(request, "honours/proposal.html", context)


def _find(found: Proposal, text: str) -> list[tuple[str, str, str]]:
    """Return volunteers or teams to choose from: public id, name, and what tells them from their namesakes."""
    if found.title and found.title.recipient == Recipient.TEAM:
        teams = teams_in_scope(wanted=TeamFilter(query=text, state="active")).order_by("pinyin", "id")[:FOUND]
        return [(str(team.uuid), team.shown_name, team.place.shown_path) for team in teams]
    people = volunteer_page_of(wanted=VolunteerFilter(query=text), sort="name", limit=FOUND).items
    return [(str(one.uuid), one.person.name, f"{one.number} · {one.place.shown_path}") for one in people]


@require_safe
@staff
def export(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """The names of a list as a table, for the meeting; taking it is written down."""
    found = queries.proposal_by_uuid(uuid=uuid)
    record(actor=actor_of(request), at=now(), verb="honours.exported", subject=("proposal", found.pk))
    header = [
        gettext("Name"), gettext("Place"), pgettext("column of honours", "Stars"), pgettext("certificate", "Hours"),
        pgettext("column of honours", "Taken out"),
    ]  # fmt: skip
    rows = queries.nominees_of(proposal=found).order_by("id").iterator(chunk_size=500)
    return table_response(request, name="honours", header=header, rows=_cells(rows))


def _cells(rows: Iterator[Nominee]) -> Iterator[list[object]]:
    for row in rows:
        yield [
            row.full_name, row.place.shown_name, row.stars or "", hours_number(row.minutes) if row.minutes else "",
            row.get_out_why_display(),
        ]  # fmt: skip


def _read(request: HttpRequest, uuid: UUID) -> Proposal:
    return as_read(request, queries.proposal_by_uuid(uuid=uuid))


def _page(uuid: UUID) -> str:
    return reverse("honours:proposal", args=[uuid])


def _press(write: Callable[..., object], *, done: str | Promise) -> View:
    """Return the view of one act that is a button."""

    @require_POST
    @staff
    @once_per_form
    def view(request: HttpRequest, uuid: UUID) -> HttpResponse:
        found = _read(request, uuid)
        return act(
            request, url=_page(uuid), done=done,
            write=lambda: write(actor=actor_of(request), at=now(), proposal=found),
        )  # fmt: skip

    return view


drop = _press(operations.drop_proposal, done=_("Dropped."))
award = _press(operations.award_proposal, done=_("Given. Everybody in the list is told."))


def _by_words(
    write: Callable[..., object], *, form_class: type[forms.Form], name: str, done: str | Promise
) -> View:
    """Return the view of one act with a form on the page of a list."""

    @require_POST
    @staff
    @once_per_form
    def view(request: HttpRequest, uuid: UUID) -> HttpResponse:
        found = _read(request, uuid)
        return act_by_form(
            request, form=form_class(request.POST), done=done, url=_page(uuid),
            write=lambda typed: write(actor=actor_of(request), at=now(), proposal=found, **typed),
            page=lambda refused: shown(request, queries.proposal_by_uuid(uuid=uuid), name=name, form=refused),
        )  # fmt: skip

    return view


publish = _by_words(
    operations.publish_proposal, form_class=NoticeForm, name="notice_form",
    done=_("It is on public notice. Whose names stand there are told."),
)  # fmt: skip
withdraw = _by_words(
    operations.withdraw_proposal, form_class=WordsForm, name="withdraw_form", done=_("Taken off notice.")
)


@require_POST
@staff
@once_per_form
def name_one(request: HttpRequest, uuid: UUID, one: UUID) -> HttpResponse:
    """Write a volunteer, or a team, down for a title."""
    found, actor = _read(request, uuid), actor_of(request)

    def write() -> object:
        if found.title and found.title.recipient == Recipient.TEAM:
            team = team_by_uuid(uuid=one)
            if team is None:
                raise NotFound
            return operations.name_team(actor=actor, at=now(), proposal=found, team=team)
        volunteer = volunteer_by_uuid(uuid=one)
        if volunteer is None:
            raise NotFound
        return operations.name_volunteer(actor=actor, at=now(), proposal=found, volunteer=volunteer)

    return act(request, url=_page(uuid), done=_("Written down."), write=write)


@require_POST
@staff
@once_per_form
def unname(request: HttpRequest, uuid: UUID, nominee: UUID) -> HttpResponse:
    """Strike a name off a draft."""
    found = _read(request, uuid)
    named = queries.nominee_by_uuid(proposal=found, uuid=nominee)
    return act(
        request, url=_page(uuid), done=_("Struck off."),
        write=lambda: operations.unname(actor=actor_of(request), at=now(), proposal=found, nominee=named),
    )  # fmt: skip


def _answering(write: Callable[..., object], *, done: str | Promise) -> View:
    """Return the view of one answer to an objection."""

    @require_POST
    @staff
    @once_per_form
    def view(request: HttpRequest, uuid: UUID, objection: UUID) -> HttpResponse:
        found = _read(request, uuid)
        one = queries.objection_by_uuid(proposal=found, uuid=objection)
        return act_by_form(
            request, form=WordsForm(request.POST), done=done, url=_page(uuid),
            write=lambda typed: write(actor=actor_of(request), at=now(), proposal=found, objection=one, **typed),
        )  # fmt: skip

    return view


keep = _answering(operations.keep_name, done=_("Answered: the name stays."))
take_out = _answering(operations.take_name_out, done=_("Answered: the name was taken out."))
