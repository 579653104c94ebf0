"""The talks of an office: the list, one of them with what can be done, a new one, its way to everybody."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sidan.activities.enums import Task
from sidan.audit.operations import record
from sidan.core.actor import Actor
from sidan.core.clock import business_date, now
from sidan.core.htmx import go_to
from sidan.core.idempotency import once_per_form
from sidan.core.lists import Column, asked_sort, desk_chips, keeps_views, list_view, page_of, query_of
from sidan.core.pages import AND_WRITES, REFUSALS, View, act, act_by_form, keep_typed, put_errors
from sidan.core.pagination import key_order
from sidan.core.requests import actor_of
from sidan.core.tables import table_response
from sidan.files.operations import store_picture
from sidan.lectures import operations, queries
from sidan.lectures.enums import MOST_PICTURES, PICTURE_PURPOSE, TalkState
from sidan.lectures.forms import BackForm, MaterialForm, NewTalkForm, PassOnForm, PictureForm, TalkForm
from sidan.lectures.models import Talk
from sidan.lectures.permissions import is_writer, may_publish
from sidan.lectures.states import TALK
from sidan.lectures.views.shared import own_page, staff_page, talk_as_read, talk_of_ours, told_steps
from sidan.people.enums import ORDER_STAFF_ROLES
from sidan.places.nearby import place_asked
from sidan.places.queries import places_to_filter

CHIP_WORDS: Final[dict[str, str | Promise]] = {
    "": pgettext_lazy("talks", "All talks"),
    "draft": pgettext_lazy("talks", "Drafts"),
    "review": pgettext_lazy("talks", "To be read"),
    "published": pgettext_lazy("talks", "Published"),
    "dropped": pgettext_lazy("talks", "Dropped"),
}
URGENT: Final = "review"
COLUMNS: Final = (
    Column("title", pgettext_lazy("column of talks", "Talk"), up="title", down="-title", is_fixed=True),
    Column("task", pgettext_lazy("column of talks", "Task"), up="task", down="-task"),
    Column(
        "minutes", pgettext_lazy("column of talks", "Minutes"), up="minutes", down="-minutes", is_number=True
    ),
    Column("lecturer", pgettext_lazy("column of talks", "Who speaks")),
    Column("place", _("Place"), up="place_key", down="-place_key"),
    Column("times", pgettext_lazy("column of talks", "Given"), is_number=True),
    Column("state", _("State"), up="state", down="-state"),
)


@require_safe
@keeps_views
@own_page
def desk(request: HttpRequest) -> HttpResponse:
    """The talks that one's office keeps."""
    actor, chosen = actor_of(request), _chosen(request)
    rows, sort = queries.desk(chosen=chosen), _sort(request)
    context = {
        "page": page_of(request, rows=rows, sort=sort),
        "list": list_view(request, columns=COLUMNS, sort=sort, rows=rows),
        "filters": desk_chips(
            request, words=CHIP_WORDS, counts=queries.desk_counts(chosen=chosen), urgent=URGENT
        ),
        "query": chosen.text,
        "chosen": chosen,
        "place": request.GET.get("place", ""),
        "places": places_to_filter(root_ids=actor.places_where(frozenset(ORDER_STAFF_ROLES))),
        "tasks": Task.choices,
        "is_filtered": replace(chosen, chip="") != queries.TalkFilter(),
        "may_draft": queries.places_to_write(actor=actor).exists(),
    }
    return render(request, "lectures/desk.html", context)


def _chosen(request: HttpRequest) -> queries.TalkFilter:
    """Return what the address asks for; what cannot be understood filters nothing."""
    chip, task = (request.GET.get(name, "") for name in ("chip", "task"))
    place = place_asked(request)
    return queries.TalkFilter(
        chip=chip if chip in CHIP_WORDS else "",
        task=task if task in Task.values else "",
        place_id=place.pk if place else None,
        text=query_of(request),
    )


def _sort(request: HttpRequest) -> str:
    return asked_sort(request, columns=COLUMNS, default="-id")


@require_safe
@own_page
def export(request: HttpRequest) -> HttpResponseBase:
    """The list as a table; taking it is written down."""
    chosen = _chosen(request)
    rows = queries.desk(chosen=chosen).order_by(*key_order(_sort(request)))
    record(
        actor=actor_of(request), at=now(), verb="talks.exported", subject=("talks", None), chip=chosen.chip,
        filter_place=chosen.place_id,
    )  # fmt: skip
    header = [str(column.label) for column in COLUMNS]
    return table_response(request, name="talks", header=header, rows=_table(rows.iterator(chunk_size=500)))


