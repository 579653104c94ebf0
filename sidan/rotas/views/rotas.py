"""The rotas of an office: the list, one with its week, on paper, a new one, changing, planning, ending."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sidan.audit.operations import record
from sidan.core.clock import business_date, now
from sidan.core.htmx import go_to
from sidan.core.idempotency import once_per_form
from sidan.core.lists import Column, asked_sort, filter_chips, keeps_views, list_view, page_of, query_of
from sidan.core.moments import full_date_words
from sidan.core.pages import AND_WRITES, REFUSALS, act, act_by_form, keep_typed, put_errors
from sidan.core.pagination import key_order
from sidan.core.pdf import pdf_answer, pdf_of
from sidan.core.requests import actor_of, as_read
from sidan.core.tables import table_response
from sidan.people.enums import ENTERING_ROLES, ORDER_STAFF_ROLES, TeamState
from sidan.people.models import Team
from sidan.people.queries import TeamFilter, teams_in_scope
from sidan.places.nearby import place_asked
from sidan.places.queries import places_to_choose, places_to_filter
from sidan.rotas import operations, queries
from sidan.rotas.enums import RotaKind, RotaState
from sidan.rotas.forms import NewRotaForm, RotaForm, WhyForm
from sidan.rotas.models import Rota
from sidan.rotas.permissions import RUNNING_ROLES, may_run, require_running, sees_names
from sidan.rotas.views.shared import ShownDay, staff_page, told_shifts, week_of

SHEET: Final = Path(__file__).parent.parent / "templates" / "rotas" / "week.typ"
COLUMNS: Final = (
    Column("rota", pgettext_lazy("column", "Rota"), up="name", down="-name", is_fixed=True),
    Column("place", _("Place"), up="place_key", down="-place_key"),
    Column("kind", pgettext_lazy("column", "What for"), up="kind", down="-kind"),
    Column("people", _("People"), up="people", down="-people", is_number=True),
    Column("gaps", _("Shifts that lack people"), up="gaps", down="-gaps", is_number=True),
    Column("state", _("State"), up="state", down="-state"),
)


@require_safe
@keeps_views
@staff_page
def rotas(request: HttpRequest) -> HttpResponse:
    """The rotas of one's office, those that lack people first."""
    actor, at = actor_of(request), now()
    chosen = filter_of(request)
    rows, sort = queries.rotas_in_scope(chosen=chosen, at=at), _sort(request)
    context = {
        "page": page_of(request, rows=rows, sort=sort),
        "list": list_view(request, columns=COLUMNS, sort=sort, rows=rows),
        "filters": filter_chips(
            request, name="state", choices=RotaState.choices, everything=_("Every state")
        ),
        "query": chosen.text,
        "chosen": chosen,
        "kinds": RotaKind.choices,
        "place": request.GET.get("place", ""),
        "places": places_to_filter(root_ids=actor.places_where(frozenset(ORDER_STAFF_ROLES))),
        "is_filtered": chosen != queries.RotaFilter(),
        "may_start": _places(request).exists(),
        "swaps": queries.swaps_for_office(at=at),
        "sees_names": bool(actor.roles & ENTERING_ROLES),
    }
    return render(request, "rotas/rotas.html", context)


def filter_of(request: HttpRequest) -> queries.RotaFilter:
    """Return what the address asks for; what cannot be understood filters nothing."""
    kind, state, place = request.GET.get("kind", ""), request.GET.get("state", ""), place_asked(request)
    return queries.RotaFilter(
        text=query_of(request), kind=kind if kind in RotaKind.values else "",
        place_id=place.pk if place else None, state=state if state in RotaState.values else "",
    )  # fmt: skip


def _sort(request: HttpRequest) -> str:
    return asked_sort(request, columns=COLUMNS, default="-gaps")


def _places(request: HttpRequest) -> Any:
    return places_to_choose(root_ids=actor_of(request).places_where(frozenset(RUNNING_ROLES)))


