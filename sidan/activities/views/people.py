"""Who comes to an activity: the list for staff of the place, writing down who calls, and one of them."""

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
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sidan.activities import operations, queries
from sidan.activities.enums import OVER, TAKING
from sidan.activities.models import Activity, Enrolment
from sidan.activities.permissions import require_running
from sidan.activities.policies import WHERE_ONE_COMES
from sidan.activities.signing_forms import AddForm, ShiftForm, WhyForm, WordsForm
from sidan.activities.states import ENROLMENT
from sidan.activities.views.shared import activity_of_ours, staff_page, told_enrolment
from sidan.audit.operations import record
from sidan.core.actor import Actor
from sidan.core.clock import now
from sidan.core.htmx import go_to
from sidan.core.idempotency import once_per_form
from sidan.core.lists import Column, asked_sort, filter_chips, list_view, page_of, query_of, uuid_of
from sidan.core.pages import AND_WRITES, REFUSALS, View, act_by_form, keep_typed, put_errors
from sidan.core.pagination import key_order
from sidan.core.requests import actor_of
from sidan.core.tables import moment_cell, table_response
from sidan.people.queries import resident_by_uuid, residents_found

CHIP_WORDS: Final[list[tuple[str, str | Promise]]] = [
    ("enrolled", pgettext_lazy("who comes", "With a place")),
    ("waiting", pgettext_lazy("who comes", "In line")),
    ("absent", pgettext_lazy("who comes", "Were not there")),
    ("gone", pgettext_lazy("who comes", "Signed off or refused")),
    ("call", pgettext_lazy("who comes", "To be called")),
]
COLUMNS: Final = (
    Column("name", _("Name"), up="name_key", down="-name_key", is_fixed=True),
    Column("post", _("Post"), up="post_key", down="-post_key"),
    Column("ticket", pgettext_lazy("column", "In the line"), up="ticket", down="-ticket"),
    Column("state", _("State"), up="state", down="-state"),
    Column("came", pgettext_lazy("column", "Was there")),
    Column("way", pgettext_lazy("column", "Signed up by"), up="way", down="-way"),
    Column("since", pgettext_lazy("column", "Signed up on"), up="created_at", down="-created_at"),
)
TYPED: Final = 60