def _table(rows: Iterator[Talk]) -> Iterator[list[object]]:
    for row in rows:
        yield [
            row.title, row.get_task_display(), row.minutes, row.speaker.person.name if row.speaker else "",
            row.place.shown_name, row.times, row.get_state_display(),  # type: ignore[attr-defined] # annotated by the desk
        ]  # fmt: skip


@require_safe
@staff_page
def talk(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One talk: what belongs to it, where it was given, and what can be done now."""
    return shown(request, queries.talk_by_uuid(uuid=uuid))


def shown(
    request: HttpRequest, found: Talk, *, name: str = "", form: forms.Form | None = None
) -> HttpResponse:
    """Show a talk as it is; a refused form stands under its `name`."""
    actor = actor_of(request)
    verbs = _verbs(actor, found)
    pictures = queries.pictures_of(talk=found)
    context: dict[str, Any] = {
        "talk": found,
        "verbs": dict.fromkeys(verbs, True),
        "is_public": found.state == TalkState.PUBLISHED,
        "materials": queries.materials_of(talk=found),
        "pictures": pictures,
        "heard": queries.heard(talk=found),
        "coming": queries.coming_with(talk=found),
        "passed": queries.passed_on_of(talk=found),
        "steps": told_steps(queries.history(talk=found)) if _sees_history(actor, found) else [],
    }
    if "edit" in verbs:
        context["material_form"] = MaterialForm(auto_id="material_%s")
        context["picture_form"] = PictureForm(auto_id="picture_%s") if len(pictures) < MOST_PICTURES else None
    if "send_back" in verbs:
        context["back_form"] = BackForm(auto_id="back_%s")
    context["pass_form"] = _pass_form(actor, found)
    keep_typed(context, name=name, form=form)
    return render(request, "lectures/talk.html", context)


def _sees_history(actor: Actor, found: Talk) -> bool:
    return is_writer(actor, found) or may_publish(
        actor=actor, place_id=found.place_id, county_id=found.county_id
    )


def _pass_form(actor: Actor, found: Talk) -> PassOnForm | None:
    """Return the form with which a published talk is passed on, to whoever passes talks on in its county."""
    if found.state != TalkState.PUBLISHED:
        return None
    places = queries.places_to_pass_on(actor=actor).filter(county=found.county_id)
    if not places.exists():
        return None
    initial = PassOnForm.beginning(business_date(now()), places)
    return PassOnForm(auto_id="pass_%s", places=places, initial=initial)


def _verbs(actor: Actor, found: Talk) -> set[str]:
    """Return what fits the state and is this reader's to do."""
    may = {
        "write_talks": is_writer(actor, found),
        "publish_talks": may_publish(actor=actor, place_id=found.place_id, county_id=found.county_id),
    }
    return {verb for verb, step in TALK.items() if found.state in step.sources and may.get(step.permission)}


@require_http_methods(AND_WRITES)
@staff_page
@once_per_form
def new(request: HttpRequest) -> HttpResponse:
    """Begin a talk."""
    actor = actor_of(request)
    posted = request.POST if request.method == "POST" else None
    places = queries.places_to_write(actor=actor)
    first = places.first()
    form = NewTalkForm(
        posted, places=places, lecturers=queries.lecturers_to_choose(county_id=first.county_id if first else None),
        initial={"place": str(first.uuid)} if first else {},
    )  # fmt: skip
    if posted is not None and form.is_valid():
        try:
            made = operations.draft_talk(
                actor=actor, at=now(), place=form.cleaned_data["place"], facts=form.facts()
            )
        except REFUSALS as refusal:
            put_errors(form, refusal)
        else:
            messages.success(request, str(_("The talk is begun. Now put films, texts and pictures to it.")))
            return go_to(request, reverse("lectures:talk", args=[made.uuid]))
    context = {"form": form, "back_url": reverse("lectures:desk")}
    return render(request, "lectures/form.html", context, status=422 if form.errors else 200)


@require_http_methods(AND_WRITES)
@staff_page
@once_per_form
def edit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Write a draft anew."""
    actor, found = talk_of_ours(request, uuid)
    posted = request.POST if request.method == "POST" else None
    lecturers = queries.lecturers_to_choose(county_id=found.county_id)
    form = TalkForm(posted, lecturers=lecturers, initial=TalkForm.known(found))
    url = reverse("lectures:talk", args=[uuid])
    if posted is not None and form.is_valid():
        try:
            operations.edit_talk(actor=actor, at=now(), talk=found, facts=form.facts())
        except REFUSALS as refusal:
            put_errors(form, refusal)
        else:
            messages.success(request, str(_("The talk is kept.")))
            return go_to(request, url)
    context = {"form": form, "talk": found, "back_url": url}
    return render(request, "lectures/form.html", context, status=422 if form.errors else 200)


@require_POST
@staff_page
@once_per_form
def add_material(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Put a film, slides, a text or a leaflet to a draft."""
    actor, found = talk_of_ours(request, uuid)
    form = MaterialForm(request.POST)
    if form.is_valid():
        try:
            operations.add_material(actor=actor, at=now(), talk=found, new=form.material())
        except REFUSALS as refusal:
            put_errors(form, refusal)
        else:
            messages.success(request, str(_("It stands with the talk now.")))
            return go_to(request, reverse("lectures:talk", args=[uuid]))
    answer = shown(request, queries.talk_by_uuid(uuid=uuid), name="material_form", form=form)
    answer.status_code = 422
    return answer


@require_POST
@staff_page
@once_per_form
def remove_material(request: HttpRequest, uuid: UUID, material: UUID) -> HttpResponse:
    """Take a material off a draft."""
    actor, found = talk_of_ours(request, uuid)
    row = queries.material_by_uuid(talk=found, uuid=material)
    return act(
        request, url=reverse("lectures:talk", args=[uuid]), done=_("It is taken off."),
        write=lambda: operations.remove_material(actor=actor, at=now(), talk=found, material=row),
    )  # fmt: skip


@require_POST
@staff_page
@once_per_form
def add_picture(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Store a picture and put it to a draft."""
    actor, found = talk_of_ours(request, uuid)
    form = PictureForm(request.POST, request.FILES)
    url = reverse("lectures:talk", args=[uuid])

    def store_and_put(typed: dict[str, Any]) -> None:
        file = store_picture(actor=actor, at=now(), upload=typed["picture"], purpose=PICTURE_PURPOSE)
        operations.add_picture(actor=actor, at=now(), talk=found, file=file)

    return act_by_form(request, form=form, url=url, done=_("The picture is added."), write=store_and_put)


@require_POST
@staff_page
@once_per_form
def remove_picture(request: HttpRequest, uuid: UUID, picture: int) -> HttpResponse:
    """Take a picture off a draft."""
    actor, found = talk_of_ours(request, uuid)
    return act(
        request, url=reverse("lectures:talk", args=[uuid]), done=_("The picture is removed."),
        write=lambda: operations.remove_picture(actor=actor, at=now(), talk=found, picture_id=picture),
    )  # fmt: skip


def _press(write: Callable[..., object], *, done: str | Promise) -> View:
    """Return the view of one act that is a button."""

    @require_POST
    @staff_page
    @once_per_form
    def view(request: HttpRequest, uuid: UUID) -> HttpResponse:
        actor, found = actor_of(request), talk_as_read(request, uuid)
        return act(
            request, url=reverse("lectures:talk", args=[uuid]), done=done,
            write=lambda: write(actor=actor, at=now(), talk=found),
        )  # fmt: skip

    return view


submit = _press(operations.submit_talk, done=_("Submitted; those who publish it are told."))
publish = _press(operations.publish_talk, done=_("Published: every place of the county can give it now."))
withdraw = _press(operations.withdraw_talk, done=_("Taken back: it can be written anew."))
drop = _press(operations.drop_talk, done=_("The talk is dropped."))


@require_POST
@staff_page
@once_per_form
def send_back(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Give it back to who wrote it, with words."""
    actor, found = actor_of(request), talk_as_read(request, uuid)
    return act_by_form(
        request, form=BackForm(request.POST), done=_("Sent back; who wrote it is told."),
        url=reverse("lectures:talk", args=[uuid]),
        write=lambda typed: operations.send_talk_back(actor=actor, at=now(), talk=found, **typed),
        page=lambda refused: shown(request, queries.talk_by_uuid(uuid=uuid), name="back_form", form=refused),
    )  # fmt: skip