def _teams() -> Any:
    return teams_in_scope(wanted=TeamFilter(state=TeamState.ACTIVE)).order_by("pinyin", "id")


@require_safe
@staff_page
def export(request: HttpRequest) -> HttpResponseBase:
    """The list as a table; that it was taken out is written down."""
    record(actor=actor_of(request), at=now(), verb="rotas.exported", subject=("rotas", None))
    rows = queries.rotas_in_scope(chosen=filter_of(request), at=now()).order_by(*key_order(_sort(request)))
    header = [
        gettext("Rota"), gettext("The same in English"), gettext("Place"), gettext("Where exactly, or which way"),
        gettext("People"), gettext("Shifts that lack people"), gettext("State"),
    ]  # fmt: skip
    return table_response(request, name="rotas", header=header, rows=_table(rows.iterator(chunk_size=500)))


def _table(rows: Iterator[Any]) -> Iterator[list[object]]:
    for row in rows:
        yield [
            row.name,
            row.name_en,
            row.place.shown_name,
            row.spot,
            row.people,
            row.gaps,
            row.get_state_display(),
        ]


@require_safe
@staff_page
def rota(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One rota with its week."""
    return _shown(request, uuid)


def _shown(request: HttpRequest, uuid: UUID, *, form: WhyForm | None = None) -> HttpResponse:
    actor, at, found = actor_of(request), now(), queries.rota_by_uuid(uuid=uuid)
    runs, is_running = may_run(actor=actor, thing=found), found.state == RotaState.RUNNING
    context: dict[str, Any] = {
        "rota": found,
        "runs": runs,
        "is_running": is_running,
        "sees_names": sees_names(actor=actor, thing=found),
        "week": week_of(request, found, at=at),
        "shifts": told_shifts(queries.shifts_of(rota=found, on=business_date(at))),
        "groups": queries.groups_of(rota=found),
        "gaps": queries.gaps(at=at).filter(rota=found).order_by("during", "id")[:12],
        "end_form": WhyForm(auto_id="end_%s") if runs and is_running else None,
    }
    keep_typed(context, name="end_form", form=form)
    return render(request, "rotas/rota.html", context)


@require_safe
@staff_page
def paper(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The week on A4, for the wall; that it was printed is written down."""
    found, at = queries.rota_by_uuid(uuid=uuid), now()
    week = week_of(request, found, at=at)
    record(
        actor=actor_of(request), at=at, verb="rota.printed", subject=("rota", found.pk), place_id=found.place_id,
        county_id=found.county_id,
    )  # fmt: skip
    facts = {
        "title": found.shown_name,
        "where": " · ".join(filter(None, (found.place.shown_short, found.spot))),
        "week": f"{full_date_words(week.first)} – {full_date_words(week.last)}",
        "days": [_on_paper(day) for day in week.days],
    }
    return pdf_answer(content=pdf_of(sheet=SHEET, facts=facts), name="rota.pdf")


def _on_paper(day: ShownDay) -> dict[str, Any]:
    return {
        "day": full_date_words(day.day),
        "slots": [
            {
                "when": slot.when,
                "names": slot.names,
                "lacking": pgettext("watch", "Called off") if slot.kind == "off" else _lacking(slot.lacking),
            }
            for slot in day.slots
        ],
    }


def _lacking(number: int) -> str:
    if not number:
        return ""
    return ngettext("%(number)s person lacking", "%(number)s people lacking", number) % {"number": number}


@require_http_methods(AND_WRITES)
@staff_page
@once_per_form
def new(request: HttpRequest) -> HttpResponse:
    """Start a rota of a place."""
    actor = actor_of(request)
    posted = request.POST if request.method == "POST" else None
    form = NewRotaForm(
        posted, places=_places(request), teams=_teams(), initial={"days_0": ["0", "1", "2", "3", "4"]}
    )
    if posted is not None and form.is_valid():
        try:
            made = operations.start_rota(
                actor=actor, at=now(), place=form.cleaned_data["place"], told=form.told()
            )
        except REFUSALS as refusal:
            put_errors(form, refusal, field="name")
        else:
            messages.success(request, str(_("The rota is there. Now say who takes turns.")))
            return go_to(request, reverse("rotas:people", args=[made.uuid]))
    context = {"form": form, "back_url": reverse("rotas:rotas")}
    return render(request, "rotas/rota_form.html", context, status=422 if form.errors else 200)


@require_http_methods(AND_WRITES)
@staff_page
@once_per_form
def change(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Write a rota anew: from now on."""
    actor, found = actor_of(request), as_read(request, queries.rota_by_uuid(uuid=uuid))
    require_running(actor=actor, thing=found)
    url = reverse("rotas:rota", args=[uuid])
    posted = request.POST if request.method == "POST" else None
    form = RotaForm(posted, teams=_teams(), initial=_known(found))
    context: dict[str, Any] = {"form": form, "rota": found, "back_url": url, "read_turn": found.turn}
    if posted is not None and form.is_valid():
        try:
            operations.change_rota(actor=actor, at=now(), rota=found, told=form.told())
        except REFUSALS as refusal:
            put_errors(form, refusal, field="name")
            if isinstance(refusal, operations.RotaRewritten):
                context |= _as_it_stands(uuid)
        else:
            messages.success(request, str(_("Kept. What is over stays as it was.")))
            return go_to(request, url)
    return render(request, "rotas/rota_form.html", context, status=422 if form.errors else 200)


def _as_it_stands(uuid: UUID) -> dict[str, Any]:
    """Return what somebody else wrote meanwhile, beside what is typed; sent once more, the reader has seen it."""
    stands = queries.rota_by_uuid(uuid=uuid)
    shifts = [one for one in queries.shifts_of(rota=stands, on=business_date(now())) if one.until is None]
    return {"stands": stands, "stands_shifts": told_shifts(shifts), "read_turn": stands.turn}


def _known(found: Rota) -> dict[str, Any]:
    names = ("kind", "name", "name_en", "spot", "turns", "weeks_ahead", "rests_on_holidays", "asks_office")
    shifts = [one for one in queries.shifts_of(rota=found, on=business_date(now())) if one.until is None]
    team: Team | None = found.team
    return {name: getattr(found, name) for name in names} | {"team": team} | RotaForm.typed_shifts(shifts)


@require_POST
@staff_page
@once_per_form
def plan(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Make the shifts of the next weeks now instead of at night."""
    found = queries.rota_by_uuid(uuid=uuid)
    require_running(actor=actor_of(request), thing=found)
    return act(
        request, url=reverse("rotas:rota", args=[uuid]), done=_planned,
        write=lambda: operations.plan_rota(at=now(), rota_id=found.pk),
    )  # fmt: skip


def _planned(made: int) -> str:
    if not made:
        return gettext("Everything is planned already. Shifts that lack people are filled by hand.")
    return ngettext("%(made)s shift was planned.", "%(made)s shifts were planned.", made) % {"made": made}


@require_POST
@staff_page
@once_per_form
def end(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """End a rota and call off what is ahead."""
    actor, found = actor_of(request), as_read(request, queries.rota_by_uuid(uuid=uuid))
    require_running(actor=actor, thing=found)
    return act_by_form(
        request, form=WhyForm(request.POST), url=reverse("rotas:rota", args=[uuid]),
        write=lambda typed: operations.end_rota(actor=actor, at=now(), rota=found, **typed),
        done=_("The rota has ended; who had turns ahead is told why."),
        page=lambda refused: _shown(request, uuid, form=refused),  # type: ignore[arg-type] # the form above
    )  # fmt: skip


@require_POST
@staff_page
@once_per_form
def resume(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take an ended rota up again."""
    actor, found = actor_of(request), queries.rota_by_uuid(uuid=uuid)
    return act(
        request, url=reverse("rotas:rota", args=[uuid]), done=_("The rota runs again and is planned."),
        write=lambda: operations.resume_rota(actor=actor, at=now(), rota=found),
    )  # fmt: skip