@require_safe
@staff_page
def people(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Who comes and who waits, by post and in the order of the line."""
    _actor, found = activity_of_ours(request, uuid)
    chosen = _chosen(request, found)
    rows, sort = queries.people_of(activity=found, chosen=chosen), _sort(request)
    counts = queries.people_counts(activity=found)
    context = {
        "activity": found,
        "page": page_of(request, rows=rows, sort=sort),
        "list": list_view(request, columns=COLUMNS, sort=sort, rows=rows),
        "filters": filter_chips(
            request, name="chip", choices=CHIP_WORDS, everything=_("Everybody"), counts=counts
        ),
        "posts": [(str(post.uuid), post.shown_name) for post in queries.posts_of(activity=found)],
        "chosen_post": request.GET.get("post", ""),
        "chosen": chosen,
        "query": chosen.text,
        "is_filtered": bool(chosen.chip or chosen.post_id or chosen.text),
        "may_add": found.state in TAKING,
    }
    return render(request, "activities/people.html", context)


def _chosen(request: HttpRequest, found: Activity) -> queries.PeopleFilter:
    """Return what the address asks for; what cannot be understood filters nothing."""
    chip, uuid = request.GET.get("chip", ""), uuid_of(request, "post")
    posts = {post.uuid: post.pk for post in queries.posts_of(activity=found)}
    return queries.PeopleFilter(
        chip=chip if chip in queries.CHIP_STATES else "",
        post_id=posts.get(uuid) if uuid else None,
        text=query_of(request),
    )


def _sort(request: HttpRequest) -> str:
    return asked_sort(request, columns=COLUMNS, default="ticket")


@require_safe
@staff_page
def export(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Who comes as a table, to print and to tick; taking it is written down."""
    actor, found = activity_of_ours(request, uuid)
    rows = queries.people_of(activity=found, chosen=_chosen(request, found)).order_by(
        *key_order(_sort(request))
    )
    taken_away(actor, found)
    header = [
        gettext("Name"), gettext("Post"), pgettext("column", "In the line"), gettext("State"),
        pgettext("column", "Signed up by"), pgettext("column", "Signed up on"), pgettext("column", "Was there"),
    ]  # fmt: skip
    return table_response(request, name="people", header=header, rows=_table(rows.iterator(chunk_size=500)))


def taken_away(actor: Actor, activity: Activity) -> None:
    """Write down that somebody took the names of who comes away, as a table or on paper."""
    record(
        actor=actor, at=now(), verb="enrolments.exported", subject=("activity", activity.pk),
        place_id=activity.place_id, county_id=activity.county_id,
    )  # fmt: skip


def _table(rows: Iterator[Enrolment]) -> Iterator[list[object]]:
    for row in rows:
        yield [
            row.person.name, row.post.shown_name, row.ticket, row.get_state_display(), row.get_way_display(),
            moment_cell(row.created_at),
            moment_cell(row.came_at) if row.came_at else "",  # type: ignore[attr-defined] # by the query
        ]  # fmt: skip


@require_safe
@staff_page
def find(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Find who calls or stands at the counter, by telephone or name."""
    _actor, found = activity_of_ours(request, uuid)
    text = request.GET.get("q", "")[:TYPED]
    people_found = residents_found(text=text if text.isprintable() else "")
    context = {"activity": found, "text": text, "people": people_found}
    return render(request, "activities/find_person.html", context)


@require_http_methods(AND_WRITES)
@staff_page
@once_per_form
def add(request: HttpRequest, uuid: UUID, person: UUID) -> HttpResponse:
    """Write somebody down for one of the posts."""
    actor, found = activity_of_ours(request, uuid)
    resident = resident_by_uuid(uuid=person)
    posted = request.POST if request.method == "POST" else None
    form = AddForm(posted, posts=queries.posts_of(activity=found))
    if posted is not None and form.is_valid():
        data = form.cleaned_data
        try:
            made = operations.enrol_for(
                actor=actor, at=now(), post=data["post"], person=resident,
                answers=operations.Answers(words=data["words"]),
            )  # fmt: skip
        except REFUSALS as refusal:
            put_errors(form, refusal)
        else:
            messages.success(request, str(_("Written down.")))
            return go_to(request, reverse("activities:staff_enrolment", args=[made.uuid]))
    context = {"form": form, "activity": found, "person": resident}
    return render(request, "activities/add_person.html", context, status=422 if form.errors else 200)


@require_safe
@staff_page
def enrolment(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One who comes, with what can be done now."""
    return _shown(request, uuid)


def _shown(
    request: HttpRequest, uuid: UUID, *, name: str = "", form: forms.Form | None = None
) -> HttpResponse:
    _actor, found = _one_of_ours(request, uuid)
    verbs = _verbs(found)
    context: dict[str, Any] = {
        "enrolment": found,
        "activity": found.activity,
        "may_mark": found.activity.state in WHERE_ONE_COMES,
        "clashes": queries.at_the_same_time(enrolment=found),
        "steps": told_enrolment(queries.enrolment_history(enrolment=found)),
    }
    for verb, shape in FORMS.items():
        if verb in verbs:
            context[f"{verb}_form"] = shape(auto_id=f"{verb}_%s")
    others = [post for post in queries.posts_of(activity=found.activity) if post.pk != found.post_id]
    if "shift" in verbs and others:
        context["shift_form"] = ShiftForm(posts=others, auto_id="shift_%s")
    keep_typed(context, name=name, form=form)
    return render(request, "activities/staff_enrolment.html", context)


FORMS: Final[dict[str, type[forms.Form]]] = {
    "withdraw": WordsForm, "refuse": WhyForm, "miss": WhyForm, "uphold": WhyForm, "excuse": WordsForm,
}  # fmt: skip
_WHILE_COMING: Final = frozenset({"withdraw", "refuse", "shift"})


def _verbs(found: Enrolment) -> set[str]:
    """Return what fits the state of the enrolment and of its activity."""
    fitting = {verb for verb, step in ENROLMENT.items() if found.state in step.sources}
    if found.activity.state in TAKING:
        return fitting & _WHILE_COMING
    if found.activity.state in OVER:
        # There is nothing to decide before the answer.
        undecided = vars(found)["last_verb"] == "answer"
        return fitting - _WHILE_COMING - (set() if undecided else {"uphold"})
    return set()


def _told(verb: str, write: Callable[..., object], *, done: str | Promise) -> View:
    """Return the view of one act with words; a refused form is shown with what was typed."""

    @require_POST
    @staff_page
    @once_per_form
    def view(request: HttpRequest, uuid: UUID) -> HttpResponse:
        actor, found = _one_of_ours(request, uuid)
        return act_by_form(
            request, form=FORMS[verb](request.POST), done=done,
            url=reverse("activities:staff_enrolment", args=[uuid]),
            write=lambda typed: write(actor=actor, at=now(), enrolment=found, **typed),
            page=lambda refused: _shown(request, uuid, name=f"{verb}_form", form=refused),
        )  # fmt: skip

    return view


sign_off = _told("withdraw", operations.withdraw, done=_("Signed off; who waits longest has the place."))
refuse = _told("refuse", operations.refuse_enrolment, done=_("Refused; the person reads why."))
miss = _told("miss", operations.miss_enrolment, done=_("Written down; the person is told and can answer."))
uphold = _told("uphold", operations.uphold_absence, done=_("Decided: it counts. The person is told."))
excuse = _told("excuse", operations.excuse_enrolment, done=_("Taken back; the person is told."))


@require_POST
@staff_page
@once_per_form
def shift(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Give somebody a free place at another post."""
    actor, found = _one_of_ours(request, uuid)
    posts = queries.posts_of(activity=found.activity)
    return act_by_form(
        request, form=ShiftForm(request.POST, posts=posts), done=_("They have a place there now."),
        url=reverse("activities:staff_enrolment", args=[uuid]),
        write=lambda typed: operations.shift_enrolment(
            actor=actor, at=now(), enrolment=found, post=typed["post"]
        ),
        page=lambda refused: _shown(request, uuid, name="shift_form", form=refused),
    )  # fmt: skip


def _one_of_ours(request: HttpRequest, uuid: UUID) -> tuple[Actor, Enrolment]:
    actor, found = actor_of(request), queries.enrolment_by_uuid(uuid=uuid)
    activity = found.activity
    require_running(actor=actor, place_id=activity.place_id, county_id=activity.county_id)
    return actor, found
