"""What people sign up for at an activity, and who may: for staff of the place."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from sidan.activities import operations, queries
from sidan.activities.models import Activity
from sidan.activities.operations.posting import OPEN_TO_CHANGE
from sidan.activities.signing_forms import EntryForm, PostForm
from sidan.activities.views.shared import activity_of_ours, staff_page
from sidan.core.clock import now
from sidan.core.htmx import go_to
from sidan.core.idempotency import once_per_form
from sidan.core.pages import AND_WRITES, REFUSALS, act, act_by_form, keep_typed, put_errors


@require_http_methods(AND_WRITES)
@staff_page
@once_per_form
def posts(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The posts of an activity, one more, and who may sign up."""
    actor, found = activity_of_ours(request, uuid)
    if request.method != "POST":
        return _shown(request, found)
    return act_by_form(
        request, form=PostForm(request.POST), url=reverse("activities:posts", args=[uuid]), done=_("Added."),
        write=lambda _typed: operations.add_post(
            actor=actor, at=now(), activity=found, plan=PostForm.of(_typed)
        ),
        page=lambda refused: _shown(request, found, name="form", form=refused),
    )  # fmt: skip


@require_POST
@staff_page
@once_per_form
def entry(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Say who may sign up, and until when."""
    actor, found = activity_of_ours(request, uuid)
    return act_by_form(
        request, form=EntryForm(request.POST), url=reverse("activities:posts", args=[uuid]), done=_("Kept."),
        write=lambda typed: operations.set_entry(
            actor=actor, at=now(), activity=found, plan=operations.EntryPlan(**typed)
        ),
        page=lambda refused: _shown(request, found, name="entry_form", form=refused),
    )  # fmt: skip


@require_http_methods(AND_WRITES)
@staff_page
@once_per_form
def change(request: HttpRequest, uuid: UUID, post: UUID) -> HttpResponse:
    """Write a post anew; with more places the line moves up."""
    actor, found = activity_of_ours(request, uuid)
    chosen = queries.post_by_uuid(activity=found, uuid=post)
    posted = request.POST if request.method == "POST" else None
    form = PostForm(posted, initial=PostForm.known(chosen))
    url = reverse("activities:posts", args=[uuid])
    if posted is not None and form.is_valid():
        try:
            operations.change_post(actor=actor, at=now(), post=chosen, plan=PostForm.of(form.cleaned_data))
        except REFUSALS as refusal:
            put_errors(form, refusal)
        else:
            messages.success(request, str(_("Kept.")))
            return go_to(request, url)
    context = {"form": form, "activity": found, "post": chosen, "back_url": url}
    return render(request, "activities/post_form.html", context, status=422 if form.errors else 200)


@require_POST
@staff_page
@once_per_form
def remove(request: HttpRequest, uuid: UUID, post: UUID) -> HttpResponse:
    """Take away what nobody has signed up for."""
    actor, found = activity_of_ours(request, uuid)
    chosen = queries.post_by_uuid(activity=found, uuid=post)
    return act(
        request, url=reverse("activities:posts", args=[uuid]), done=_("Taken away."),
        write=lambda: operations.remove_post(actor=actor, at=now(), post=chosen),
    )  # fmt: skip


def _shown(
    request: HttpRequest, found: Activity, *, name: str = "", form: forms.Form | None = None
) -> HttpResponse:
    rules = queries.entry_of(activity=found)
    context: dict[str, Any] = {
        "activity": found,
        "posts": queries.posts_of(activity=found),
        "rules": rules,
    }
    if found.state in OPEN_TO_CHANGE:
        context["form"] = PostForm(auto_id="post_%s")
        context["entry_form"] = EntryForm(initial=EntryForm.known(rules), auto_id="entry_%s")
    keep_typed(context, name=name, form=form)
    return render(request, "activities/posts.html", context)
