"""Signing up and off, for oneself and one's family, and to what one comes."""

from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sidan.activities import operations, queries
from sidan.activities.enums import TAKING, EnrolmentState
from sidan.activities.models import Enrolment, Post
from sidan.activities.policies import is_door_open
from sidan.activities.signing_forms import AnswerForm, EnrolForm, SignoffForm
from sidan.activities.states import ENROLMENT
from sidan.activities.views.shared import told_enrolment
from sidan.core.actor import Actor
from sidan.core.clock import now
from sidan.core.htmx import go_to
from sidan.core.idempotency import once_per_form
from sidan.core.moments import when_words
from sidan.core.pages import AND_WRITES, REFUSALS, act_by_form, keep_typed, put_errors
from sidan.core.pagination import keyset_page
from sidan.core.requests import actor_of

PAGE_SIZE: Final = 24


@require_http_methods(AND_WRITES)
@once_per_form
def enrol(request: HttpRequest, uuid: UUID, post: UUID) -> HttpResponse:
    """Sign oneself or somebody of one's family up for one thing."""
    actor = actor_of(request)
    found = queries.activity_by_uuid(uuid=uuid)
    chosen = queries.post_by_uuid(activity=found, uuid=post)
    posted = request.POST if request.method == "POST" else None
    form = EnrolForm(posted, post=chosen, rules=queries.entry_of(activity=found))
    if posted is not None and form.is_valid():
        try:
            made = _enrol(actor, chosen, form)
        except REFUSALS as refusal:
            put_errors(form, refusal)
        else:
            _tell_how(request, made)
            return go_to(request, reverse("activities:enrolment", args=[made.uuid]))
    context = {"form": form, "activity": found, "post": chosen}
    return render(request, "activities/enrol.html", context, status=422 if form.errors else 200)


def _enrol(actor: Actor, chosen: Post, form: EnrolForm) -> Enrolment:
    if form.relative:
        return operations.enrol_relative(
            actor=actor, at=now(), post=chosen, name=form.relative, answers=form.answers()
        )
    return operations.enrol(actor=actor, at=now(), post=chosen, answers=form.answers())


def _tell_how(request: HttpRequest, made: Enrolment) -> None:
    """Say whether there was a place, and what else is at the same time."""
    if made.state == EnrolmentState.ENROLLED:
        messages.success(request, str(_("Signed up: there is a place for you.")))
    else:
        messages.success(request, str(_("You stand in line; as soon as a place gets free you have it.")))
    for other in queries.at_the_same_time(enrolment=made):
        told = {"title": other.title, "when": when_words(other.begins, now=now())}
        messages.warning(request, str(_("At the same time: “%(title)s”, %(when)s.") % told))


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """To what one and one's family come, what is furthest ahead first."""
    actor = actor_of(request)
    cursor = request.GET.get("cursor") or None
    rows = queries.my_enrolments(actor=actor)
    page = keyset_page(rows=rows, sort="-begins_key", cursor=cursor, limit=PAGE_SIZE)
    return render(request, "activities/mine.html", {"page": page, "me": actor.person_id})


@require_safe
def enrolment(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One of them, with what happened and what can be done."""
    return _shown(request, uuid)


def _shown(
    request: HttpRequest, uuid: UUID, *, name: str = "", form: forms.Form | None = None
) -> HttpResponse:
    actor = actor_of(request)
    found = queries.own_enrolment(actor=actor, uuid=uuid)
    steps = queries.enrolment_history(enrolment=found)
    activity = found.activity
    context: dict[str, Any] = {
        "enrolment": found,
        "activity": activity,
        "ahead": queries.ahead_in_line(enrolment=found) if found.state == EnrolmentState.WAITING else None,
        "steps": told_enrolment(steps),
        "is_door_open": found.person_id == actor.person_id
        and is_door_open(state=activity.state, direction="in", span=activity.span, at=now()),
    }
    if found.state in ENROLMENT["withdraw"].sources and activity.state in TAKING:
        context["signoff_form"] = SignoffForm(auto_id="off_%s")
    if found.state in ENROLMENT["answer"].sources and steps[-1].verb == "miss":
        context["answer_form"] = AnswerForm(auto_id="answer_%s")
    keep_typed(context, name=name, form=form)
    return render(request, "activities/enrolment.html", context)


@require_POST
@once_per_form
def withdraw(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Sign off."""
    actor, found = actor_of(request), queries.own_enrolment(actor=actor_of(request), uuid=uuid)
    return act_by_form(
        request, form=SignoffForm(request.POST), url=reverse("activities:enrolment", args=[uuid]),
        done=_("Signed off. Thank you for saying so: somebody else may come."),
        write=lambda typed: operations.withdraw(actor=actor, at=now(), enrolment=found, **typed),
        page=lambda refused: _shown(request, uuid, name="signoff_form", form=refused),
    )  # fmt: skip


@require_POST
@once_per_form
def answer(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Answer that one was said not to have been there."""
    actor, found = actor_of(request), queries.own_enrolment(actor=actor_of(request), uuid=uuid)
    return act_by_form(
        request, form=AnswerForm(request.POST), url=reverse("activities:enrolment", args=[uuid]),
        done=_("The place reads your answer."),
        write=lambda typed: operations.answer_absence(actor=actor, at=now(), enrolment=found, **typed),
        page=lambda refused: _shown(request, uuid, name="answer_form", form=refused),
    )  # fmt: skip
