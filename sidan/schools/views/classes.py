"""Which schools have an activity, and one class of a school: who was with it, viewers and a second word."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, pgettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sidan.activities.enums import ActivityKind
from sidan.activities.models import Activity
from sidan.activities.queries import activity_by_uuid
from sidan.audit.operations import record
from sidan.core.actor import Actor
from sidan.core.clock import business_date, now
from sidan.core.htmx import go_to
from sidan.core.idempotency import once_per_form
from sidan.core.pages import AND_WRITES, REFUSALS, View, act, act_by_form, keep_typed, put_errors
from sidan.core.requests import actor_of
from sidan.core.tables import moment_cell, table_response
from sidan.schools import operations, queries
from sidan.schools.forms import AddressForm, CorrectForm, HoldForm, ViewersForm
from sidan.schools.models import SeriesSchool, Session
from sidan.schools.permissions import NoSuchSession, NotYourSchools, is_keeper, require_keeper
from sidan.schools.views.shared import class_page, school_of_ours, staff_page


def _class_of_ours(request: HttpRequest, uuid: UUID) -> tuple[Actor, Activity]:
    """Return who reads and a class; whoever keeps no school of its county has nothing to say here."""
    actor, found = actor_of(request), activity_by_uuid(uuid=uuid)
    if not queries.keeps_schools_near(actor=actor, county_id=found.county_id):
        raise NotYourSchools
    if found.kind != ActivityKind.CLASS:
        raise operations.NoClass
    return actor, found


@require_http_methods(AND_WRITES)
@class_page
@once_per_form
def at_activity(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The schools that have a class, and one more: this once."""
    actor, found = _class_of_ours(request, uuid)

    def have(form: HoldForm) -> str:
        operations.have_class(
            actor=actor, at=now(), activity=found, school=form.cleaned_data["school"], held=form.held()
        )
        return gettext("The school has this class now: its pupils see it.")

    return _hold(request, actor, found, have)


