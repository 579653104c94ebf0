"""A place in the console: its page, and one form for each thing that can be done with it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sidan.core.clock import business_date, now
from sidan.core.errors import BadRequest, Conflict, Forbidden, Invalid, NotFound
from sidan.core.htmx import go_to
from sidan.core.moments import date_words
from sidan.core.pages import AND_WRITES, REFUSALS
from sidan.files.operations import store_picture
from sidan.places import operations, queries, words
from sidan.places.forms import CloseForm, FactsForm, MoveForm, NameForm, OpenForm, PhotoForm
from sidan.places.models import Place
from sidan.places.operations.facts import PHOTO_LIMIT
from sidan.places.permissions import check_may_edit, may_edit
from sidan.places.policies import kinds_under
from sidan.places.told import told_of
from sidan.places.views.portal import map_text
from sidan.places.views.shared import form_page, place_or_404, posted, worker_of


@require_safe
def place(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One place: facts, what stands in it, pictures, history, and what can be done."""
    actor = worker_of(request)
    page = queries.place_page(uuid=uuid)
    if page is None:
        raise NotFound()
    context = {
        "page": page,
        "place": page.place,
        "map": map_text(page.place),
        "told": told_of(place=page.place, on=business_date(now())),
        "may_edit": may_edit(actor=actor, place=page.place),
        "can_open_under": page.place.is_open and bool(kinds_under(page.place.kind)),
        "steps": _history(page),
        "photo_form": PhotoForm(),
        "photo_limit": PHOTO_LIMIT,
    }
    return render(request, "places/console_place.html", context)