@require_POST
@class_page
@once_per_form
def have_series(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Let a school have every class of the series."""
    actor, found = _class_of_ours(request, uuid)

    def have(form: HoldForm) -> str:
        made = operations.have_series(
            actor=actor, at=now(), activity=found, school=form.cleaned_data["school"], held=form.held()
        )
        return ngettext(
            "The school has every class of this arrangement: %(count)s ahead, and all that are made later.",
            "The school has every class of this arrangement: %(count)s ahead, and all that are made later.", made,
        ) % {"count": made}  # fmt: skip

    return _hold(request, actor, found, have)


def _hold(
    request: HttpRequest, actor: Actor, found: Activity, have: Callable[[HoldForm], str]
) -> HttpResponse:
    posted = request.POST if request.method == "POST" else None
    form = HoldForm(posted, schools=queries.schools_to_choose(actor=actor, county_id=found.county_id))
    if posted is not None and form.is_valid():
        try:
            words = have(form)
        except REFUSALS as refusal:
            put_errors(form, refusal, field="school")
        else:
            messages.success(request, words)
            return go_to(request, reverse("schools:at_activity", args=[found.uuid]))
    context = {
        "activity": found,
        "told": [(one, is_keeper(actor, one.school)) for one in queries.sessions_of(activity=found)],
        "series": [(one, is_keeper(actor, one.school)) for one in _series(found)],
        "form": form,
    }
    return render(request, "schools/at_activity.html", context, status=422 if form.errors else 200)


def _series(found: Activity) -> list[SeriesSchool]:
    return queries.schools_of_series(recurring=found.series) if found.series else []


@require_POST
@class_page
@once_per_form
def end_series(request: HttpRequest, uuid: UUID, rule: UUID) -> HttpResponse:
    """Let a school have the series no more."""
    actor, found = _class_of_ours(request, uuid)
    row = next((one for one in _series(found) if one.uuid == rule), None)
    if row is None:
        raise NoSuchSession
    return act(
        request, url=reverse("schools:at_activity", args=[uuid]),
        done=_("What is made from now on the school has no more; what it has stays."),
        write=lambda: operations.end_series(actor=actor, at=now(), told=row),
    )  # fmt: skip


def _session_of_ours(request: HttpRequest, uuid: UUID) -> tuple[Actor, Session]:
    actor, found = actor_of(request), queries.session_by_uuid(uuid=uuid)
    require_keeper(actor, found.school)
    return actor, found


@require_POST
@class_page
@once_per_form
def take_off(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A school does not have the class after all."""
    actor, found = _session_of_ours(request, uuid)
    return act(
        request, url=reverse("schools:at_activity", args=[found.activity.uuid]),
        done=_("The school has this class no more."),
        write=lambda: operations.take_class_off(actor=actor, at=now(), session=found),
    )  # fmt: skip


@require_safe
@class_page
def session(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One class of a school: how it is had, who was with it, and the numbers of viewers."""
    _actor, found = _session_of_ours(request, uuid)
    return _shown(request, found)


def _shown(
    request: HttpRequest, found: Session, *, name: str = "", form: forms.Form | None = None
) -> HttpResponse:
    actor, today = actor_of(request), business_date(now())
    counts = queries.viewers_of(session=found)
    context: dict[str, Any] = {
        "session": found,
        "told": queries.attended(sessions=[found])[0],
        "counts": [
            {"count": one, "word": next(iter(one.words.all()), None), "is_mine": one.by_id == actor.account_id,
             "is_replaced": bool(one.instead.all()), "form": CorrectForm(auto_id=f"correct_{one.pk}_%s")}
            for one in counts
        ],
        "address_form": AddressForm(auto_id="address_%s", initial={"address": found.address}),
    }  # fmt: skip
    if business_date(found.activity.span.begins) <= today:
        context["viewers_form"] = ViewersForm(auto_id="viewers_%s", initial={"day": today})
    keep_typed(context, name=name, form=form)
    return render(request, "schools/session.html", context)


@require_POST
@class_page
@once_per_form
def put_address(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Say where the film or the video is."""
    actor, found = _session_of_ours(request, uuid)
    return act_by_form(
        request, form=AddressForm(request.POST), url=reverse("schools:session", args=[uuid]),
        done=_("Kept: the pupils' page of the class shows it."),
        write=lambda typed: operations.put_address(actor=actor, at=now(), session=found, **typed),
        page=lambda refused: _shown(request, found, name="address_form", form=refused),
    )  # fmt: skip


@require_POST
@class_page
@once_per_form
def count(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Write down how many watched on a day."""
    actor, found = _session_of_ours(request, uuid)
    form = ViewersForm(request.POST)
    if form.is_valid():
        try:
            operations.count_viewers(actor=actor, at=now(), session=found, viewers=form.viewers())
        except REFUSALS as refusal:
            put_errors(form, refusal)
        else:
            messages.success(
                request, str(_("Written down. It counts once somebody else says that it is right."))
            )
            return go_to(request, reverse("schools:session", args=[uuid]))
    answer = _shown(request, found, name="viewers_form", form=form)
    answer.status_code = 422
    return answer


@require_POST
@class_page
@once_per_form
def correct(request: HttpRequest, uuid: UUID, count: UUID) -> HttpResponse:
    """Let another number stand instead."""
    actor, found = _session_of_ours(request, uuid)
    row = queries.count_by_uuid(session=found, uuid=count)
    return act_by_form(
        request, form=CorrectForm(request.POST), url=reverse("schools:session", args=[uuid]),
        done=_("Corrected. It counts once somebody else says that it is right."),
        write=lambda typed: operations.correct_viewers(actor=actor, at=now(), count=row, **typed),
    )  # fmt: skip


def _press(write: Callable[..., object], *, done: str | Promise) -> View:
    """Return the view of a second person's word."""

    @require_POST
    @class_page
    @once_per_form
    def view(request: HttpRequest, uuid: UUID, count: UUID) -> HttpResponse:
        actor, found = _session_of_ours(request, uuid)
        row = queries.count_by_uuid(session=found, uuid=count)
        return act(
            request, url=reverse("schools:session", args=[uuid]), done=done,
            write=lambda: write(actor=actor, at=now(), count=row),
        )  # fmt: skip

    return view


confirm = _press(operations.confirm_viewers, done=_("Called right: it counts now."))
deny = _press(operations.deny_viewers, done=_("Called wrong: it does not count."))


@require_safe
@staff_page
def export(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """The classes of a school that are over, with who was with them, as a table; taking it is written down."""
    actor, found = school_of_ours(request, uuid)
    record(
        actor=actor, at=now(), verb="school.classes_exported", subject=("school", found.pk), place_id=found.place_id,
        county_id=found.county_id,
    )  # fmt: skip
    header = [
        gettext("Class"), pgettext("column", "When"), gettext("How the school has it"), gettext("In the room"),
        gettext("Said online"), gettext("Viewers"),
    ]  # fmt: skip
    rows = [
        [
            one.session.activity.title, moment_cell(one.session.activity.span.begins), one.session.get_way_display(),
            one.room, one.online, one.viewers,
        ]
        for one in queries.attended(sessions=queries.held_by(school=found))
    ]  # fmt: skip
    return table_response(request, name="classes", header=header, rows=rows)