@require_http_methods(AND_WRITES)
def new(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Open a place under this one."""
    actor, parent = worker_of(request), place_or_404(uuid)
    check_may_edit(actor=actor, place=parent)
    form = OpenForm(posted(request), parent=parent)
    shown: dict[str, Any] = {
        "form_title": _("New place in %(parent)s") % {"parent": parent.shown_short},
        "back_url": _url(parent),
        "submit": _("Open the place"),
    }
    if request.method != "POST" or not form.is_valid():
        return form_page(request, form, **shown)
    try:
        made = operations.open_place(actor=actor, at=now(), parent_id=parent.pk, **form.cleaned_data)
    except REFUSALS as refusal:
        return form_page(request, form, refusal=refusal, **shown)
    messages.success(
        request,
        _("%(name)s is open. Add its address and hours, and appoint who heads it.") % {"name": made.name},
    )
    return go_to(request, _url(made))


@require_http_methods(AND_WRITES)
def edit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Correct address, telephone, hours and point."""
    actor, found = worker_of(request), place_or_404(uuid)
    check_may_edit(actor=actor, place=found)
    initial = {name: getattr(found, name) for name in FactsForm.base_fields}
    form = FactsForm(posted(request), initial=initial)
    shown: dict[str, Any] = {
        "form_title": _("What is known of %(name)s") % {"name": found.shown_short},
        "back_url": _url(found),
        "submit": _("Keep"),
    }
    if request.method != "POST" or not form.is_valid():
        return form_page(request, form, **shown)
    try:
        facts = form.facts(sort_code=found.sort_code)
        operations.correct_place(actor=actor, at=now(), place_id=found.pk, facts=facts)
    except REFUSALS as refusal:
        return form_page(request, form, refusal=refusal, **shown)
    messages.success(request, _("The changes are kept."))
    return go_to(request, _url(found))


@require_http_methods(AND_WRITES)
def rename(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Give the place another name."""
    actor, found = worker_of(request), place_or_404(uuid)
    check_may_edit(actor=actor, place=found)
    initial = {"name": found.name, "short_name": found.short_name, "name_en": found.name_en}
    form = NameForm(posted(request), initial=initial)
    shown: dict[str, Any] = {
        "form_title": _("Rename %(name)s") % {"name": found.shown_short},
        "what": _("The new name is shown everywhere at once. The history keeps the old one."),
        "back_url": _url(found),
        "submit": _("Rename"),
    }
    if request.method != "POST" or not form.is_valid():
        return form_page(request, form, **shown)
    try:
        operations.rename_place(actor=actor, at=now(), place_id=found.pk, **form.cleaned_data)
    except REFUSALS as refusal:
        return form_page(request, form, refusal=refusal, **shown)
    messages.success(request, _("The new name is kept."))
    return go_to(request, _url(found))


@require_http_methods(AND_WRITES)
def move(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Let the place stand under another."""
    actor, found = worker_of(request), place_or_404(uuid)
    check_may_edit(actor=actor, place=found)
    form = MoveForm(posted(request), choices=queries.movable_under(place=found))
    shown: dict[str, Any] = {
        "form_title": _("Move %(name)s") % {"name": found.shown_short},
        "what": _("From that day %(name)s and all places in it are counted under the new parent, whose staff see them. "
                  "Days before keep the old tree. Nothing else changes.") % {"name": found.shown_short},
        "back_url": _url(found),
        "submit": _("Move"),
    }  # fmt: skip
    if request.method != "POST" or not form.is_valid():
        return form_page(request, form, **shown)
    parent, on = form.cleaned_data["parent"], form.cleaned_data["on"]
    try:
        operations.move_place(actor=actor, at=now(), place_id=found.pk, parent_id=parent.pk, on=on)
    except (Conflict, Invalid, Forbidden) as refusal:
        return form_page(request, form, refusal=refusal, **shown)
    messages.success(
        request,
        _("%(name)s stands in %(parent)s now.") % {"name": found.shown_name, "parent": parent.shown_short},
    )
    return go_to(request, _url(found))


@require_http_methods(AND_WRITES)
def close(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Close the place."""
    actor, found = worker_of(request), place_or_404(uuid)
    check_may_edit(actor=actor, place=found)
    form = CloseForm(posted(request))
    shown: dict[str, Any] = {
        "form_title": _("Close %(name)s?") % {"name": found.name},
        "what": _("Residents can no longer choose it and nothing new can be opened in it. Its orders, hours and "
                  "history stay, and the places above keep seeing them. It cannot be opened again; a new one can."),
        "back_url": _url(found),
        "submit": _("Close the place"),
        "danger": True,
    }  # fmt: skip
    if request.method != "POST" or not form.is_valid():
        return form_page(request, form, **shown)
    try:
        operations.close_place(actor=actor, at=now(), place_id=found.pk, on=form.cleaned_data["on"])
    except REFUSALS as refusal:
        return form_page(request, form, refusal=refusal, **shown)
    messages.success(request, _("%(name)s is closed.") % {"name": found.name})
    return go_to(request, _url(found))


@require_POST
def add_photo(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Store a picture and show it behind the others."""
    actor, found = worker_of(request), place_or_404(uuid)
    check_may_edit(actor=actor, place=found)
    form = PhotoForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, _("Choose a picture first."))
        return go_to(request, _url(found))
    try:
        file = store_picture(
            actor=actor, at=now(), upload=form.cleaned_data["picture"], purpose="place_photo"
        )
        operations.add_photo(actor=actor, at=now(), place_id=found.pk, file_id=file.pk)
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The picture is added."))
    return go_to(request, _url(found))


@require_POST
def remove_photo(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take a picture off."""
    actor, found = worker_of(request), place_or_404(uuid)
    photo = request.POST.get("photo", "")
    if not (photo.isascii() and photo.isdigit() and len(photo) < 19):
        raise BadRequest()
    operations.remove_photo(actor=actor, at=now(), place_id=found.pk, photo_id=int(photo))
    messages.success(request, _("The picture is removed."))
    return go_to(request, _url(found))


def _url(found: Place) -> str:
    return reverse("places:console_place", args=[found.uuid])


def _history(page: queries.PlacePage) -> list[dict[str, Any]]:
    today = business_date(now())
    return [
        {
            "sentence": words.change_sentence(
                kind=change.kind, before=change.before, after=change.after, names=page.parent_names
            ),
            "icon": words.CHANGES[change.kind].icon,
            "at": change.at,
            "note": _("Holds from %(day)s") % {"day": date_words(change.on, today=today)},
            "who": change.actor.person.name if change.actor else "",
        }
        for change in page.changes
    ]
